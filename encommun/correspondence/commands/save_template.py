"""Keep words to write again."""

from datetime import datetime

from django.db import transaction

from encommun.correspondence.models import LetterTemplate
from encommun.correspondence.refusals import NameTaken
from encommun.correspondence.rules import WRITERS, may_write, words_are_whole
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record


@transaction.atomic
def save_template(
    event: Event,
    *,
    name: str,
    subject: dict[str, str],
    body: dict[str, str],
    template: LetterTemplate | None = None,
    actor: Actor,
    at: datetime,
) -> LetterTemplate:
    """Keep a model, new or changed.

    Raises:
        NotAllowed, WordsMissing, UnknownPlace, NameTaken
    """
    require(may_write(actor, event, WRITERS))
    require(words_are_whole(subject, body))
    name = clean_line(name)[:80]
    template = template or LetterTemplate(event=event)
    if LetterTemplate.objects.filter(event=event, name=name).exclude(pk=template.pk).exists():
        raise NameTaken()
    template.name, template.subject, template.body, template.saved_at = name, subject, body, at
    template.save()
    record("correspondence.template_saved", actor=actor, at=at, event_id=event.pk, about=template)
    return template


@transaction.atomic
def remove_template(template: LetterTemplate, *, actor: Actor, at: datetime) -> None:
    """Take a model away; letters written from it stay.

    Raises:
        NotAllowed
    """
    require(may_write(actor, template.event, WRITERS))
    record("correspondence.template_removed", actor=actor, at=at, event_id=template.event_id, about=template)
    template.delete()
