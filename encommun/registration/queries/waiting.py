"""The waiting list, for who waits and for the team."""

from django.db.models import Q, QuerySet

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, require
from encommun.registration.models import Waiting
from encommun.registration.rules import keeps_registration, may_see_waiting


def waiting_seen_by(actor: Actor, event: Event, code: str) -> Waiting:
    """A place in the queue.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    found = Waiting.objects.select_related("pass_type", "booking").filter(event=event, code=read_code(code)).first()
    if found is None or may_see_waiting(actor, found) is not True:
        raise NotFound()
    found.event = event
    return found


def place_in_queue(waiting: Waiting) -> int:
    """How many are before it for the same pass and day, and itself; 0 when it no longer waits."""
    if waiting.state != Waiting.State.WAITING:
        return 0
    same = Waiting.objects.filter(
        event_id=waiting.event_id, pass_type_id=waiting.pass_type_id, day=waiting.day, state=Waiting.State.WAITING
    )
    return same.filter(Q(joined_at__lt=waiting.joined_at) | Q(joined_at=waiting.joined_at, pk__lte=waiting.pk)).count()


def queue_of(actor: Actor, event: Event) -> QuerySet[Waiting]:
    """Who waits or has an offer, in the order of arrival.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    return Waiting.objects.filter(event=event, state__in=(Waiting.State.WAITING, Waiting.State.OFFERED)).select_related("pass_type")
