"""Every letter of a gathering: what left, what waits, what came back."""

import re
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotFound, require
from encommun.mailing.models import Letter

#: What opens somebody's page stays hers: the team reads letters without it.
SECRET = re.compile(r"(/lien/|/desabonnement/)[A-Za-z0-9_=:.-]+")


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """How many letters are in each state."""

    waiting: int
    sent: int
    failed: int
    bounced: int


def outbox_of(event: Event) -> Outbox:
    """The counts. One statement."""
    state = Letter.State
    return Outbox(
        **Letter.objects.filter(event_id=event.pk).aggregate(
            waiting=Count("pk", filter=Q(state__in=[state.QUEUED, state.SENDING])),
            sent=Count("pk", filter=Q(state=state.SENT)),
            failed=Count("pk", filter=Q(state=state.FAILED)),
            bounced=Count("pk", filter=Q(state=state.BOUNCED)),
        )
    )


def letters_seen_by(actor: Actor, event: Event, *, state: str = "", search: str = "") -> QuerySet[Letter]:
    """The letters of a gathering, the latest first, without their texts.

    Raises:
        NotAllowed: not for coordination.
    """
    require(may_act_as(actor, event, Role.COORDINATION))
    letters = Letter.objects.filter(event_id=event.pk).defer("text", "html").order_by("-id")
    if state:
        letters = letters.filter(state__in=["queued", "sending"] if state == "waiting" else [state])
    if search:
        letters = letters.filter(Q(recipient__icontains=search) | Q(subject__icontains=search))
    return letters


def letter_seen_by(actor: Actor, event: Event, pk: int) -> Letter:
    """One letter as it was written, without the secrets in its links.

    Raises:
        NotAllowed: not for coordination.
        NotFound: there is none in this gathering.
    """
    require(may_act_as(actor, event, Role.COORDINATION))
    letter = Letter.objects.filter(event_id=event.pk, pk=pk).prefetch_related("attachments").first()
    if letter is None:
        raise NotFound()
    letter.text = SECRET.sub(r"\1…", letter.text)
    return letter
