"""The database itself refuses to change or remove a movement of money."""

from django.db import migrations

SAID = "A movement of money is never changed: write another one."
SQLITE = f"""
CREATE TRIGGER ledger_never_changes BEFORE UPDATE ON payment_ledgerentry BEGIN SELECT RAISE(ABORT, '{SAID}'); END;
CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON payment_ledgerentry BEGIN SELECT RAISE(ABORT, '{SAID}'); END;
"""
POSTGRESQL = f"""
CREATE FUNCTION payment_ledger_never_changes() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$;
CREATE TRIGGER ledger_never_changes BEFORE UPDATE OR DELETE ON payment_ledgerentry
FOR EACH ROW EXECUTE FUNCTION payment_ledger_never_changes();
"""


def refuse_changes(apps, schema_editor):
    """Both databases, each in its own words."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for statement in SQLITE.strip().split("\n"):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("payment", "0003_what_was_already_there")]

    operations = [
        migrations.RemoveField(model_name="payment", name="provider_refund_id"),
        migrations.RunPython(refuse_changes, migrations.RunPython.noop),
    ]
