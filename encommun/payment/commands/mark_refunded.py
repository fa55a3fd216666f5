"""Money went back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from encommun.foundation.actor import SYSTEM, Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.payment.commands.keep_stray import keep_stray
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, Refund, Stray
from encommun.payment.refusals import NothingToRefund
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@transaction.atomic
def mark_refunded(refund: Refund, *, provider_refund_id: str = "", actor: Actor, at: datetime) -> Refund:
    """Note a refund: the provider made it, or the team made it by hand.

    Raises:
        NotAllowed, NothingToRefund
    """
    booking = Booking.objects.select_for_update().get(pk=refund.payment.booking_id)
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, booking.event_id))
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    payment = Payment.objects.select_for_update().get(pk=refund.payment_id)
    if refund.state == Refund.State.DONE:
        raise NothingToRefund()
    refund.state, refund.provider_refund_id, refund.done_at = Refund.State.DONE, provider_refund_id, at
    refund.save(update_fields=["state", "provider_refund_id", "done_at"])
    source = f"refund:{refund.reference}"
    write_ledger(booking, LedgerEntry.Kind.REFUNDED, refund.amount_cents, source=source, at=at, payment=payment)
    done = payment.refunds.filter(state=Refund.State.DONE).aggregate(cents=Sum("amount_cents"))["cents"]
    if done == payment.received_cents:
        payment.state, payment.trouble = Payment.State.REFUNDED, ""
        payment.save(update_fields=["state", "trouble"])
    facts = {"payment": payment.reference, "refund": refund.reference, "amount_cents": refund.amount_cents}
    record("payment.refunded", actor=actor, at=at, event_id=booking.event_id, about=booking, provider=payment.provider, **facts)
    return refund


@transaction.atomic
def note_refused(refund: Refund, *, at: datetime) -> None:
    """The provider says that it will never make this refund: the team makes it by hand."""
    if Refund.objects.filter(pk=refund.pk, state=Refund.State.TO_DO).update(state=Refund.State.REFUSED):
        keep_stray(
            provider=refund.payment.provider,
            name=refund.reference,
            why=Stray.Why.REFUSED,
            amount_cents=refund.amount_cents,
            payment=refund.payment,
            at=at,
        )


@transaction.atomic
def note_refund_outside(payment: Payment, *, provider_refund_id: str, amount_cents: int, at: datetime) -> None:
    """Note a refund that somebody made on the provider's own site. Told twice, it is noted once."""
    booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
    payment = Payment.objects.select_for_update().select_related("booking").get(pk=payment.pk)
    known = payment.refunds.filter(provider_refund_id=provider_refund_id).exists()
    if known or not 0 < amount_cents <= payment.refundable_cents:
        return
    refund = Refund.objects.create(
        payment=payment,
        amount_cents=amount_cents,
        why=Refund.Why.OUTSIDE,
        reference=f"X-{provider_refund_id}"[:35],
        asked_at=at,
    )
    if booking.state == Booking.State.CONFIRMED:
        source = f"waived:{refund.reference}"
        write_ledger(booking, LedgerEntry.Kind.WAIVED, amount_cents, source=source, at=at, payment=payment)
    mark_refunded(refund, provider_refund_id=provider_refund_id, actor=SYSTEM, at=at)
