"""Every author has a secret link and consents of her own."""

from django.db import migrations, models

import encommun.call.models.proposal
from encommun.foundation.codes import new_code


def give_codes(apps, schema_editor):
    """A code an author; the consents that she gave about the proposal are about her own name."""
    Author, Consent = apps.get_model("call", "Author"), apps.get_model("privacy", "Consent")
    for author in Author.objects.select_related("proposal"):
        author.code, author.link_epoch = new_code(10), author.proposal.link_epoch
        author.save(update_fields=["code", "link_epoch"])
        if author.email:
            said = Consent.objects.filter(email=author.email, about=f"call.Proposal:{author.proposal.code}")
            said.update(about=f"call.Author:{author.code}")


class Migration(migrations.Migration):

    dependencies = [
        ('call', '0001_initial'),
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.AddField('author', 'left_at', models.DateTimeField(null=True)),
        migrations.AddField('author', 'link_epoch', models.PositiveSmallIntegerField(default=0)),
        migrations.AddField('author', 'code', models.CharField(max_length=12, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField('author', 'code', models.CharField(max_length=12, unique=True, default=encommun.call.models.proposal.author_code)),
        migrations.RemoveField('proposal', 'link_epoch'),
        migrations.AlterField('author', 'part', models.CharField(choices=[('carries', 'carries it'), ('co_facilitates', 'co-facilitates'), ('speaks', 'speaks'), ('takes_notes', 'takes notes'), ('helps', 'gives a hand')], default='carries', max_length=20)),
    ]
