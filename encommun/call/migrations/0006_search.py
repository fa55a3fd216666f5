"""Search in stems: FTS5 on SQLite, full text on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models


FTS = (
    "CREATE VIRTUAL TABLE call_search USING fts5(stems, content='call_searchtext', content_rowid='proposal_id')",
    """CREATE TRIGGER call_search_in AFTER INSERT ON call_searchtext BEGIN
        INSERT INTO call_search(rowid, stems) VALUES (new.proposal_id, new.stems); END""",
    """CREATE TRIGGER call_search_out AFTER DELETE ON call_searchtext BEGIN
        INSERT INTO call_search(call_search, rowid, stems) VALUES ('delete', old.proposal_id, old.stems); END""",
    """CREATE TRIGGER call_search_new AFTER UPDATE ON call_searchtext BEGIN
        INSERT INTO call_search(call_search, rowid, stems) VALUES ('delete', old.proposal_id, old.stems);
        INSERT INTO call_search(rowid, stems) VALUES (new.proposal_id, new.stems); END""",
)
GIN = ("CREATE INDEX call_search_gin ON call_searchtext USING gin (to_tsvector('simple', stems))",)


def make_index(apps, schema_editor):
    """The index of each database."""
    for sql in GIN if schema_editor.connection.vendor == "postgresql" else FTS:
        schema_editor.execute(sql)


def drop_index(apps, schema_editor):
    """SQLite's own table goes; an index goes with its table."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TABLE call_search")


def fill(apps, schema_editor):
    """The stems of what is there."""
    from encommun.call.search import TEXTS, stems_of

    Proposal, SearchText = apps.get_model("call", "Proposal"), apps.get_model("call", "SearchText")
    for proposal in Proposal.objects.iterator():
        SearchText.objects.create(proposal=proposal, stems=" ".join(stems_of("\n".join(getattr(proposal, name) for name in TEXTS))))


class Migration(migrations.Migration):

    dependencies = [
        ('call', '0005_merges'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_text', serialize=False, to='call.proposal')),
                ('stems', models.TextField()),
            ],
        ),
        migrations.RemoveField(
            model_name='proposal',
            name='folded',
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
