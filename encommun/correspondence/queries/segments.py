"""Groups of people that a team may write to, each made from what they did: nobody keeps lists."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encommun.call.anonymity import hides_authors_from
from encommun.call.letters import author_link
from encommun.call.models import Author, Decision, Proposal
from encommun.correspondence.refusals import UnknownSegment
from encommun.events.models import Event, TeamMembership
from encommun.foundation.actor import Actor, Role
from encommun.programme.models import Part, Session
from encommun.registration.letters import booking_link, seat_link
from encommun.registration.models import Booking, Seat

type Found = tuple[str, str, str, tuple[str, str] | None]  # address, name, language, (what it opens, its link)


@dataclass(kw_only=True)
class Person:
    """Somebody of a group: one person an address, with every link of hers."""

    email: str
    name: str = ""
    language: str = "fr"
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A group.

    Attributes:
        roles: those that may write to it (coordination may write to all).
        find: its people now; somebody may come several times.
    """

    slug: str
    name: str | Promise
    roles: tuple[Role, ...]
    find: Callable[[Event], Iterator[Found]]


def _authors(event: Event, **which: Any) -> Iterator[Found]:
    rows = Author.objects.filter(proposal__event=event, **which).exclude(email="")
    for author in rows.select_related("proposal__event").order_by("pk"):
        proposal = author.proposal
        yield author.email, author.name, proposal.language, (proposal.title or proposal.code, author_link(author))


def _drafts(event: Event) -> Iterator[Found]:
    return _authors(event, proposal__state=Proposal.State.DRAFT)


def _published(event: Event) -> Iterator[Found]:
    return _authors(event, proposal__state=Proposal.State.PUBLISHED)


def _unconfirmed(event: Event) -> Iterator[Found]:
    return _authors(
        event,
        proposal__state=Proposal.State.PUBLISHED,
        proposal__decision__released_at__isnull=False,
        proposal__decision__answer=Decision.Answer.NONE,
        proposal__decision__outcome__in=Decision.OFFERS,
    )


def _confirmed(event: Event) -> Iterator[Found]:
    return _authors(
        event,
        proposal__decision__answer=Decision.Answer.ACCEPTED,
        proposal__decision__outcome__in=Decision.PLACES,
    )


def _of_sessions(event: Event) -> Iterator[Found]:
    parts = Part.objects.filter(session__event=event, session__state=Session.State.CONFIRMED).exclude(email="")
    for part in parts.select_related("session").order_by("pk"):
        yield part.email, part.name, part.session.language, None


def _bookings(event: Event, **which: Any) -> Iterator[Found]:
    for booking in Booking.objects.filter(event=event, **which).exclude(email="").select_related("event").order_by("pk"):
        yield (
            booking.email,
            booking.name,
            booking.language,
            (str(_("Booking {code}")).format(code=booking.code), booking_link(booking)),
        )


def _buyers(event: Event) -> Iterator[Found]:
    return _bookings(event, state=Booking.State.CONFIRMED)


def _unpaid(event: Event) -> Iterator[Found]:
    return _bookings(event, state=Booking.State.HELD)


def _holders(event: Event) -> Iterator[Found]:
    seats = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED)
    for seat in seats.select_related("booking__event", "pass_type").order_by("pk"):
        booking = seat.booking
        email = seat.holder_email or booking.email
        if email:
            yield (
                email,
                seat.holder_name or booking.name,
                booking.language,
                (f"{seat.pass_type.name} {seat.code}", seat_link(seat, booking)),
            )


def _nameless(event: Event) -> Iterator[Found]:
    seats = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED, holder_name="").exclude(
        booking__email=""
    )
    for booking in Booking.objects.filter(pk__in=seats.values("booking")).select_related("event").order_by("pk"):
        yield (
            booking.email,
            booking.name,
            booking.language,
            (str(_("Booking {code}")).format(code=booking.code), booking_link(booking)),
        )


def _team(event: Event) -> Iterator[Found]:
    for one in TeamMembership.objects.filter(event=event).select_related("account").order_by("pk"):
        yield one.account.email, one.account.name, one.account.language, None


PROGRAMME, REGISTRATION = (Role.PROGRAMME,), (Role.REGISTRATION,)

SEGMENTS = {
    one.slug: one
    for one in (
        Segment(slug="drafts", name=_("Authors of drafts never published"), roles=PROGRAMME, find=_drafts),
        Segment(slug="authors", name=_("Authors of published proposals"), roles=PROGRAMME, find=_published),
        Segment(slug="unconfirmed", name=_("Authors who have not answered our offer"), roles=PROGRAMME, find=_unconfirmed),
        Segment(slug="confirmed", name=_("Authors who confirmed"), roles=PROGRAMME, find=_confirmed),
        Segment(slug="sessions", name=_("People of confirmed sessions"), roles=(*PROGRAMME, Role.COMMONS), find=_of_sessions),
        Segment(slug="holders", name=_("People with a pass"), roles=REGISTRATION, find=_holders),
        Segment(slug="buyers", name=_("People who booked and paid"), roles=REGISTRATION, find=_buyers),
        Segment(slug="unpaid", name=_("Bookings to be paid"), roles=REGISTRATION, find=_unpaid),
        Segment(slug="nameless", name=_("Bookings with passes without a name"), roles=REGISTRATION, find=_nameless),
        Segment(slug="team", name=_("The team"), roles=(), find=_team),
    )
}


#: Groups of which the people must not be known while proposals are read without names.
HIDDEN_AUTHORS = ("drafts", "authors")


def segment_named(slug: str) -> Segment:
    """The group of that name.

    Raises:
        UnknownSegment: there is none.
    """
    try:
        return SEGMENTS[slug]
    except KeyError:
        raise UnknownSegment() from None


def segments_for(actor: Actor, event: Event) -> list[Segment]:
    """The groups that somebody may write to. While nobody but coordination may know whose proposals are, it alone writes to their authors."""
    hidden = HIDDEN_AUTHORS if hides_authors_from(actor, event) else ()
    return [one for one in SEGMENTS.values() if one.slug not in hidden and actor.has_role(event.pk, *one.roles)]


def people_of(segment: Segment, event: Event) -> list[Person]:
    """The people of a group, one an address, in the order in which they came. A bounded number of statements."""
    people: dict[str, Person] = {}
    for email, name, language, link in segment.find(event):
        person = people.setdefault(email, Person(email=email, name=name, language="en" if language.startswith("en") else "fr"))
        if link is not None:
            person.links.append(link)
    return list(people.values())
