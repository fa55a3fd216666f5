"""The treasurer answers money that settled nothing."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import Refused, require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.commands.list_refund import list_refund
from encommun.payment.commands.settle import give_back_excess
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, Refund, Stray
from encommun.payment.queries.balances import balance_of
from encommun.payment.refusals import AlreadyAnswered, NoteMissing
from encommun.payment.rules import may_answer, may_answer_so
from encommun.registration.commands import confirm_booking
from encommun.registration.models import Booking


@transaction.atomic
def answer_stray(stray: Stray, *, answer: Stray.Answer, note: str = "", actor: Actor, at: datetime) -> Stray:
    """Take the money as the payment, give it back, or note that it was dealt with elsewhere.

    Taken: what is missing is waived, what is too much goes back; without a place everything goes back.

    Raises:
        NotAllowed, AlreadyAnswered, NotAnAnswer, NoteMissing
    """
    if stray.payment_id:
        Booking.objects.select_for_update().get(pk=stray.payment.booking_id)
    stray = Stray.objects.select_for_update(of=("self",)).select_related("payment__booking").get(pk=stray.pk)
    require(may_answer(actor, stray), may_answer_so(stray, answer))
    if stray.answer:
        raise AlreadyAnswered()
    note = clean_line(note)[:500]
    if answer == Stray.Answer.NOTED and not note:
        raise NoteMissing()
    stray.answer, stray.note, stray.answered_at = answer, note, at
    stray.save(update_fields=["answer", "note", "answered_at"])
    if answer == Stray.Answer.ACCEPTED:
        _take(stray.payment, actor, at)
    elif answer == Stray.Answer.GIVEN_BACK:
        _give_back(stray.payment, at)
    facts = {"stray": stray.pk, "answer": str(answer), "why": stray.why}
    about = stray.payment.booking if stray.payment else stray
    record("payment.stray_answered", actor=actor, at=at, event_id=stray.event_id, about=about, **facts)
    return stray


def _take(payment: Payment, actor: Actor, at: datetime) -> None:
    booking = payment.booking
    payment.state, payment.paid_at, payment.trouble = Payment.State.PAID, at, ""
    payment.save(update_fields=["state", "paid_at", "trouble"])
    try:
        booking = confirm_booking(booking, actor=actor, at=at)
    except Refused as refused:
        facts = {"payment": payment.reference, "why": refused.code}
        record("payment.without_place", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
        list_refund(payment, payment.refundable_cents, why=Refund.Why.NO_PLACE, at=at)
        return
    balance = balance_of(booking)
    if balance.missing_cents:
        source = f"waived:{payment.reference}"
        write_ledger(booking, LedgerEntry.Kind.WAIVED, balance.missing_cents, source=source, at=at, payment=payment)
    else:
        give_back_excess(payment, balance, at)
    facts = {"payment": payment.reference, "amount_cents": payment.received_cents, "provider": payment.provider}
    record("payment.received", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)


def _give_back(payment: Payment, at: datetime) -> None:
    payment.state, payment.paid_at = Payment.State.PAID, at
    payment.save(update_fields=["state", "paid_at"])
    list_refund(payment, payment.refundable_cents, why=Refund.Why.AMOUNT, at=at)
