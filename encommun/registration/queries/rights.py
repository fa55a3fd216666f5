"""Passes at a reduced price, whose right is looked at once."""

from django.db.models import F, Q, QuerySet

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, require
from encommun.registration.models import Booking, PassType, Seat
from encommun.registration.rules import checks_rights


def has_rights(event: Event) -> bool:
    """Whether a pass of the event asks for a proof. One statement."""
    return any(right for right in PassType.objects.filter(event=event).values_list("right", flat=True))


def rights_seen_by(actor: Actor, event: Event, words: str = "") -> QuerySet[Seat]:
    """The passes whose right is to be looked at, then those that were seen, by name. Two statements.

    Raises:
        NotAllowed
    """
    require(checks_rights(actor, event.pk))
    kinds = [kind.pk for kind in event.pass_types.all() if kind.right]
    found = Seat.objects.filter(pass_type__in=kinds, booking__state__in=(Booking.State.HELD, Booking.State.CONFIRMED))
    if words := words.strip():
        named = Q(holder_name__icontains=words) | Q(booking__name__icontains=words)
        found = found.filter(named | Q(code=read_code(words)) | Q(booking__code=read_code(words)))
    found = found.select_related("booking", "pass_type")
    return found.order_by(F("right_seen_on").asc(nulls_first=True), "holder_name", "booking__name", "pk")


def right_seen_by(actor: Actor, event: Event, code: str) -> Seat:
    """One of them.

    Raises:
        NotAllowed, NotFound
    """
    found = rights_seen_by(actor, event).filter(code=read_code(code)).first()
    if found is None:
        raise NotFound()
    return found
