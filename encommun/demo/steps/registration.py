"""The demo's passes and bookings: 850 places a day, some sixty bookings since June, through the product's own commands."""

import random
from datetime import date, datetime, time, timedelta

from django.conf import settings

from encommun.demo.card_double import remember_paid
from encommun.demo.names import CAST
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.payment.commands import Received, keep_page, receive_transfer, set_transfer_account, settle, start_payment
from encommun.people.models import Account
from encommun.registration.commands import PassOffer, SeatWish, book_passes, cancel_booking, lapse_holds, offer_passes
from encommun.registration.models import Booking
from encommun.registration.rules import BOOKING_LINK

PASSES = [
    PassOffer(
        slug="un-jour",
        name={"fr": "Pass 1 jour", "en": "1-day pass"},
        text={"fr": "Le jeudi ou le vendredi, au choix.", "en": "Thursday or Friday, as you choose."},
        price_cents=3500,
        day_is_chosen=True,
    ),
    PassOffer(
        slug="deux-jours",
        name={"fr": "Pass 2 jours", "en": "2-day pass"},
        text={"fr": "Les deux journées, de l'ouverture à la clôture.", "en": "Both days, from opening to closing."},
        price_cents=6000,
    ),
]
FIRST = "Camille Louise Jeanne Nadia Yanis Mathieu Solène Karim Anne-Laure Gwenaëlle Thomas Fatou Jérôme Léa Pierre Maëlys Omar Judith Bastien Rokia"
LAST = "Moreau Kerbrat Diallo Guérin Lemoine Haddou Le_Bris Charrier Nguyen Rousselot Da_Costa Pineau Traoré Girard Belkacem Hervouet Cissé Renaud"
STRUCTURES = [
    "Médiathèque Jacques-Demy",
    "Bibliothèque départementale de Loire-Atlantique",
    "Mairie de Rezé",
    "La Cantine numérique",
    "Association Les Petits Débrouillards",
    "Espace public numérique du Pays d'Ancenis",
    "Fablab Plateforme C",
    "Centre social de Bellevue",
    "Région Bretagne",
    "Département du Maine-et-Loire",
    "Hub numérique de l'Ouest",
    "",
    "",
]
SEED = 2018


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """Passes on sale since 1 June, the account for transfers, and who has booked so far."""
    opening = datetime.combine(date(2018, 6, 1), time(9), tzinfo=event.zone)
    closing = datetime.combine(date(2018, 9, 12), time(23, 59, 59), tzinfo=event.zone)
    sale = {"places_a_day": 850, "on_sale_from": opening, "on_sale_until": closing}
    offer_passes(event, passes=PASSES, **sale, actor=SYSTEM, at=opening)
    set_transfer_account(
        event, holder="PiNG (démonstration)", iban="FR76 3000 6000 0112 3456 7890 189", bic="AGRIFRPP", actor=SYSTEM, at=opening
    )
    _other_passes(accounts)
    if at > opening + timedelta(days=2):
        Desk(event, at, opening).book_everything()


def _other_passes(accounts: dict[str, Account]) -> None:
    """The other gathering sells a pass too: its team sees only its own."""
    other = Event.objects.filter(slug="journee-des-communs-2018").first()
    if other is not None:
        opening = datetime.combine(date(2018, 6, 15), time(9), tzinfo=other.zone)
        closing = datetime.combine(other.ends_on, time(9), tzinfo=other.zone)
        free = [PassOffer(slug="journee", name={"fr": "La journée", "en": "The day"}, price_cents=0)]
        sale = {"places_a_day": 80, "on_sale_from": opening, "on_sale_until": closing}
        offer_passes(other, passes=free, **sale, actor=SYSTEM, at=opening)


