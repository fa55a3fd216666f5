"""Who may reach the addresses of quotes, orders and invoices."""

from encommun.foundation.actor import SYSTEM
from encommun.invoicing.commands import issue_invoice, order_booking
from encommun.invoicing.models import Invoice, OrderFile, PurchaseOrder, Quote
from encommun.invoicing.rules import QUOTE_LINK
from encommun.registration.rules import BOOKING_LINK
from tests.access import EVERYONE, Row
from tests.cast import NOW
from tests.invoicing.office import AFTER, ORDER, SCAN, book, issuer, open_sale, quote, two_days

KEEPERS = ("registration", "coordination")
NEC = {"event": "nec-2018"}
EMAIL = "achats@ailleurs.example"


def of_event(cast):
    return dict(NEC)


def a_quote(cast):
    if not Quote.objects.exists():
        open_sale(cast.event)
        issuer(cast.event)
        quote(cast.event, email=EMAIL)
    return Quote.objects.get()


def quoted(cast):
    return NEC | {"code": a_quote(cast).code}


def quote_link(cast):
    return (QUOTE_LINK, a_quote(cast).code)


def an_order(cast):
    if not PurchaseOrder.objects.exists():
        a_quote(cast)
        booking = book(cast.event, two_days(), email=EMAIL, payment_method="transfer")
        order_booking(booking, ORDER, file=SCAN, actor=cast.actor("farid"), at=NOW)
    return PurchaseOrder.objects.get()


def ordered(cast):
    return NEC | {"code": an_order(cast).booking.code}


def ordered_elsewhere(cast):
    return ordered(cast) | {"event": cast.other.slug}


def order_link(cast):
    return (BOOKING_LINK, an_order(cast).booking.code)


def a_file(cast):
    return ordered(cast) | {"number": OrderFile.objects.get(order=an_order(cast)).pk}


def an_invoice(cast):
    an_order(cast)
    return Invoice.objects.first() or issue_invoice(an_order(cast).booking, actor=SYSTEM, at=AFTER)


def numbered(cast):
    return NEC | {"number": an_invoice(cast).number}


def numbered_elsewhere(cast):
    return numbered(cast) | {"event": cast.other.slug}


def exported(cast):
    return NEC | {"kind": "csv"}


def shared(cast):
    """Farid and Aya keep the money of both gatherings here."""
    from encommun.events.commands import give_role

    issuer(cast.other, prefix="AUTRE")
    for name in ("farid", "aya"):
        give_role(event_slug=cast.other.slug, email=getattr(cast, name).email, role="registration", actor=SYSTEM, at=NOW)
    return dict(NEC)


OF_QUOTE = {"kwargs": quoted, "link": quote_link}
OF_ORDER = {"kwargs": ordered, "link": order_link, "foreign": ordered_elsewhere}
OF_INVOICE = {"allowed": KEEPERS, "kwargs": numbered, "foreign": numbered_elsewhere}

ACCESS = {
    "invoicing:quote_new": Row(allowed=EVERYONE, kwargs=of_event),
    "invoicing:quote": Row(allowed=("owner", *KEEPERS), **OF_QUOTE),
    "invoicing:quote_link": Row(allowed=(), kwargs=lambda cast: quoted(cast) | {"token": "a" * 32}),
    "invoicing:quote_pdf": Row(allowed=("owner", *KEEPERS), **OF_QUOTE),
    "invoicing:quote_order": Row(allowed=("owner", *KEEPERS), **OF_QUOTE),
    "invoicing:order": Row(allowed=("owner", *KEEPERS), **OF_ORDER),
    "invoicing:order_file": Row(allowed=("owner", *KEEPERS), kwargs=a_file, link=order_link),
    "invoicing:invoices": Row(allowed=("owner", *KEEPERS), **OF_ORDER),
    "invoicing:invoice_pdf": Row(allowed=("owner", *KEEPERS), kwargs=numbered, link=order_link, foreign=numbered_elsewhere),
    "invoicing:team_list": Row(allowed=KEEPERS, kwargs=of_event),
    "invoicing:team_orders": Row(allowed=KEEPERS, kwargs=of_event),
    "invoicing:team_quotes": Row(allowed=KEEPERS, kwargs=of_event),
    "invoicing:team_issuer": Row(allowed=KEEPERS, kwargs=of_event),
    "invoicing:team_share": Row(allowed=KEEPERS, kwargs=shared),
    "invoicing:team_export": Row(allowed=KEEPERS, kwargs=exported),
    "invoicing:team_issue": Row(allowed=KEEPERS, kwargs=ordered, method="POST", foreign=ordered_elsewhere),
    "invoicing:team_invoice": Row(**OF_INVOICE),
    "invoicing:team_step": Row(**OF_INVOICE, method="POST"),
    "invoicing:team_credit": Row(**OF_INVOICE, method="POST"),
    "invoicing:team_replace": Row(**OF_INVOICE),
    "invoicing:team_deposit": Row(**OF_INVOICE),
    "invoicing:team_deposit_pdf": Row(**OF_INVOICE),
}
