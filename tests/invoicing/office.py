"""What tests of invoices share: an issuer for each regime, a public buyer, short ways to order and to pay."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM
from encommun.invoicing.commands import IssuerText, OrderText, QuoteWish, SentFile, ask_quote, keep_issuer
from encommun.invoicing.models import Invoicing, Quote
from encommun.payment.commands import receive_transfer
from encommun.registration.models import Booking
from tests.cast import NOW, Cast
from tests.registration.desk import book, holder_of, open_sale, two_days

#: The day after the gathering: public accountants pay after service.
AFTER = datetime(2018, 9, 20, 8, 0, tzinfo=UTC)

ISSUER = IssuerText(
    name="PiNG",
    legal_form="Association loi 1901",
    siret="123 456 782 00010",
    street="38 rue du Breil",
    postcode="44100",
    town="Nantes",
    contact_email="compta@pingbase.example",
    phone="+33 2 40 16 86 78",
    regime="exempt_261",
    bank_holder="PiNG",
    iban="FR76 3000 6000 0112 3456 7890 189",
    bic="AGRIFRPP",
)
ORDER = OrderText(
    buyer_name="Ville de Rezé, médiathèque Diderot",
    siret="299 999 995 00010",
    street="Place Lucien-Le-Meut",
    postcode="44400",
    town="Rezé",
    demand="service_and_engagement",
    service_code="MEDIA-042",
    engagement="2018-000777",
    order_number="BC 18/0421",
)


SCAN = SentFile(name="bon de commande.pdf", content=b"%PDF-1.7\n% the order of the town")


def issuer(event: Event, *, prefix: str = "NEC2018", **more: Any) -> Invoicing:
    return keep_issuer(event, replace(ISSUER, **more), prefix=prefix, actor=SYSTEM, at=NOW)


def quote(event: Event, *, count: int = 3, at: datetime = NOW, **more: Any) -> Quote:
    asked = {
        "body_name": "Ville de Rezé",
        "body_address": "Place Lucien-Le-Meut, 44400 Rezé",
        "buyer_name": "Solène Guérin",
        "email": "s.guerin@mairie-reze.example",
        "language": "fr",
        "actor": SYSTEM,
    }
    return ask_quote(event, [QuoteWish(pass_type="deux-jours", count=count)], at=at, **(asked | more))


def paid(cast: Cast, *, seats: int = 1, at: datetime = NOW, **more: Any) -> Booking:
    """A booking that was paid by transfer."""
    booking = book(cast.event, two_days(seats), payment_method="transfer", at=at, **more)
    receive_transfer(booking, amount_cents=booking.total_cents, received_at=at, actor=cast.actor("farid"), at=at)
    booking.refresh_from_db()
    return booking


__all__ = ["AFTER", "ISSUER", "ORDER", "SCAN", "book", "holder_of", "issuer", "open_sale", "paid", "quote", "two_days"]
