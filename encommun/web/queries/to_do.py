"""What waits for the team: the next steps and the numbers of its first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from encommun.call.models import Call
from encommun.call.queries import team_counts
from encommun.call.rules import may_choose
from encommun.commons.models import Note, Resource
from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.programme.models import ProgrammeVersion, Session
from encommun.registration.models import Booking, Quota


@dataclass(frozen=True)
class Task:
    """Something that waits for the team.

    Attributes:
        words: with its number, «3 proposals wait for an answer».
        action: what to press, and ``route``: the page of the event where it is done (``query``: how it is sifted there).
    """

    words: str
    action: str
    route: str
    query: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage of the gathering: its name, when it is, and whether it is «past», «now» or «next»."""

    words: str
    starts: date
    ends: date
    state: str


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """Numbers by subject; a subject that the actor's roles do not reach is None."""

    tasks: list[Task]
    stages: list[Stage]
    days_left: int
    proposals: dict[str, int] | None = None
    programme: dict[str, int] | None = None
    bookings: dict[str, int] | None = None
    quotas: list[Quota] | None = None
    commons: dict[str, int] | None = None


def to_do_of(actor: Actor, event: Event, *, at: datetime) -> ToDo:
    """What waits for somebody of the team, in seven statements at most."""
    proposals = team_counts(event, actor=actor) if may_choose(actor, event) else None
    programme = _programme(event) if actor.has_role(event.pk, Role.PROGRAMME) else None
    bookings = _bookings(event) if actor.has_role(event.pk, Role.REGISTRATION) else None
    commons = _commons(event) if actor.has_role(event.pk, Role.COMMONS) else None
    return ToDo(
        tasks=[
            *_of_proposals(proposals or {}),
            *_of_programme(programme or {}),
            *_of_bookings(bookings or {}),
            *_of_commons(commons or {}),
        ],
        stages=list(_stages(event, at)),
        days_left=(event.starts_on - at.astimezone(event.zone).date()).days,
        proposals=proposals,
        programme=programme,
        bookings=bookings,
        quotas=list(Quota.objects.filter(event=event)) if actor.has_role(event.pk, Role.REGISTRATION, Role.DOOR) else None,
        commons=commons,
    )


def _of_proposals(counts: dict[str, int]) -> Iterator[Task]:
    if n := counts.get("waiting"):
        words = ngettext(
            "%(n)d first proposal waits to be read before it is public",
            "%(n)d first proposals wait to be read before they are public",
            n,
        )
        yield Task(words % {"n": n}, _("Read"), "call:waiting")
    if n := counts.get("a_repondre"):
        words = ngettext("%(n)d proposal has no answer yet", "%(n)d proposals have no answer yet", n)
        yield Task(words % {"n": n}, pgettext("to do", "Answer"), "call:team_list", "etat=a-repondre")
    if n := counts.get("pretes"):
        words = ngettext("%(n)d answer is ready to leave", "%(n)d answers are ready to leave together", n)
        yield Task(words % {"n": n}, _("Read again and send"), "call:release")
    if n := counts.get("attendent"):
        words = ngettext(
            "%(n)d proposal was chosen, and its authors have not confirmed yet",
            "%(n)d proposals were chosen, and their authors have not confirmed yet",
            n,
        )
        yield Task(words % {"n": n}, _("See who"), "call:team_list", "etat=attendent")


def _of_programme(counts: dict[str, int]) -> Iterator[Task]:
    if n := counts.get("to_place"):
        words = ngettext("%(n)d session has no room or no time", "%(n)d sessions have no room or no time", n)
        yield Task(words % {"n": n}, _("Place"), "programme:team")


def _of_bookings(counts: dict[str, int]) -> Iterator[Task]:
    if n := counts.get("transfers"):
        words = ngettext("%(n)d booking waits for its transfer", "%(n)d bookings wait for their transfer", n)
        yield Task(words % {"n": n}, _("Read the bank’s statement"), "payment:statements")


def _of_commons(counts: dict[str, int]) -> Iterator[Task]:
    if n := counts.get("to_correct"):
        words = ngettext(
            "%(n)d set of notes is done and waits to be corrected", "%(n)d sets of notes are done and wait to be corrected", n
        )
        yield Task(words % {"n": n}, _("Correct"), "commons:team_list")
    if n := counts.get("corrected"):
        words = ngettext("%(n)d set of notes can become a resource", "%(n)d sets of notes can become resources", n)
        yield Task(words % {"n": n}, _("Publish"), "commons:team_list")


def _stages(event: Event, at: datetime) -> Iterator[Stage]:
    today = at.astimezone(event.zone).date()
    call = Call.objects.filter(event=event).first()
    if call is not None:
        opens, closes = (moment.astimezone(event.zone).date() for moment in (call.opens_at, call.closes_at))
        yield _stage(_("The call"), opens, closes, today)
        if closes < event.starts_on:
            yield _stage(_("Choosing, and the programme"), closes + timedelta(days=1), event.starts_on - timedelta(days=1), today)
    yield _stage(_("The gathering"), event.starts_on, event.ends_on, today)
    yield Stage(_("Notes and resources"), event.ends_on, event.ends_on, "now" if today > event.ends_on else "next")


def _stage(words: str, starts: date, ends: date, today: date) -> Stage:
    return Stage(words, starts, ends, "past" if today > ends else "now" if today >= starts else "next")


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
