"""Invoices of before are known again on a transfer too."""

import re

from django.db import migrations


def cite_all(apps, schema_editor):
    """The number of each, as payment writes it: letters and digits only."""
    invoices = apps.get_model("invoicing", "Invoice").objects.filter(kind="380").values_list("event_id", "booking_id", "number")
    model = apps.get_model("payment", "Citation")
    rows = [
        model(event_id=event, booking_id=booking, said=re.sub(r"[^A-Z0-9]", "", number.upper())[:40])
        for event, booking, number in invoices.iterator()
    ]
    model.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0002_never_changed"), ("payment", "0006_what_a_transfer_cites")]

    operations = [migrations.RunPython(cite_all, migrations.RunPython.noop)]
