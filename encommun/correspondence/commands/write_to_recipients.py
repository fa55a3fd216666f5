"""Write the letters of what was released, a hundred at a time."""

from datetime import datetime

from django.db import transaction

from encommun.correspondence.models import GroupLetter, Recipient
from encommun.correspondence.rules import fill
from encommun.foundation.text import harmless
from encommun.mailing.commands import write_words

A_TIME = 100


def write_to_recipients(*, at: datetime) -> int:
    """Write what is left to write; answer how many. Killed in between, it goes on where it was."""
    done = 0
    while many := _some(at):
        done += many
    return done


@transaction.atomic
def _some(at: datetime) -> int:
    letter = (
        GroupLetter.objects.filter(state=GroupLetter.State.LEAVING).select_related("event").order_by("released_at", "pk").first()
    )
    if letter is None:
        return 0
    left = list(Recipient.objects.select_for_update().filter(group_letter=letter, written_at=None).order_by("pk")[:A_TIME])
    for one in left:
        one.letter, one.written_at = _write(letter, one, at), at
    Recipient.objects.bulk_update(left, ["letter", "written_at"])
    if len(left) < A_TIME:
        GroupLetter.objects.filter(pk=letter.pk).update(state=GroupLetter.State.SENT)
    return len(left)


def _write(letter: GroupLetter, to: Recipient, at: datetime) -> object:
    facts = {"name": to.name, "event": letter.event.name}
    return write_words(
        "correspondence.group_letter",
        subject=fill(letter.subject.in_language(to.language), **facts, plain=True),
        body=fill(letter.body.in_language(to.language), **facts, links=to.links) + signature(letter, to.language),
        to=to.email,
        language=to.language,
        at=at,
        dedupe=f"{letter.code}:{to.pk}",
        event_id=letter.event_id,
    )


def signature(letter: GroupLetter, language: str) -> str:
    """Who writes, and why to this person: at the foot of every letter to a group."""
    name, contact = harmless(letter.event.name), letter.event.contact_email
    if language == "en":
        return f"\n\nThe team of {name}\n\nYou receive this letter because you take part in {name}. To answer: {contact}."
    return f"\n\nL’équipe de {name}\n\nVous recevez cette lettre parce que vous prenez part à {name}. Pour répondre : {contact}."
