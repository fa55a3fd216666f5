"""Which bookings a credit of the bank may pay: proposed, for a person to confirm."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from encommun.events.models import Event
from encommun.payment.models import Citation, StatementLine
from encommun.payment.providers.transfer.read import squeezed
from encommun.payment.queries.balances import owed_by_each
from encommun.registration.models import Booking

SHORTEST_WORD = 4
MOST = 5
#: Words that say nothing of who pays.
EMPTY_WORDS = frozenset(
    [
        "VIREMENT",
        "SEPA",
        "INST",
        "ASSOCIATION",
        "ASSOCIATIONS",
        "MAIRIE",
        "COMMUNE",
        "VILLE",
        "DEPARTEMENT",
        "REGION",
        "PAYS",
        "LOIRE",
        "CENTRE",
        "MAISON",
        "ESPACE",
        "PUBLIC",
        "BIBLIOTHEQUE",
        "MEDIATHEQUE",
        "UNIVERSITE",
        "PASS",
        "NUMERIQUE",
        "COMMUN",
        "COMMUNS",
        "INSCRIPTION",
        "FACTURE",
        "REFERENCE",
    ]
)


class Reason(StrEnum):
    REFERENCE = "reference"
    AMOUNT = "amount"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A booking that a credit may pay, and why it is thought so."""

    booking: Booking
    owed_cents: int
    reasons: tuple[Reason, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the reference was written on the transfer."""
        return Reason.REFERENCE in self.reasons


def proposals_for(event: Event, lines: Iterable[StatementLine]) -> dict[int, list[Proposal]]:
    """For each line, the likeliest first. Five statements, whatever the number of lines and bookings."""
    states = (Booking.State.HELD, Booking.State.LAPSED, Booking.State.CONFIRMED)
    bookings = list(Booking.objects.filter(event=event, state__in=states))
    owed = owed_by_each(bookings)
    by_code = {booking.code: booking for booking in bookings}
    by_key = {booking.pk: booking for booking in bookings}
    cited = Citation.objects.filter(event=event).values_list("said", "booking_id")
    by_code |= {said: by_key[pk] for said, pk in cited if pk in by_key}
    open_ones = [booking for booking in bookings if owed[booking.pk]]
    return {line.pk: _for_line(line, by_code, open_ones, owed) for line in lines}


def _for_line(line: StatementLine, by_code: dict[str, Booking], open_ones: list[Booking], owed: dict[int, int]) -> list[Proposal]:
    written = codes_in(line.text + " " + line.payer, by_code)
    found = [_proposal(booking, line, owed, Reason.REFERENCE) for booking in dict.fromkeys(by_code[code] for code in written)]
    if found:
        return found
    words = _words(line.payer + " " + line.text)
    likely = []
    for booking in open_ones:
        reasons = tuple(
            reason
            for reason, holds in (
                (Reason.AMOUNT, owed[booking.pk] == line.rest_cents),
                (Reason.NAME, bool(words & (_words(booking.name) | _words(booking.structure)))),
            )
            if holds
        )
        if reasons:
            likely.append(Proposal(booking=booking, owed_cents=owed[booking.pk], reasons=reasons))
    likely.sort(key=lambda proposal: (-len(proposal.reasons), Reason.AMOUNT not in proposal.reasons, proposal.booking.booked_at))
    return likely[:MOST]


def _proposal(booking: Booking, line: StatementLine, owed: dict[int, int], reason: Reason) -> Proposal:
    amount = (Reason.AMOUNT,) if owed[booking.pk] == line.rest_cents else ()
    return Proposal(booking=booking, owed_cents=owed[booking.pk], reasons=(reason, *amount))


def codes_in(text: str, known: Iterable[str]) -> list[str]:
    """Booking codes, and numbers of invoices, that stand in a text, whatever the bank or the payer put around and between their letters."""
    whole = squeezed(text)
    lengths = {len(code) for code in known}
    places = {code: whole.find(code) for code in _windows(whole, lengths) & set(known)}
    return sorted(places, key=places.__getitem__)


def _windows(whole: str, lengths: set[int]) -> set[str]:
    return {whole[n : n + length] for length in lengths for n in range(len(whole) - length + 1)}


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return {word for word in re.findall(r"[A-Z]+", plain) if len(word) >= SHORTEST_WORD} - EMPTY_WORDS
