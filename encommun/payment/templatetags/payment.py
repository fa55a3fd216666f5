"""How pages of bookings show money, without ``registration`` knowing this package."""

from datetime import date

from django import template

from encommun.payment.queries import MoneyOf
from encommun.payment.queries import money_of as ask
from encommun.registration.models import Booking

register = template.Library()


@register.simple_tag
def money_of(booking: Booking) -> MoneyOf:
    """``{% money_of booking as money %}``."""
    return ask(booking)


@register.filter
def date_of(iso: str) -> date:
    """«2018-09-13» as a date."""
    return date.fromisoformat(iso)
