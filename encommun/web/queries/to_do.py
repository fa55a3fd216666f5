"""What waits for the team: the numbers of its first page."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from encommun.call.queries import team_counts
from encommun.call.rules import may_choose
from encommun.commons.models import Note, Resource
from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.programme.models import ProgrammeVersion, Session
from encommun.registration.models import Booking, Quota


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """Numbers by subject; a subject that the actor's roles do not reach is None."""

    proposals: dict[str, int] | None = None
    programme: dict[str, int] | None = None
    bookings: dict[str, int] | None = None
    quotas: list[Quota] | None = None
    commons: dict[str, int] | None = None


def to_do_of(actor: Actor, event: Event) -> ToDo:
    """What waits for somebody of the team, in six statements at most."""
    return ToDo(
        proposals=team_counts(event, actor=actor) if may_choose(actor, event) else None,
        programme=_programme(event) if actor.has_role(event.pk, Role.PROGRAMME) else None,
        bookings=_bookings(event) if actor.has_role(event.pk, Role.REGISTRATION) else None,
        quotas=list(Quota.objects.filter(event=event)) if actor.has_role(event.pk, Role.REGISTRATION, Role.DOOR) else None,
        commons=_commons(event) if actor.has_role(event.pk, Role.COMMONS) else None,
    )


def _programme(event: Event) -> dict[str, int]:
    placed = Q(room__isnull=False, starts_at__isnull=False)
    standing = ~Q(state=Session.State.CANCELLED)
    counts = Session.objects.filter(event=event).aggregate(
        sessions=Count("pk", filter=standing), placed=Count("pk", filter=standing & placed)
    )
    latest = ProgrammeVersion.objects.filter(event=event).values_list("number", flat=True).order_by("-number").first()
    return counts | {"to_place": counts["sessions"] - counts["placed"], "version": latest or 0}


def _bookings(event: Event) -> dict[str, int]:
    transfer = Q(state=Booking.State.HELD, payment_method="transfer")
    counts = Booking.objects.filter(event=event).aggregate(
        confirmed=Count("pk", filter=Q(state=Booking.State.CONFIRMED)),
        transfers=Count("pk", filter=transfer),
        income=Sum("total_cents", filter=Q(state=Booking.State.CONFIRMED), default=0),
    )
    return counts


def _commons(event: Event) -> dict[str, int]:
    notes = Note.objects.filter(session__event=event)
    counts = notes.aggregate(
        writing=Count("pk", filter=Q(state=Note.State.WRITING)),
        to_correct=Count("pk", filter=Q(state=Note.State.DONE)),
        corrected=Count("pk", filter=Q(state=Note.State.CORRECTED)),
    )
    return counts | {"resources": Resource.objects.filter(event=event, withdrawn_at=None).count()}
