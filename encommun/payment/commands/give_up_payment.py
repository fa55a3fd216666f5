"""A payment will not come any more."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.payment.models import Payment


@transaction.atomic
def give_up_payment(payment: Payment, *, at: datetime) -> Payment:
    """Note that the provider closed the page unpaid."""
    payment = Payment.objects.select_for_update(of=("self",)).select_related("booking").get(pk=payment.pk)
    if payment.state == Payment.State.WAITING:
        payment.state = Payment.State.GIVEN_UP
        payment.save(update_fields=["state"])
        facts = {"payment": payment.reference}
        record("payment.given_up", actor=SYSTEM, at=at, event_id=payment.booking.event_id, about=payment.booking, **facts)
    return payment
