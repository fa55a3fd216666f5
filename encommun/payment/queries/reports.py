"""Reports and accounts: by day, by way of paying, by pass; and the files for who keeps the books."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.money import as_decimal
from encommun.payment.models import LedgerEntry, Payment
from encommun.registration.models import Booking, Seat

_K, _P = LedgerEntry.Kind, Payment.Provider


@dataclass(kw_only=True)
class Row:
    """A line of a report."""

    name: Any
    received: int = 0
    back: int = 0
    fee: int = 0
    count: int = 0

    @property
    def kept(self) -> int:
        return self.received - self.back - self.fee


@dataclass(frozen=True, kw_only=True)
class Report:
    """Three tables, and their sum."""

    by_day: list[Row]
    by_provider: list[Row]
    by_pass: list[Row]
    total: Row = field(default_factory=lambda: Row(name=""))

    @property
    def highest(self) -> int:
        """The best day, for the bars."""
        return max((row.received for row in self.by_day), default=0) or 1


def report_of(event: Event) -> Report:
    """Two statements, whatever the number of movements in between."""
    days: dict[date, Row] = {}
    ways: dict[str, Row] = {}
    total = Row(name=_("In all"))
    labels = dict(_P.choices)
    entries = LedgerEntry.objects.filter(event=event, kind__in=(_K.RECEIVED, _K.REFUNDED, _K.BOUNCED, _K.FEE)).order_by("at", "pk")
    for at, kind, cents, provider in entries.values_list("at", "kind", "amount_cents", "payment__provider").iterator():
        day = at.astimezone(event.zone).date()
        name = str(labels.get(provider, _("Unknown")))
        rows = (days.setdefault(day, Row(name=day)), ways.setdefault(name, Row(name=name)), total)
        for row in rows:
            _add(row, kind, cents)
    return Report(by_day=list(days.values()), by_provider=list(ways.values()), by_pass=_by_pass(event), total=total)


def _add(row: Row, kind: str, cents: int) -> None:
    if kind == _K.RECEIVED:
        row.received += cents
        row.count += 1
    elif kind == _K.FEE:
        row.fee += cents
    else:
        row.back += cents


def _by_pass(event: Event) -> list[Row]:
    seats = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED).order_by("pass_type__position")
    found = seats.values_list("pass_type__name", "pass_type").annotate(cents=Sum("price_cents"), count=Count("pk"))
    rows: dict[Any, Row] = {}
    for name, pk, cents, count in found:
        row = rows.setdefault(pk, Row(name=str(name)))
        row.received += cents
        row.count += count
    return list(rows.values())


def fees_of(event: Event) -> list[Row]:
    """What each provider kept: public, so that everyone sees what paying costs the gathering. One statement."""
    rows: dict[str, Row] = defaultdict(lambda: Row(name=""))
    labels = dict(_P.choices)
    sums = LedgerEntry.objects.filter(event=event, kind__in=(_K.RECEIVED, _K.FEE), payment__isnull=False).order_by()
    for provider, kind, cents, count in sums.values_list("payment__provider", "kind").annotate(
        cents=Sum("amount_cents"), count=Count("pk")
    ):
        row = rows[provider]
        row.name = labels[provider]
        if kind == _K.FEE:
            row.fee += cents
        else:
            row.received, row.count = row.received + cents, row.count + count
    return sorted(rows.values(), key=lambda row: -row.received)


# Files

LEDGER_HEADS = ("date", "kind", "amount_eur", "booking", "payment", "provider", "source")


def ledger_rows(event: Event) -> Iterator[tuple[str, ...]]:
    """Every movement, one a line, in the order of time: for programs, with the names of the API."""
    yield LEDGER_HEADS
    entries = LedgerEntry.objects.filter(event=event).order_by("at", "pk")
    fields = ("at", "kind", "amount_cents", "booking__code", "payment__reference", "payment__provider", "source")
    for at, kind, cents, booking, payment, provider, source in entries.values_list(*fields).iterator():
        moment = at.astimezone(event.zone).isoformat()
        yield (moment, kind, as_decimal(cents), booking or "", payment or "", provider or "", source)


#: The eighteen columns of article A47 A-1 of the Livre des procédures fiscales, in its order and its words.
FEC_HEADS = [
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
]

CLIENT = ("411000", "Participants")
SALES = ("706000", "Inscriptions")
ALLOWED = ("709600", "Remises accordées")
FEES = ("627000", "Services bancaires et assimilés")
PENDING = ("471000", "Compte d'attente")
MONEY = {
    _P.CARD: ("467100", "Prestataire de paiement par carte"),
    _P.HELLOASSO: ("467200", "HelloAsso"),
    _P.TRANSFER: ("512000", "Banque"),
    _P.CHEQUE: ("511200", "Chèques à encaisser"),
    _P.CASH: ("530000", "Caisse"),
    _P.TERMINAL: ("511500", "Cartes bancaires à encaisser"),
}
JOURNALS = {"VE": "Ventes", "BQ": "Banque", "CA": "Caisse"}


def fec_rows(event: Event) -> Iterator[tuple[str, ...]]:
    """The accounting entries, two lines a movement, balanced; amounts with a comma, days as AAAAMMJJ.

    Numbered in the order in which they were written: a later export never changes the number of an entry.
    """
    yield tuple(FEC_HEADS)
    entries = LedgerEntry.objects.filter(event=event).select_related("booking", "payment").order_by("pk")
    for number, entry in enumerate(entries.iterator(chunk_size=500), 1):
        yield from _entry(entry, number, event)


def _entry(entry: LedgerEntry, number: int, event: Event) -> Iterator[tuple[str, ...]]:
    debit, credit = accounts_of(entry)
    if entry.amount_cents < 0:
        debit, credit = credit, debit
    day = entry.at.astimezone(event.zone).strftime("%Y%m%d")
    provider = entry.payment.provider if entry.payment else ""
    journal = "VE" if SALES in (debit, credit) or ALLOWED in (debit, credit) else "CA" if provider == _P.CASH else "BQ"
    amount = as_decimal(abs(entry.amount_cents)).replace(".", ",")
    code = entry.booking.code if entry.booking else ""
    label = f"{entry.get_kind_display()} {code}".strip()
    for account, is_debit in ((debit, True), (credit, False)):
        auxiliary = (code, _plain(entry.booking.name or code)) if account == CLIENT and entry.booking else ("", "")
        sums = (amount, "0,00") if is_debit else ("0,00", amount)
        piece = (_plain(entry.source), day, _plain(label))
        yield (journal, JOURNALS[journal], str(number), day, *account, *auxiliary, *piece, *sums, "", "", day, "", "")


def accounts_of(entry: LedgerEntry) -> tuple[tuple[str, str], tuple[str, str]]:
    """The account debited and the one credited."""
    money = MONEY.get(entry.payment.provider, PENDING) if entry.payment else PENDING
    owner = CLIENT if entry.booking_id else PENDING
    match entry.kind:
        case _K.DUE | _K.KEPT:
            return CLIENT, SALES
        case _K.CANCELLED:
            return SALES, CLIENT
        case _K.WAIVED:
            return ALLOWED, CLIENT
        case _K.RECEIVED:
            return (money if entry.payment_id else MONEY[_P.CARD]), owner
        case _K.REFUNDED | _K.BOUNCED:
            return owner, money
        case _:
            return FEES, money


def _plain(text: str) -> str:
    return " ".join(text.split())
