"""The demo's treasury: cheques taken, a statement of the bank to match, a refund in part, somebody who pays with HelloAsso."""

from datetime import datetime, timedelta

from django.conf import settings

from encommun.events.models import Event
from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.money import as_decimal
from encommun.payment.commands import (
    Arrived,
    choose_way,
    keep_statement,
    keep_stray,
    make_deposit,
    match_line,
    open_way,
    read_statement,
    receive_cheque,
    refund_payment,
    take_at_desk,
)
from encommun.payment.models import Payment, Stray
from encommun.payment.queries.treasury import lines_of
from encommun.payment.rules import in_groups, transfer_reference
from encommun.people.models import Account
from encommun.registration.commands import SeatWish, book_passes
from encommun.registration.models import Booking
from encommun.registration.rules import BOOKING_LINK

SEND_TO = "PiNG, inscriptions NEC\n38 rue du Breil\n44100 Nantes"


STRUCTURES = (
    "Bibliothèque municipale de Saint-Herblain",
    "Association Ressources numériques",
    "Maison des associations de Vertou",
    "Mairie de Bouguenais",
    "Médiathèque de Couëron",
    "La Ligue de l'enseignement 44",
    "Université de Nantes",
)
PEOPLE = ("Hélène Baudry", "Malik Ouali", "Nolwenn Riou", "Sylvie Audrain", "Étienne Marchand", "Aïssata Kone", "Paul Lescure")


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """What a treasurer finds on a Monday morning."""
    farid = Actor(roles=frozenset({(event.pk, "registration")}))
    opened = at - timedelta(days=20)
    open_way(event, provider="cheque", is_open=True, payable_to="PiNG", send_to=SEND_TO, actor=farid, at=opened)
    if settings.CONFIG.helloasso_client_id and settings.CONFIG.card_secret_key:  # one payment page is simpler: the card
        open_way(event, provider="helloasso", is_open=False, actor=farid, at=opened)
    waiting = [_book(event, n, structure, at) for n, structure in enumerate(STRUCTURES)]
    _cheques(event, waiting[:2], farid, at)
    take_at_desk(waiting[2], provider="terminal", amount_cents=waiting[2].total_cents, actor=farid, at=at - timedelta(days=1))
    _statement(event, waiting[3:], farid, at)
    _refund_and_trouble(event, farid, at)


def _book(event: Event, n: int, structure: str, at: datetime) -> Booking:
    """Bodies that pay a little later."""
    wishes = [SeatWish(pass_type="deux-jours", holder_name=PEOPLE[n])] * (1 + n % 2)
    return book_passes(
        event,
        buyer_name=PEOPLE[n],
        email=f"inscriptions{n}@structure.example",
        seats=wishes,
        payment_method="transfer",
        language="fr",
        structure=structure,
        actor=VISITOR,
        at=at - timedelta(days=9 - n, hours=n),
    )


def _cheques(event: Event, bookings: list[Booking], farid: Actor, at: datetime) -> None:
    """One is at the bank, one waits for its slip."""
    for n, booking in enumerate(bookings):
        holder = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
        choose_way(booking, method="cheque", actor=holder, at=booking.booked_at + timedelta(hours=1))
        drawer = booking.structure or booking.name
        written = Arrived(
            number=f"00{5140 + n * 7}27", bank="Crédit coopératif", drawer=drawer, received_on=(at - timedelta(days=4 - n)).date()
        )
        cheque = receive_cheque(booking, written, amount_cents=booking.total_cents, actor=farid, at=at - timedelta(days=4 - n))
        if n == 0:
            make_deposit(event, [cheque.pk], actor=farid, at=at - timedelta(days=3))


def _statement(event: Event, bookings: list[Booking], farid: Actor, at: datetime) -> None:
    """Some credits carry the reference, one only a name, one is something else; the first is matched already."""
    day = (at - timedelta(days=2)).strftime("%d/%m/%Y")
    rows = ["Date de comptabilisation;Libellé opération;Crédit"]
    for n, booking in enumerate(bookings[:4]):
        said = f"VIR SEPA {(booking.structure or booking.name).upper()}"
        said += f" {in_groups(transfer_reference(booking.code))} INSCRIPTION" if n < 3 else " NUMERIQUE EN COMMUNS"
        rows.append(f"{day};{said};{as_decimal(booking.total_cents).replace('.', ',')}")
    rows.append(f"{day};VIR REGION PAYS DE LA LOIRE SUBVENTION 2018-0417;2500,00")
    content = "\n".join(rows).encode()
    seen = at - timedelta(days=1)
    statement = read_statement(event, file_name="releve-juin.csv", content=content, actor=farid, at=seen)
    keep_statement(statement, actor=farid, at=seen)
    match_line(lines_of(event).order_by("pk")[0], bookings[:1], actor=farid, at=seen)


def _refund_and_trouble(event: Event, farid: Actor, at: datetime) -> None:
    """A part given back by transfer, and a payment that fits nothing."""
    paid = Payment.objects.filter(booking__event=event, provider="transfer", state="paid", booking__state="confirmed")
    first = paid.order_by("pk").first()
    if first is not None:
        refund_payment(first, amount_cents=1000, actor=farid, at=at - timedelta(hours=20))
    by_card = Payment.objects.filter(booking__event=event, provider="card", state="paid").order_by("pk").first()
    if by_card is not None:
        told = {"provider": "card", "name": f"dispute:{by_card.reference}", "why": Stray.Why.DISPUTED}
        keep_stray(**told, amount_cents=by_card.received_cents, payment=by_card, at=at - timedelta(hours=3))
