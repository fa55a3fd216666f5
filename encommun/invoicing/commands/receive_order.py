"""A purchase order comes: its seats are confirmed, unpaid for weeks, and do not lapse."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.invoicing.models import Billing, Invoicing, OrderFile, PurchaseOrder, Quote
from encommun.invoicing.refusals import AlreadyOrdered, BillingMissing, NoIssuer, NotOrderable, QuoteOver, WrongFile
from encommun.invoicing.rules import (
    LARGEST_FILE,
    clean_body_number,
    keeps_invoices,
    may_correct_order,
    may_order,
    may_see_quote,
    meets_demand,
    what_lacks,
)
from encommun.journal.commands import record
from encommun.registration.commands import SeatWish, book_passes
from encommun.registration.commands.promise_booking import promise_booking
from encommun.registration.models import Booking
from encommun.registration.rules import may_see_booking

#: How each kind of file begins.
SIGNATURES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True, kw_only=True)
class OrderText:
    """What the agent gives: whom to invoice, and what its accountant demands. With the document, it may all come from there."""

    buyer_name: str
    siret: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    demand: str = ""
    scheme: str = Billing.Scheme.SIRET
    service_code: str = ""
    engagement: str = ""
    market: str = ""
    to_come: bool = False
    order_number: str = ""
    ordered_on: date | None = None
    accounting_email: str = ""


@dataclass(frozen=True, kw_only=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def content_type(self) -> str:
        """By how it begins, whatever its name says.

        Raises:
            WrongFile
        """
        found = next((kind for start, kind in SIGNATURES.items() if self.content.startswith(start)), None)
        if found is None or not len(self.content) <= LARGEST_FILE:
            raise WrongFile()
        return found


@transaction.atomic
def order_quote(quote: Quote, asked: OrderText, *, file: SentFile | None = None, actor: Actor, at: datetime) -> Booking:
    """Order what was quoted: the passes are booked now, if there is still room, at the price of the quote.

    Raises:
        NotAllowed, QuoteOver, SoldOut, DemandNotMet, WrongNumber, WrongFile, BillingMissing
    """
    quote = Quote.objects.select_for_update(of=("self",)).select_related("event").get(pk=quote.pk)
    require(may_see_quote(actor, quote), may_order(quote, at))
    values = _checked(asked, file)
    wishes = [
        SeatWish(pass_type=wish["pass_type"], day=date.fromisoformat(wish["day"]) if wish["day"] else None)
        for wish in quote.wishes
        for _n in range(wish["count"])
    ]
    booking = book_passes(
        quote.event,
        buyer_name=quote.buyer_name,
        email=quote.email,
        seats=wishes,
        payment_method="transfer",
        language=quote.language,
        structure=quote.body_name,
        actor=actor,
        at=at,
    )
    if booking.total_cents != quote.gross_cents:
        raise QuoteOver()
    quote.booking = booking
    quote.save(update_fields=["booking"])
    _keep(booking, values, file, actor, at)
    booking.refresh_from_db()
    return booking


@transaction.atomic
def order_booking(booking: Booking, asked: OrderText, *, file: SentFile | None = None, actor: Actor, at: datetime) -> PurchaseOrder:
    """Pay a booking that waits for its payment by a purchase order.

    Raises:
        NotAllowed, NoIssuer, NotOrderable, AlreadyOrdered, DemandNotMet, WrongNumber, WrongFile, BillingMissing
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    require(may_see_booking(actor, booking))
    if not Invoicing.objects.filter(event=booking.event).exists():
        raise NoIssuer()
    if PurchaseOrder.objects.filter(booking=booking).exists():
        raise AlreadyOrdered()
    if booking.state != Booking.State.HELD or not booking.total_cents:
        raise NotOrderable()
    return _keep(booking, _checked(asked, file), file, actor, at)


