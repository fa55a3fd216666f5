"""What follows about money, after commit: each may run twice without harm. The provider is asked outside transactions."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q, Sum

from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.payment.commands import (
    Received,
    give_up_payment,
    keep_stray,
    mark_refunded,
    note_look,
    note_refund_outside,
    note_refused,
    refund_booking,
    refund_seat,
    settle,
    write_ledger,
)
from encommun.payment.models import LedgerEntry, Payment, ProviderNotice, Refund, Stray
from encommun.payment.providers import provider
from encommun.payment.providers.facts import Notice, PageFacts
from encommun.payment.queries import configured
from encommun.payment.refusals import NothingToRefund, ProviderRefused, ProviderUnreachable
from encommun.payment.rules import ONLINE
from encommun.registration.commands import lapse_holds
from encommun.registration.models import Booking

log = logging.getLogger("encommun.payment")
LOOK_AGAIN = timedelta(minutes=5)
LOOK_LATER = timedelta(hours=1)  # how often a page given up is looked at once more, for a day
WAIT_FOR_PROVIDER = timedelta(hours=1)  # how long a hold outlives its end while the provider cannot be asked
A_MOMENT = timedelta(minutes=5)  # a page of a provider that does not close it may still be paid so long after its end


def booking_of(entry: Entry) -> Booking:
    """The booking that an entry is about."""
    return Booking.objects.select_related("event").get(code=entry.about.rpartition(":")[2])


def note_due(entry: Entry) -> None:
    """Passes were booked: their price is due."""
    booking = booking_of(entry)
    cents = entry.facts.get("total_cents", booking.total_cents)
    write_ledger(booking, LedgerEntry.Kind.DUE, cents, source=f"due:{booking.code}", at=entry.at)


def note_due_again(entry: Entry) -> None:
    """A lapsed booking took its places again: its price is due again."""
    if entry.facts.get("retaken"):
        booking = booking_of(entry)
        cents = entry.facts.get("total_cents", booking.total_cents)
        write_ledger(booking, LedgerEntry.Kind.DUE, cents, source=f"due:{booking.code}:{entry.pk}", at=entry.at)


def note_no_longer_due(entry: Entry) -> None:
    """A booking lapsed or was cancelled: nothing is due any more, and what was paid goes back.

    Cancelled by the team: everything; by who booked: what ``registration`` told her before.
    """
    booking = booking_of(entry)
    waived = booking.ledger.filter(kind=LedgerEntry.Kind.WAIVED).aggregate(cents=Sum("amount_cents", default=0))["cents"]
    source = f"no-longer-due:{booking.code}:{entry.pk}"
    write_ledger(booking, LedgerEntry.Kind.CANCELLED, booking.total_cents - waived, source=source, at=entry.at)
    by_holder = entry.facts.get("was_confirmed") and not entry.facts.get("by_team", True)
    refund_booking(booking, cents=entry.facts.get("refund_cents") if by_holder else None, at=entry.at)


def note_seat_cancelled(entry: Entry) -> None:
    """One pass was cancelled: its price is due no more, and what was paid for it goes back."""
    booking = Booking.objects.select_related("event").get(code=entry.facts["booking"])
    told = {"price_cents": entry.facts["price_cents"], "cents": entry.facts["refund_cents"]}
    refund_seat(booking, seat_code=entry.about.rpartition(":")[2], **told, at=entry.at)


def look_at(payment: Payment, *, at: datetime, close: bool = False, notice: ProviderNotice | None = None) -> Payment:
    """Ask the provider about a payment, and do what its answer means.

    Args:
        close: nobody may pay there any more: an open page is closed.

    Raises:
        ProviderUnreachable
    """
    if not payment.provider_id:  # the page was never reached by anybody
        return give_up_payment(payment, at=at) if close else payment
    service = provider(payment.provider)
    try:
        facts = service.read_page(payment.provider_id)
        if close and facts.status == "open":
            facts = service.close_page(payment.provider_id)
    except ProviderRefused as refused:
        raise ProviderUnreachable() from refused  # a page of ours that it does not know: nothing may be concluded
    note_look(payment, at=at)
    if facts.is_paid:
        settled = settle(payment, received=_received(facts), actor=SYSTEM, at=at, notice=notice)
        if payment.state not in (Payment.State.WAITING, Payment.State.GIVEN_UP):
            _look_at_money(settled, facts, at)
        return settled
    if notice is not None:
        ProviderNotice.objects.bulk_create([notice], ignore_conflicts=True)
    is_over = facts.status == "expired" or (at > payment.asked_at + service.PAGE_LIVES + A_MOMENT)
    return give_up_payment(payment, at=at) if is_over else payment


def _received(facts: PageFacts) -> Received:
    return Received(
        amount_cents=facts.amount_cents,
        currency=facts.currency,
        fee_cents=facts.fee_cents,
        tip_cents=facts.tip_cents,
        charge_id=facts.charge_id,
    )


def _look_at_money(payment: Payment, facts: PageFacts, at: datetime) -> None:
    """What may happen to money that came: disputed, or given back on the provider's own site."""
    if facts.is_disputed:
        keep_stray(
            provider=payment.provider,
            name=f"dispute:{facts.charge_id}",
            why=Stray.Why.DISPUTED,
            amount_cents=facts.amount_cents,
            payment=payment,
            at=at,
        )
    ours = set(payment.refunds.values_list("reference", flat=True))
    if payment.refunds.filter(state=Refund.State.TO_DO).exists():
        return  # one of ours may be on its way, under a name that is not known yet
    known = set(payment.refunds.exclude(provider_refund_id="").values_list("provider_refund_id", flat=True))
    for refund in provider(payment.provider).refunds_of(facts.charge_id):
        if refund.reference not in ours and refund.id not in known:
            note_refund_outside(payment, provider_refund_id=refund.id, amount_cents=refund.amount_cents, at=at)


