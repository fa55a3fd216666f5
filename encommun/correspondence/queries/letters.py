"""Letters to groups, as those who may write to the group see them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from encommun.correspondence.models import GroupLetter, Recipient
from encommun.correspondence.queries.segments import segments_for
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound
from encommun.mailing.models import Letter


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a letter that was released has come."""

    people: int
    sent: int
    failed: int
    bounced: int

    @property
    def waiting(self) -> int:
        """Those whose letter has not left yet."""
        return self.people - self.sent - self.failed - self.bounced


def group_letters_seen_by(actor: Actor, event: Event) -> QuerySet[GroupLetter]:
    """The letters to groups that somebody may write to, the latest first, with ``people``: how many they went to."""
    slugs = [one.slug for one in segments_for(actor, event)]
    return (
        GroupLetter.objects.filter(event=event, segment__in=slugs).annotate(people=Count("recipients")).order_by("-made_at", "-pk")
    )


def group_letter_seen_by(actor: Actor, event: Event, code: str) -> GroupLetter:
    """One letter.

    Raises:
        NotFound: there is none that the actor may see.
    """
    found = group_letters_seen_by(actor, event).filter(code=code).first()
    if found is None:
        raise NotFound()
    found.event = event
    return found


def progress_of(letter: GroupLetter) -> Progress:
    """How far it has come. One statement."""
    state = Letter.State
    return Progress(
        **Recipient.objects.filter(group_letter=letter).aggregate(
            people=Count("pk"),
            sent=Count("pk", filter=Q(letter__state=state.SENT)),
            failed=Count("pk", filter=Q(letter__state=state.FAILED)),
            bounced=Count("pk", filter=Q(letter__state=state.BOUNCED)),
        )
    )