@transaction.atomic
def await_order(booking: Booking, *, body_name: str, accounting_email: str, actor: Actor, at: datetime) -> PurchaseOrder:
    """Somebody stands at the desk whose employer pays: her place is confirmed now, the order comes later.

    Raises:
        NotAllowed, NoIssuer, BillingMissing: without a name of the body, or an address to ask it at.
    """
    require(keeps_invoices(actor, booking.event_id))
    if not Invoicing.objects.filter(event=booking.event).exists():
        raise NoIssuer()
    body_name, accounting_email = clean_line(body_name)[:200], clean_email(accounting_email)
    if not body_name or not accounting_email:
        raise BillingMissing()
    values = asdict(OrderText(buyer_name=body_name, to_come=True, accounting_email=accounting_email))
    return _keep(booking, values, None, actor, at)


@transaction.atomic
def correct_order(
    order: PurchaseOrder, asked: OrderText, *, file: SentFile | None = None, actor: Actor, at: datetime
) -> PurchaseOrder:
    """Give what was still to come, or correct it, until the invoice is out.

    Raises:
        NotAllowed, OrderInvoiced, DemandNotMet, WrongNumber, WrongFile, BillingMissing
    """
    order = PurchaseOrder.objects.select_for_update(of=("self",)).select_related("booking__event").get(pk=order.pk)
    require(may_correct_order(actor, order))
    values = _checked(asked, file, has_file=order.files.exists())
    _write(order, values, file, at)
    facts = {"to_come": order.to_come, "file": file is not None}
    record("invoicing.order_corrected", actor=actor, at=at, event_id=order.booking.event_id, about=order.booking, **facts)
    return order


def _keep(booking: Booking, values: dict[str, object], file: SentFile | None, actor: Actor, at: datetime) -> PurchaseOrder:
    promise_booking(booking, actor=actor, at=at)
    order = PurchaseOrder(booking=booking, received_at=at)
    _write(order, values, file, at)
    facts = {"to_come": order.to_come, "file": file is not None, "demand": order.demand}
    record("invoicing.order_received", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return order


def _checked(asked: OrderText, file: SentFile | None, *, has_file: bool = False) -> dict[str, object]:
    """Clean what was typed. Without a document, nothing of whom to invoice may be missing."""
    values: dict[str, object] = {
        name: clean_line(value) if isinstance(value, str) else value for name, value in asdict(asked).items()
    }
    has_file = has_file or file is not None
    if asked.scheme not in Billing.Scheme.values or asked.demand not in ("", *PurchaseOrder.Demand.values):
        raise BillingMissing()
    if values["siret"]:
        values["siret"] = clean_body_number(asked.siret, asked.scheme)
    values["accounting_email"] = clean_email(asked.accounting_email)
    needed = ("buyer_name",) if has_file else ("buyer_name", "siret", "street", "postcode", "town", "demand")
    if not all(values[name] for name in needed):
        raise BillingMissing()
    given = {name: str(values[name]) for name in ("demand", "service_code", "engagement")}
    require(meets_demand(**given, to_come=asked.to_come))
    if file is not None:
        _ = file.content_type
    return values


def _write(order: PurchaseOrder, values: dict[str, object], file: SentFile | None, at: datetime) -> None:
    of_billing = ("buyer_name", "scheme", "siret", "street", "postcode", "town")
    billing = {name: values[name] for name in of_billing} | {"kind": Billing.Kind.PUBLIC, "given_at": at}
    order.booking.billing, _made = Billing.objects.update_or_create(booking=order.booking, defaults=billing)
    for name in ("demand", "service_code", "engagement", "market", "to_come", "order_number", "ordered_on", "accounting_email"):
        setattr(order, name, values[name])
    order.to_come = bool(what_lacks(order))
    order.save()
    if file is not None:
        digest = hashlib.sha256(file.content).hexdigest()
        name = clean_line(file.name)[:120] or "commande"
        OrderFile.objects.create(
            order=order, name=name, content_type=file.content_type, content=file.content, digest=digest, sent_at=at
        )
