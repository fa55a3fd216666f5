"""The demo's issuer, and four public buyers: an order that is complete, one that lacks its number, and two quotes."""

from datetime import date, datetime, time, timedelta

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import Refused
from encommun.invoicing.commands import (
    BillingText,
    IssuerText,
    OrderText,
    QuoteWish,
    ask_quote,
    give_billing,
    issue_invoice,
    keep_issuer,
    order_quote,
)
from encommun.invoicing.models import Quote
from encommun.invoicing.rules import QUOTE_LINK
from encommun.people.models import Account
from encommun.registration.models import Booking
from encommun.registration.rules import BOOKING_LINK

ISSUER = IssuerText(
    name="PiNG (démonstration)",
    legal_form="Association loi 1901",
    siret="123 456 782 00010",
    street="38 rue du Breil",
    postcode="44100",
    town="Nantes",
    contact_email="tresorerie@nec2018.example",
    phone="02 40 00 00 00",
    regime="exempt_261",
    bank_holder="PiNG (démonstration)",
    iban="FR76 3000 6000 0112 3456 7890 189",
    bic="AGRIFRPP",
)
REZE = OrderText(
    buyer_name="Ville de Rezé, médiathèque Diderot",
    siret="299 999 995 00010",
    street="Place Lucien-Le-Meut",
    postcode="44400",
    town="Rezé",
    demand="service_and_engagement",
    service_code="MEDIA-042",
    engagement="2018-000777",
    order_number="BC 18/0421",
    ordered_on=date(2018, 6, 18),
    accounting_email="comptabilite@mairie-reze.example",
)
DEPARTMENT = OrderText(
    buyer_name="Département de Loire-Atlantique, bibliothèque départementale",
    siret="299 999 995 00028",
    street="Rue des Pays-Bas",
    postcode="44300",
    town="Nantes",
    demand="engagement",
    to_come=True,
)


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """Quotes since the middle of June, and the invoices of those who paid since then."""
    opening = datetime.combine(date(2018, 6, 11), time(9), tzinfo=event.zone)
    if at < opening + timedelta(days=2):
        keep_issuer(event, ISSUER, prefix="NEC2018", actor=SYSTEM, at=at)
        return
    keep_issuer(event, ISSUER, prefix="NEC2018", actor=SYSTEM, at=opening)
    desk = Desk(event, at)
    reze = desk.quote("Ville de Rezé, médiathèque Diderot", "Solène Guérin", "s.guerin@mairie-reze.example", 3, opening)
    desk.order(reze, REZE, opening + timedelta(days=7))
    department = desk.quote(
        "Département de Loire-Atlantique", "Karim Haddou", "k.haddou@loire-atlantique.example", 2, opening + timedelta(days=3)
    )
    desk.order(department, DEPARTMENT, opening + timedelta(days=9))
    desk.quote(
        "Université de Nantes, service culture", "Judith Pineau", "j.pineau@univ-nantes.example", 5, opening + timedelta(days=12)
    )
    desk.quote("Ville de Saint-Herblain", "Omar Belkacem", "o.belkacem@saint-herblain.example", 2, opening + timedelta(days=18))
    desk.invoice_who_paid()


class Desk:
    """What agents and buyers do, in the order of time."""

    def __init__(self, event: Event, at: datetime) -> None:
        self.event, self.at = event, at

    def quote(self, body: str, name: str, email: str, count: int, when: datetime) -> Quote:
        asked = {"body_name": body, "buyer_name": name, "email": email, "language": "fr", "actor": VISITOR}
        return ask_quote(self.event, [QuoteWish(pass_type="deux-jours", count=count)], at=min(when, self.at), **asked)

    def order(self, quote: Quote, asked: OrderText, when: datetime) -> None:
        actor = Actor(links=frozenset({(QUOTE_LINK, quote.code)}))
        order_quote(quote, asked, actor=actor, at=min(when, self.at))

    def invoice_who_paid(self) -> None:
        """Persons who paid have an invoice; the first structure that paid has said whom it is for."""
        paid = Booking.objects.filter(event=self.event, state=Booking.State.CONFIRMED, total_cents__gt=0, order=None)
        for booking in paid.order_by("confirmed_at"):
            if booking.structure == "Association Les Petits Débrouillards":
                actor = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
                whom = BillingText(
                    kind="body",
                    buyer_name=booking.structure,
                    street="1 rue de la Noë",
                    postcode="44300",
                    town="Nantes",
                    siret="299 999 995 00036",
                )
                give_billing(booking, whom, actor=actor, at=self.at)
            try:
                issue_invoice(booking, actor=SYSTEM, at=booking.confirmed_at)
            except Refused:
                continue  # a structure that has not said whom the invoice is for
