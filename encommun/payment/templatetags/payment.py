"""How pages of bookings show money, without ``registration`` knowing this package."""

from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from encommun.foundation import money
from encommun.payment.models import Refund
from encommun.payment.queries import MoneyOf
from encommun.payment.queries import money_of as ask
from encommun.payment.rules import ONLINE
from encommun.registration.models import Booking

register = template.Library()


@register.simple_tag
def money_of(booking: Booking) -> MoneyOf:
    """``{% money_of booking as money %}``."""
    return ask(booking)


@register.filter
def is_by_provider(refund: Refund) -> bool:
    """Whether the provider gives it back by itself."""
    return refund.payment.provider in ONLINE and refund.state == Refund.State.TO_DO


@register.filter
def as_decimal(cents: int) -> str:
    """An amount in another currency: «60.00»."""
    return money.as_decimal(cents)


@register.filter
def date_of(iso: str) -> date:
    """«2018-09-13» as a date."""
    return date.fromisoformat(iso)


@register.simple_tag
def transfer_code(asked: MoneyOf, booking: Booking) -> SafeString:
    """The code of the European Payments Council (EPC069-12), which fills in a transfer in a bank's application."""
    if asked.account is None or not asked.balance.missing_cents:
        return format_html("")
    account, amount = asked.account, f"{asked.balance.missing_cents / 100:.2f}"
    return format_html(
        '<img src="data:image/svg+xml;base64,{}" width="180" height="180" alt="{}">',
        _drawn(account.holder[:70], account.iban, account.bic or None, amount, asked.reference.replace(" ", "")),
        _("Code of the transfer: the account, the amount and the reference above"),
    )


@lru_cache(500)
def _drawn(name: str, iban: str, bic: str | None, amount: str, reference: str) -> str:
    """The code as a picture in base64. Drawing it takes as long as the rest of its page, and people come back to it."""
    import base64
    import io

    from segno.helpers import make_epc_qr

    code = make_epc_qr(name=name, iban=iban, amount=amount, reference=reference, bic=bic, encoding=1)
    out = io.BytesIO()
    code.save(out, kind="svg", border=4, light="#fff", dark="#000", xmldecl=False, svgns=True, nl=False)
    return base64.b64encode(out.getvalue()).decode()