class Desk:
    """Books for the people of the demo, in the order of time; the same people each time."""

    def __init__(self, event: Event, at: datetime, opening: datetime) -> None:
        self.event, self.at, self.opening = event, at, opening
        self.chance = random.Random(SEED)
        self.farid = Actor(account_id=None, roles=frozenset({(event.pk, "registration")}))
        self.paid_by_card: dict[str, tuple[str, int]] = {}

    def book_everything(self) -> None:
        """Chloé first, then the others."""
        self._chloe()
        span = (self.at - self.opening - timedelta(hours=4)) / 60
        for n in range(60):
            self._one(n, self.opening + timedelta(hours=1) + span * n)
        lapse_holds(at=self.at - timedelta(hours=1))
        remember_paid(settings.DATA / "card.json", self.paid_by_card)

    def _chloe(self) -> None:
        chloe = CAST["chloe"]
        wish = SeatWish(pass_type="deux-jours", holder_name=chloe.name, holder_email=chloe.email)
        when = self.opening + timedelta(minutes=20)
        booking = self._book(chloe.name, chloe.email, [wish], "card", "", when)
        self._pay_by_card(booking, when + timedelta(minutes=3))

    def _one(self, n: int, when: datetime) -> None:
        structure = self.chance.choice(STRUCTURES)
        by_transfer = bool(structure) and self.chance.random() < 0.45
        size = self.chance.choice([1, 1, 1, 1, 2, 2, 3, 5] if structure else [1, 1, 1, 2])
        name, email = self._person(n)
        wishes = [self._wish(name if i == 0 else "", email if i == 0 else "", n, i) for i in range(size)]
        method = "transfer" if by_transfer else "card"
        booking = self._book(name, email, wishes, method, structure, when)
        if n % 19 == 7:
            reason = "" if n % 2 else "Vous nous avez écrit que la date ne convenait plus : à une prochaine fois."
            actor = self.farid if reason else Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
            cancel_booking(booking, reason=reason, actor=actor, at=when + timedelta(minutes=10))
        elif n % 13 == 5 and not by_transfer:
            return  # never paid: it lapses
        elif not by_transfer:
            self._pay_by_card(booking, when + timedelta(minutes=4))
        elif when < self.at - timedelta(days=9):
            seen = when + timedelta(days=6)
            receive_transfer(booking, amount_cents=booking.total_cents, received_at=seen, actor=self.farid, at=seen)

    def _person(self, n: int) -> tuple[str, str]:
        first, last = FIRST.split()[n % 20], LAST.split()[(n * 7) % 18].replace("_", " ")
        plain = f"{first}.{last}".lower().translate(str.maketrans("éèëçïô ", "eeecio-"))
        return f"{first} {last}", f"{plain}{n}@exemple.example"

    def _wish(self, name: str, email: str, n: int, i: int) -> SeatWish:
        if not name and (n + i) % 3 == 0:
            name, _email = self._person(n * 3 + i + 61)
        kind = self.chance.choice(["deux-jours", "deux-jours", "un-jour"])
        day = self.event.days[(n + i) % 2] if kind == "un-jour" else None
        return SeatWish(pass_type=kind, day=day, holder_name=name, holder_email=email)

    def _book(self, name: str, email: str, wishes: list[SeatWish], method: str, structure: str, when: datetime) -> Booking:
        return book_passes(
            self.event,
            buyer_name=name,
            email=email,
            seats=wishes,
            payment_method=method,
            language="fr",
            structure=structure,
            actor=VISITOR,
            at=when,
        )

    def _pay_by_card(self, booking: Booking, when: datetime) -> None:
        """As the provider would have told it then."""
        actor = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
        if not settings.CONFIG.card_secret_key:
            return
        payment = start_payment(booking, actor=actor, at=when - timedelta(minutes=1))
        payment = keep_page(payment, provider_id=f"cs_demo_{booking.code}", page_url="")
        fee = payment.amount_cents * 15 // 1000 + 25  # as the double of the provider keeps
        settle(payment, received=Received(amount_cents=payment.amount_cents, fee_cents=fee), actor=SYSTEM, at=when)
        self.paid_by_card[payment.provider_id] = (payment.reference, payment.amount_cents)
