"""The lines and totals of a booking or of a quote, and the copy of who sells and who buys: what an invoice freezes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import translation

from encommun.events.models import Event
from encommun.foundation.localised import Localised
from encommun.foundation.money import in_words
from encommun.invoicing.models import Billing, Issuer
from encommun.invoicing.refusals import LinesDoNotAdd
from encommun.invoicing.rules import ON_DEBITS, OPERATION, REGIMES, net_of, notes_for
from encommun.payment.queries import balance_of
from encommun.registration.models import Booking, PassType, Seat
from encommun.ui.dates import short_day


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is sold: so many at a price, tax included."""

    name: str
    quantity: int
    unit_cents: int
    detail: str = ""

    def frozen(self, rate: int) -> dict[str, Any]:
        """With its net and its tax, as the invoice keeps it."""
        gross = self.quantity * self.unit_cents
        net = -net_of(-gross, rate) if gross < 0 else net_of(gross, rate)
        return asdict(self) | {"gross_cents": gross, "net_cents": net, "tax_cents": gross - net}


def _days_in_words(days: Iterable[str]) -> str:
    with translation.override("fr"):
        return ", ".join(short_day(date.fromisoformat(day)) for day in days)


def lines_of(booking: Booking, event: Event) -> list[Line]:
    """The passes of a booking, those alike on one line; what was paid forward; what the team does not ask for.

    Raises:
        LinesDoNotAdd: never, unless something is wrong with the booking itself.
    """
    groups: dict[tuple[Any, ...], int] = {}
    seats = list(booking.seats.select_related("pass_type").order_by("pk"))
    for seat in seats:
        key = (seat.pass_type_id, tuple(seat.days), seat.price_cents, seat.off_cents)
        groups[key] = groups.get(key, 0) + 1
    kinds = {seat.pass_type_id: seat.pass_type for seat in seats}
    made = [pass_line(kinds[kind], event, days, price, off, count) for (kind, days, price, off), count in groups.items()]
    if booking.forward_cents:
        made.append(Line(name="Pass suspendu, versé au fonds solidaire", quantity=1, unit_cents=booking.forward_cents))
    if sum(line.quantity * line.unit_cents for line in made) != booking.total_cents:
        raise LinesDoNotAdd()
    balance = balance_of(booking)
    if booking.state == Booking.State.CANCELLED:
        return made
    if balance.waived_cents > 0:
        made.append(Line(name="Remise accordée par l’équipe", quantity=-1, unit_cents=balance.waived_cents))
    if balance.retained_cents > 0:
        made.append(Line(name="Pass annulé : part conservée selon les conditions", quantity=1, unit_cents=balance.retained_cents))
    return made


def pass_line(kind: PassType, event: Event, days: Iterable[str], price: int, off: int, count: int) -> Line:
    """In French, the language of the law."""
    detail = _days_in_words(days)
    if off:
        detail += f" · remise de {in_words(off, 'fr')} par pass, déduite"
    return Line(name=f"{_french(kind.name)} · {event.name}", detail=detail, quantity=count, unit_cents=price)


def _french(text: Any) -> str:
    return text.in_language("fr") if isinstance(text, Localised) else str(text)


def seller_of(issuer: Issuer) -> dict[str, Any]:
    """A copy of who sells. Its tax number is BT-31 or BT-32: none when it is out of scope, its SIREN for want of another."""
    tax_number = "" if issuer.regime == Issuer.Regime.OUT_OF_SCOPE else issuer.vat_number or issuer.siren
    names = ("name", "legal_form", "siren", "siret", "rna", "vat_number", "street", "street_more", "postcode", "town")
    return {name: getattr(issuer, name) for name in names} | {
        "email": issuer.contact_email,
        "phone": issuer.phone,
        "tax_number": tax_number,
    }


def buyer_of(booking: Booking) -> dict[str, Any]:
    """A copy of who buys: the billing details when they were given, or the person who booked."""
    billing = Billing.objects.filter(booking=booking).first()
    if billing is None:
        return {"kind": Billing.Kind.PERSON.value, "name": booking.name}
    order = getattr(booking, "order", None)
    return {
        "kind": billing.kind,
        "name": billing.buyer_name,
        "scheme": billing.scheme,
        "siret": billing.siret,
        "street": billing.street,
        "postcode": billing.postcode,
        "town": billing.town,
        "service_code": order.service_code if order else "",
        "engagement": order.engagement if order else "",
        "market": order.market if order else "",
        "order_number": order.order_number if order else "",
        "ordered_on": order.ordered_on.isoformat() if order and order.ordered_on else "",
    }


def content_of(issuer: Issuer, event: Event, lines: Iterable[Line], buyer: dict[str, Any]) -> dict[str, Any]:
    """Everything that a document says but its number, its dates and what was paid."""
    rate = issuer.vat_rate if issuer.regime == Issuer.Regime.CHARGED else 0
    regime = REGIMES[Issuer.Regime(issuer.regime)]
    frozen = [line.frozen(rate) for line in lines]
    return {
        "event": event.name,
        "seller": seller_of(issuer),
        "buyer": buyer,
        "lines": frozen,
        "net_cents": sum(line["net_cents"] for line in frozen),
        "tax_cents": sum(line["tax_cents"] for line in frozen),
        "gross_cents": sum(line["gross_cents"] for line in frozen),
        "vat": {"category": regime.category, "rate": rate, "exemption": regime.exemption, "code": regime.code},
        "notes": notes_for(buyer["kind"]),
        "operation": OPERATION,
        "on_debits": ON_DEBITS if issuer.on_debits and issuer.regime == Issuer.Regime.CHARGED else "",
        "bank": {"holder": issuer.bank_holder or issuer.name, "iban": issuer.iban, "bic": issuer.bic},
        "service": [event.starts_on.isoformat(), event.ends_on.isoformat()],
    }


def service_days(seats: Iterable[Seat], event: Event) -> list[str]:
    """The first and the last day of passes."""
    days = sorted({day for seat in seats for day in seat.days})
    return [days[0], days[-1]] if days else [event.starts_on.isoformat(), event.ends_on.isoformat()]
