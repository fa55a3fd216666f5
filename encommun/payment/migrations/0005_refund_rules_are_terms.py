"""What goes back to who cancels is said by ``registration`` (its terms), in one place."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payment", "0004_the_ledger_never_changes")]

    operations = [migrations.DeleteModel(name="RefundStep")]
