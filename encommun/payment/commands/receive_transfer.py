"""The team saw a transfer on the account, without bringing in a statement."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.money import in_words
from encommun.foundation.refusals import require
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.commands.settle import Received, settle
from encommun.payment.models import Payment
from encommun.payment.queries.balances import owed_by
from encommun.payment.refusals import WrongAmount
from encommun.registration.models import Booking
from encommun.registration.refusals import AlreadyConfirmed, BookingEnded
from encommun.registration.rules import keeps_registration


@transaction.atomic
def receive_transfer(booking: Booking, *, amount_cents: int, received_at: datetime, actor: Actor, at: datetime) -> Payment:
    """Mark what a booking still owes as paid by transfer. Also for one that was to be paid by card.

    Raises:
        NotAllowed, AlreadyConfirmed, BookingEnded, WrongAmount
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    require(keeps_registration(actor, booking.event_id))
    if booking.state == Booking.State.CANCELLED:
        raise BookingEnded()
    due = owed_by(booking)
    if booking.state == Booking.State.CONFIRMED and not due:
        raise AlreadyConfirmed()
    if amount_cents != due:
        raise WrongAmount(due=in_words(due))
    payment = new_payment(booking, Payment.Provider.TRANSFER, amount_cents=due, at=at)
    payment = settle(payment, received=Received(amount_cents=amount_cents), actor=actor, at=at)
    if payment.paid_at == at:
        payment.paid_at = received_at
        payment.save(update_fields=["paid_at"])
    return payment
