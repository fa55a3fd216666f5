"""The database itself refuses to change or remove an invoice, its files, or a step; and counters only go up."""

from django.db import migrations

SAID = "What was issued is never changed: issue a credit note."
TABLES = ("invoice", "paper", "step")
SQLITE = [
    f"CREATE TRIGGER invoicing_{table}_never_{done} BEFORE {what} ON invoicing_{table} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    for table in TABLES
    for done, what in (("changed", "UPDATE"), ("deleted", "DELETE"))
] + [
    "CREATE TRIGGER invoicing_series_only_counts BEFORE UPDATE ON invoicing_series "
    "WHEN NEW.last_number NOT IN (OLD.last_number, OLD.last_number + 1) OR NEW.last_on < OLD.last_on "
    "BEGIN SELECT RAISE(ABORT, 'A series only counts, one by one.'); END"
]
POSTGRESQL = [
    f"CREATE FUNCTION invoicing_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{SAID}'; END $$",
    "CREATE FUNCTION invoicing_only_counts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.last_number NOT IN (OLD.last_number, OLD.last_number + 1) OR NEW.last_on < OLD.last_on THEN "
    "RAISE EXCEPTION 'A series only counts, one by one.'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER invoicing_series_only_counts BEFORE UPDATE ON invoicing_series "
    "FOR EACH ROW EXECUTE FUNCTION invoicing_only_counts()",
] + [
    f"CREATE TRIGGER invoicing_{table}_never_changed BEFORE UPDATE OR DELETE ON invoicing_{table} "
    "FOR EACH ROW EXECUTE FUNCTION invoicing_never_changed()"
    for table in TABLES
]


def refuse_changes(apps, schema_editor):
    """Both databases, each in its own words."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
