"""Events that an actor may see."""

from django.db.models import Q, QuerySet

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound


def _seen_by(actor: Actor) -> QuerySet[Event]:
    mine = {event_id for event_id, _role in actor.roles}
    return Event.objects.filter(Q(is_public=True) | Q(pk__in=mine))


def events_seen_by(actor: Actor) -> list[Event]:
    """Gatherings, the next ones last."""
    return list(_seen_by(actor).order_by("starts_on", "id"))


def event_seen_by(actor: Actor, slug: str) -> Event:
    """The gathering of that name.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    event = _seen_by(actor).filter(slug=slug).first()
    if event is None:
        raise NotFound()
    return event
