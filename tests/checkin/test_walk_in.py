"""Somebody comes without a pass: refusals first, then money, promise, entry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from encommun.checkin.commands import WalkIn, welcome_walk_in
from encommun.checkin.models import Scan, Ticket
from encommun.foundation.refusals import NotAllowed
from encommun.invoicing.models import PurchaseOrder
from encommun.invoicing.refusals import BillingMissing, NoIssuer
from encommun.mailing.models import Letter
from encommun.payment.models import LedgerEntry, Receipt
from encommun.payment.queries import balance_of
from encommun.payment.refusals import WayNotOpen
from encommun.reactions.worker import react
from encommun.registration.models import Booking, PassType
from encommun.registration.refusals import MissingDetails, SoldOut, UnknownPass
from tests.cast import NOW
from tests.invoicing.office import issuer, open_sale

DAY = date(2018, 9, 13)
MORNING = NOW.replace(month=9, day=13)
CAME = WalkIn(name="Yanis", pass_type="un-jour", day=DAY, paid="cash")
ORDERED = replace(CAME, paid="order", structure="Ville de Rezé", email="achats@reze.example")
PAGE = "/nec-2018/accueil/sans-pass/"


@pytest.fixture
def desk(cast):
    open_sale(cast.event, places=2)
    PassType.objects.update(on_sale_until=MORNING - timedelta(days=1))  # the sale is over: people come all the same
    return cast


def welcome(cast, asked=CAME, *, by="farid", at=MORNING):
    return welcome_walk_in(cast.event, asked, actor=cast.actor(by), at=at)


def test_what_is_refused(desk):
    with pytest.raises(NotAllowed):
        welcome(desk, by="driss")
    for wrong, refusal in (
        (replace(CAME, name=""), MissingDetails),
        (replace(CAME, email="nobody"), MissingDetails),
        (replace(CAME, pass_type="un-an"), UnknownPass),
        (replace(CAME, paid="bitcoin"), WayNotOpen),
        (ORDERED, NoIssuer),
    ):
        with pytest.raises(refusal):
            welcome(desk, wrong)
    issuer(desk.event)
    with pytest.raises(BillingMissing):
        welcome(desk, replace(ORDERED, email=""))
    assert (Booking.objects.count(), LedgerEntry.objects.count()) == (0, 0)
    welcome(desk)
    welcome(desk)
    with pytest.raises(SoldOut):
        welcome(desk)


def test_a_name_and_a_pass_are_enough_and_she_is_in(desk):
    booking = welcome(desk)
    seat = booking.seats.get()
    assert (booking.state, booking.email, booking.account_id, booking.payment_method) == ("confirmed", "", None, "desk")
    assert (seat.holder_name, seat.days) == ("Yanis", ["2018-09-13"])
    receipt = Receipt.objects.get()
    assert (receipt.number, receipt.payment.provider, receipt.payment.received_cents) == (1, "cash", 3500)
    scan = Scan.objects.get()
    assert (scan.result, scan.ticket.seat_id, scan.entry_day) == (Scan.Result.ADMITTED, seat.pk, DAY)
    react()
    react()
    assert balance_of(booking).missing_cents == 0
    assert (Letter.objects.count(), Ticket.objects.count()) == (0, 1)


def test_a_pass_for_tomorrow_lets_nobody_in_today(desk):
    booking = welcome(desk, replace(CAME, day=DAY + timedelta(days=1), paid="terminal", email="y@anis.example"))
    assert (booking.state, Scan.objects.count()) == ("confirmed", 0)
    react()
    assert {letter.recipient for letter in Letter.objects.all()} == {"y@anis.example"}


def test_an_employer_may_pay_later_and_is_asked_for_the_order(desk):
    issuer(desk.event)
    booking = welcome(desk, ORDERED)
    order = PurchaseOrder.objects.get()
    assert (booking.state, booking.payment_method, order.to_come, order.accounting_email) == (
        "confirmed",
        "order",
        True,
        "achats@reze.example",
    )
    assert Scan.objects.get().result == Scan.Result.ADMITTED  # the promise opens the door
    react()
    letter = Letter.objects.get(kind="invoicing.order_received")
    assert letter.recipient == "achats@reze.example"
    assert "le bon de commande, ou le SIRET" in letter.text
    assert balance_of(booking).missing_cents == 3500


def test_the_desk_does_it_on_a_phone(desk, client):
    desk.sign_in(client, "farid")
    page = client.get(PAGE)
    assert "Pass 1 jour" in page.text
    key = "5f0c1b0e-0d3b-4e4e-9d7e-0b6b6c1b2a3d"
    typed = {"name": "Yanis", "choice": "un-jour_2018-09-13|", "paid": "cash", "idempotency_key": key}
    for change in ({"name": ""}, {"choice": ""}, {"choice": "x|y"}, {"paid": ""}, {"paid": "order"}):
        refused = client.post(PAGE, typed | change)
        assert refused.status_code == 422, change
    answer = client.post(PAGE, typed)
    assert client.post(PAGE, typed)["Location"] == answer["Location"]  # an impatient finger
    assert Booking.objects.count() == 1
    done = client.get(answer["Location"]).text
    assert "Bienvenue, Yanis" in done
    assert "35 € reçus" in done.replace("\u00a0", " ")
    desk.sign_in(client, "driss")
    assert client.get(PAGE).status_code == 404
