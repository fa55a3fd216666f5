"""Money as those who keep it see it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line
from encommun.payment.models import Cheque, LedgerEntry, Payment, Receipt, Refund, Statement, StatementLine, Stray
from encommun.payment.rules import may_answer
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration

_K = LedgerEntry.Kind


@dataclass(frozen=True, kw_only=True)
class LedgerFilters:
    """What the list of movements is narrowed to."""

    search: str = ""
    kind: str = ""
    provider: str = ""


def ledger_seen_by(actor: Actor, event: Event, filters: LedgerFilters) -> QuerySet[LedgerEntry]:
    """Movements, the newest first.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    found = LedgerEntry.objects.filter(event=event).select_related("booking", "payment")
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.provider:
        found = found.filter(payment__provider=filters.provider)
    if words := filters.search.strip():
        about = (
            Q(source__icontains=words) | Q(payment__reference__icontains=words.replace(" ", "")) | Q(booking__name__icontains=words)
        )
        code = read_code(words)
        found = found.filter(about | Q(booking__code=code) if code else about)
    return found.order_by("-at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Where the money of an event stands, in cents, and what waits for somebody."""

    received_cents: int
    back_cents: int
    fee_cents: int
    awaited_cents: int
    awaited: int
    to_refund_cents: int
    by_hand: int
    strays: int
    lines: int
    cheques: int

    @property
    def kept_cents(self) -> int:
        return self.received_cents - self.back_cents - self.fee_cents


def overview_of(event: Event) -> Overview:
    """Seven statements."""
    from encommun.payment.queries.of_booking import by_hand

    sums = dict(LedgerEntry.objects.filter(event=event).values_list("kind").annotate(cents=Sum("amount_cents")))
    held = Booking.objects.filter(event=event, state=Booking.State.HELD).aggregate(
        cents=Sum("total_cents", default=0), count=Count("pk")
    )
    todo = Refund.objects.filter(payment__booking__event=event).exclude(state=Refund.State.DONE)
    return Overview(
        received_cents=sums.get(_K.RECEIVED, 0),
        back_cents=sums.get(_K.REFUNDED, 0) + sums.get(_K.BOUNCED, 0),
        fee_cents=sums.get(_K.FEE, 0),
        awaited_cents=held["cents"],
        awaited=held["count"],
        to_refund_cents=todo.aggregate(cents=Sum("amount_cents", default=0))["cents"],
        by_hand=by_hand(event).count(),
        strays=strays_of(event).filter(answer="").count(),
        lines=lines_of(event).filter(is_open).count(),
        cheques=Cheque.objects.filter(payment__booking__event=event, deposit=None, bounced_on=None).count(),
    )


is_open = Q(left_aside="") & (Q(used_cents=None) | Q(used_cents__lt=F("amount_cents")))


def strays_of(event: Event) -> QuerySet[Stray]:
    """What must be looked at, of this event or of none."""
    found = Stray.objects.filter(Q(event=event) | Q(event=None)).select_related("payment__booking")
    return found.order_by("answer", "-seen_at", "-pk")


def stray_seen_by(actor: Actor, event: Event, pk: int) -> Stray:
    """One of them.

    Raises:
        NotFound
    """
    stray = strays_of(event).filter(pk=pk).first()
    if stray is None or may_answer(actor, stray) is not True:
        raise NotFound()
    return stray


def lines_of(event: Event) -> QuerySet[StatementLine]:
    """Credits of the bank, the newest first, each with what bookings took of it."""
    found = StatementLine.objects.filter(event=event).annotate(used_cents=Sum("allocations__amount_cents", default=0))
    return found.order_by("-booked_on", "-pk")


def line_of(event: Event, pk: int) -> StatementLine:
    """One of them.

    Raises:
        NotFound
    """
    line = lines_of(event).filter(pk=pk).first()
    if line is None:
        raise NotFound()
    return line


def statement_of(event: Event, pk: int) -> Statement:
    """A file that was brought in.

    Raises:
        NotFound
    """
    found = Statement.objects.filter(event=event, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def cheques_of(event: Event) -> QuerySet[Cheque]:
    """Cheques that came, those to take to the bank first."""
    found = Cheque.objects.filter(payment__booking__event=event).select_related("payment__booking", "deposit")
    return found.order_by(F("deposit__number").desc(nulls_first=True), "-received_on", "-pk")


def cheque_of(event: Event, pk: int) -> Cheque:
    """One of them.

    Raises:
        NotFound
    """
    cheque = cheques_of(event).filter(pk=pk).first()
    if cheque is None:
        raise NotFound()
    return cheque


def receipt_of(event: Event, number: int) -> Receipt:
    """A receipt of the desk.

    Raises:
        NotFound
    """
    found = Receipt.objects.filter(event=event, number=number).select_related("payment__booking").first()
    if found is None:
        raise NotFound()
    return found


def payment_of(event: Event, reference: str) -> Payment:
    """A payment by its reference.

    Raises:
        NotFound
    """
    found = Payment.objects.filter(booking__event=event, reference=reference).select_related("booking__event").first()
    if found is None:
        raise NotFound()
    return found


def awaited(event: Event, method: str, search: str = "") -> QuerySet[Any]:
    """Bookings that wait for their money, the oldest first."""
    found = Booking.objects.filter(event=event, state=Booking.State.HELD)
    found = found.filter(payment_method=method) if method else found
    if words := clean_line(search):
        about = Q(name__icontains=words) | Q(email__icontains=words) | Q(structure__icontains=words)
        code = read_code(words)
        found = found.filter(about | Q(code=code) if code else about)
    return found.order_by("booked_at", "pk")