def take_notice(name: str, notice: Notice, *, at: datetime) -> bool:
    """Do what a notification means, by asking the provider; the same one twice does nothing. Answer whether it was ours.

    Raises:
        ProviderUnreachable: it must be told again later.
    """
    if ProviderNotice.objects.filter(provider=name, notice_id=notice.id).exists():
        return True
    payments = Payment.objects.filter(provider=name)
    about = Q(pk=None)
    for field, value in (("provider_id", notice.page_id), ("charge_id", notice.charge_id), ("reference", notice.reference)):
        about |= Q(**{field: value}) if value else Q(pk=None)
    payment = payments.filter(about).first()
    if payment is not None:
        kept = ProviderNotice(provider=name, notice_id=notice.id, kind=notice.kind[:80], received_at=at)
        look_at(payment, at=at, notice=kept)
        return True
    return _keep_unknown(name, notice, at)


def _keep_unknown(name: str, notice: Notice, at: datetime) -> bool:
    """Money with a reference of ours, for a payment that is not known here (a database put back from a copy)."""
    if not notice.page_id:
        return False
    try:
        facts = provider(name).read_page(notice.page_id)
    except ProviderRefused:
        return False
    if not (facts.is_paid and facts.reference):
        return False  # of something else that the account sells
    money = {"amount_cents": facts.amount_cents, "currency": facts.currency}
    if keep_stray(provider=name, name=facts.id, why=Stray.Why.UNKNOWN, **money, at=at) and facts.currency == "eur":
        write_ledger(None, LedgerEntry.Kind.RECEIVED, facts.amount_cents, source=f"stray:{name}:{facts.id}", at=at)
    return True


def look_at_payments(*, at: datetime, most: int = 100) -> int:
    """Ask about payments that wait: a notification may have been lost. Pages of ended bookings are closed.

    A page that its provider cannot close is looked at once more for a day after it was given up.
    """
    names = [name for name in ONLINE if configured(name)]
    waiting = Q(state=Payment.State.WAITING) & (
        Q(looked_at=None, asked_at__lte=at - LOOK_AGAIN) | Q(looked_at__lte=at - LOOK_AGAIN)
    )
    late = Q(
        state=Payment.State.GIVEN_UP,
        provider=Payment.Provider.HELLOASSO,
        asked_at__gte=at - timedelta(days=1),
        looked_at__lte=at - LOOK_LATER,
    )
    due = Payment.objects.filter(waiting | late, provider__in=names, trouble="")
    looked = 0
    for payment in due.select_related("booking").order_by(F("looked_at").asc(nulls_first=True))[:most]:
        try:
            look_at(payment, at=at, close=payment.booking.state != Booking.State.HELD)
            looked += 1
        except ProviderUnreachable:
            log.warning("%s could not be asked about payment %s", payment.provider, payment.pk)
            note_look(payment, at=at)
    return looked


def lapse_unpaid(*, at: datetime) -> int:
    """Lapse holds that have run out, after asking the provider about those who may have just paid."""
    paying = Payment.objects.filter(
        state=Payment.State.WAITING,
        provider__in=ONLINE,
        trouble="",
        booking__state=Booking.State.HELD,
        booking__held_until__lte=at,
    )
    spare = []
    for payment in paying.select_related("booking").order_by("pk")[:200]:
        try:
            look_at(payment, at=at, close=True)
        except ProviderUnreachable:
            if payment.booking.held_until > at - WAIT_FOR_PROVIDER:
                spare.append(payment.booking_id)
    return lapse_holds(at=at, spare=spare)


def send_refunds(*, at: datetime, most: int = 50) -> int:
    """Give back, by the provider that was paid, what is to be refunded. The rest is made, and marked, by the team."""
    names = [name for name in ONLINE if configured(name)]
    todo = Refund.objects.filter(state=Refund.State.TO_DO, payment__provider__in=names)
    done = 0
    for refund in todo.select_related("payment").order_by("pk")[:most]:
        try:
            name = provider(refund.payment.provider).give_back(
                _charge_of(refund.payment),
                amount_cents=refund.amount_cents,
                reference=refund.reference,
                before_cents=_already_back(refund.payment),
            )
            mark_refunded(refund, provider_refund_id=name, actor=SYSTEM, at=at)
            done += 1
        except ProviderUnreachable:
            log.warning("%s could not make refund %s yet", refund.payment.provider, refund.pk)
        except ProviderRefused as refused:
            log.warning("%s refuses refund %s: %s", refund.payment.provider, refund.pk, refused)
            note_refused(refund, at=at)
        except NothingToRefund:
            continue  # another worker was first
    return done


def _charge_of(payment: Payment) -> str:
    return payment.charge_id or provider(payment.provider).read_page(payment.provider_id).charge_id


def _already_back(payment: Payment) -> int:
    done = payment.refunds.filter(state=Refund.State.DONE)
    return int(done.aggregate(cents=Sum("amount_cents", default=0))["cents"])
