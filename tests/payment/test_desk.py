"""Cheques, the desk, refunds by hand, ways of paying, reports: through commands and through pages."""

from datetime import timedelta

import pytest
from lxml import etree

from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.payment import refusals
from encommun.payment.commands import (
    Arrived,
    bounce_cheque,
    choose_way,
    make_deposit,
    open_way,
    receive_cheque,
    receive_transfer,
    refund_payment,
    set_transfer_account,
    take_at_desk,
    waive_payment,
)
from encommun.payment.models import Cheque, DayCount, Deposit, LedgerEntry, Payment, Receipt, Refund, Stray, Way
from encommun.payment.queries import methods_open, owed_by, what_does_not_hold
from encommun.payment.queries.reports import FEC_HEADS, fec_rows, report_of
from encommun.payment.tasks import note_due
from encommun.payment.views.files import harmless_cell
from encommun.registration.models import Booking
from tests.payment.desk import IBAN, NOW, TEAM, TILL, book, by_transfer, open_sale
from tests.registration.desk import holder_of

LATER = NOW + timedelta(days=3)
WRITTEN = Arrived(number="0001234", bank="Crédit coopératif", drawer="Mairie de Rezé", received_on=LATER.date())


@pytest.fixture
def farid(cast):
    open_sale(cast.event)
    return cast.actor("farid")


@pytest.fixture
def booking(cast, farid):
    return by_transfer(cast.event)


def in_order():
    assert [*what_does_not_hold()] == []


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def test_a_cheque_confirms_goes_on_a_slip_and_may_come_back_unpaid(booking, cast, farid):
    with pytest.raises(NotAllowed):
        receive_cheque(booking, WRITTEN, amount_cents=6000, actor=VISITOR, at=LATER)
    for cents in (0, 6001):
        with pytest.raises(refusals.WrongAmount):
            receive_cheque(booking, WRITTEN, amount_cents=cents, actor=farid, at=LATER)
    cheque = receive_cheque(booking, WRITTEN, amount_cents=6000, actor=farid, at=LATER)
    assert state(booking) == "confirmed"
    with pytest.raises(refusals.NothingMissing):
        receive_cheque(booking, WRITTEN, amount_cents=6000, actor=farid, at=LATER)
    with pytest.raises(refusals.NothingChosen):
        make_deposit(cast.event, [], actor=farid, at=LATER)
    with pytest.raises(NotAllowed):
        make_deposit(cast.event, [cheque.pk], actor=VISITOR, at=LATER)
    assert make_deposit(cast.event, [cheque.pk], actor=farid, at=LATER).number == 1
    in_order()
    with pytest.raises(NotAllowed):
        bounce_cheque(cheque, on=LATER.date(), actor=VISITOR, at=LATER)
    bounce_cheque(cheque, on=LATER.date(), actor=farid, at=LATER)
    with pytest.raises(refusals.ChequeDone):
        bounce_cheque(cheque, on=LATER.date(), actor=farid, at=LATER)
    assert (state(booking), owed_by(booking), Stray.objects.get().why) == ("confirmed", 6000, "bounced")
    booking.refresh_from_db()
    in_order()
    receive_transfer(booking, amount_cents=6000, received_at=LATER, actor=farid, at=LATER)
    assert (owed_by(booking), Refund.objects.count()) == (0, 0)
    in_order()


def test_cheques_in_pages(booking, cast, client, farid):
    cast.sign_in(client, "farid")
    address = f"{TEAM}inscriptions/{booking.code}/cheque/"
    typed = {
        "amount": "60,00",
        "number": "0001234",
        "bank": "Crédit coopératif",
        "drawer": "Mairie de Rezé",
        "received_on": "2018-07-05",
    }
    assert client.post(address, typed | {"amount": "61"}).status_code == 422
    assert "Mairie de Rezé" in client.post(address, typed | {"bank": ""}).text
    assert "0001234" in client.post(address, typed, follow=True).text
    assert client.post(f"{TILL}cheques/remise/", {"cheque": ["x", "9" * 30]}, follow=True).status_code == 200
    slip = client.post(f"{TILL}cheques/remise/", {"cheque": Cheque.objects.get().pk}, follow=True)
    assert ("Bordereau de remise 1" in slip.text, "Crédit coopératif" in slip.text, Deposit.objects.count()) == (True, True, 1)
    assert client.get(f"{TILL}cheques/remises/2/").status_code == 404
    client.post(f"{TILL}cheques/{Cheque.objects.get().pk}/impaye/", {"on": "2018-07-09"})
    page = client.get(f"{TILL}a-regarder/{Stray.objects.get().pk}/")
    assert "La somme est due à nouveau" in page.text
    assert client.post(f"{TILL}a-regarder/{Stray.objects.get().pk}/", {"answer": "noted", "note": ""}).status_code == 422
    client.post(f"{TILL}a-regarder/{Stray.objects.get().pk}/", {"answer": "noted", "note": "Remplacé"})
    assert Stray.objects.get().note == "Remplacé"


def test_the_desk_takes_money_with_a_receipt(booking, cast, farid):
    for refused, more in (
        (NotAllowed, {"actor": VISITOR}),
        (refusals.WayNotOpen, {"provider": "card"}),
        (refusals.WrongAmount, {"amount_cents": 6001}),
        (refusals.WrongAmount, {"amount_cents": 0}),
    ):
        with pytest.raises(refused):
            take_at_desk(booking, **({"provider": "cash", "amount_cents": 6000, "actor": farid, "at": LATER} | more))
    receipts = [take_at_desk(booking, provider=way, amount_cents=3000, actor=farid, at=LATER) for way in ("cash", "terminal")]
    assert ([receipt.number for receipt in receipts], state(booking)) == ([1, 2], "confirmed")
    with pytest.raises(refusals.NothingMissing):
        take_at_desk(booking, provider="cash", amount_cents=1, actor=farid, at=LATER)
    in_order()


def test_the_desk_in_pages(booking, cast, client, farid):
    cast.sign_in(client, "farid")
    assert booking.code in client.get(f"{TILL}accueil/?q=martin").text
    assert "Aucune réservation à payer" in client.get(f"{TILL}accueil/?q=zzz").text
    address = f"{TEAM}inscriptions/{booking.code}/encaisser/"
    assert client.post(address, {"provider": "cash", "amount": "600"}).status_code == 422
    receipt = client.post(address, {"provider": "cash", "amount": "60"}, follow=True)
    assert ("Reçu 1" in receipt.text, Receipt.objects.get().payment.provider) == (True, "cash")
    assert client.post(f"{TILL}accueil/", {"amount": "50"}).status_code == 422
    client.post(f"{TILL}accueil/", {"amount": "50", "note": "Il manque un billet"})
    assert DayCount.objects.values_list("expected_cents", "counted_cents").get() == (6000, 5000)


def test_nothing_is_asked_of_a_volunteer(booking, cast, client, farid):
    with pytest.raises(NotAllowed):
        waive_payment(booking, why="x", actor=VISITOR, at=LATER)
    with pytest.raises(refusals.NoteMissing):
        waive_payment(booking, why=" ", actor=farid, at=LATER)
    cast.sign_in(client, "farid")
    assert client.post(f"{TEAM}inscriptions/{booking.code}/offrir/", {"why": ""}).status_code == 422
    client.post(f"{TEAM}inscriptions/{booking.code}/offrir/", {"why": "Bénévole à l'accueil"})
    assert (state(booking), LedgerEntry.objects.get(kind="waived").amount_cents) == ("confirmed", 6000)
    with pytest.raises(refusals.NothingMissing):
        waive_payment(booking, why="x", actor=farid, at=LATER)
    in_order()


def test_the_team_opens_and_closes_ways(cast, client, farid):
    event = cast.event
    with pytest.raises(NotAllowed):
        open_way(event, provider="cheque", is_open=False, actor=VISITOR, at=NOW)
    for provider, refused in (("free", refusals.WayNotOpen), ("x", refusals.WayNotOpen), ("helloasso", refusals.WayNotReady)):
        with pytest.raises(refused):
            open_way(event, provider=provider, is_open=True, actor=farid, at=NOW)
    with pytest.raises(refusals.WayNotReady):
        open_way(event, provider="cheque", is_open=True, actor=farid, at=NOW)
    assert methods_open(event) == ["transfer"]
    cast.sign_in(client, "farid")
    sent = {"what": "cheque", "cheque-is_open": "on", "cheque-payable_to": "PiNG", "cheque-send_to": "38 rue du Breil, Nantes"}
    assert client.post(f"{TILL}moyens/", sent | {"cheque-send_to": ""}).status_code == 422
    client.post(f"{TILL}moyens/", sent)
    client.post(f"{TILL}moyens/", {"what": "transfer"})
    assert (methods_open(event), Way.objects.count()) == (["cheque"], 2)


def test_who_booked_pays_in_another_way(cast, client, farid):
    open_way(cast.event, provider="cheque", is_open=True, payable_to="PiNG", send_to="Nantes", actor=farid, at=NOW)
    booking = book(cast.event)
    with pytest.raises(NotAllowed):
        choose_way(booking, method="cheque", actor=VISITOR, at=NOW)
    with pytest.raises(refusals.WayNotOpen):
        choose_way(booking, method="card", actor=holder_of(booking), at=NOW)
    changed = choose_way(booking, method="cheque", actor=holder_of(booking), at=NOW)
    assert (changed.payment_method, changed.held_until) == ("cheque", None)
    cast.sign_in(client, "farid")
    assert "Comment payer par chèque" in client.get(f"/nec-2018/inscriptions/{booking.code}/").text


def test_the_transfer_is_shown_with_a_code_for_banks(booking, cast, client, farid):
    set_transfer_account(cast.event, holder="PiNG", iban=IBAN, actor=farid, at=NOW)
    cast.sign_in(client, "farid")
    page = client.get(f"/nec-2018/inscriptions/{booking.code}/").text
    assert ("data:image/svg+xml;base64," in page, IBAN in page) == (True, True)


def test_refunds_by_hand_ask_for_an_account_and_make_an_order_for_the_bank(booking, cast, client, farid):
    set_transfer_account(cast.event, holder="PiNG", iban=IBAN, bic="AGRIFRPP", actor=farid, at=NOW)
    payment = receive_transfer(booking, amount_cents=6000, received_at=LATER, actor=farid, at=LATER)
    cast.sign_in(client, "farid")
    give = f"{TILL}paiements/{payment.reference}/rendre/"
    assert client.post(give, {"amount": "60,01"}).status_code == 422
    client.post(give, {"amount": "20,00"})
    refund = Refund.objects.get()
    where = f"/nec-2018/inscriptions/{booking.code}/remboursement/"
    assert client.post(where, {"holder": "Chloé", "iban": "FR00 123"}).status_code == 422
    client.post(where, {"holder": "Chloé Martin", "iban": IBAN})
    order = etree.fromstring(client.get(f"{TILL}remboursements/virements.xml").content)
    names = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"}
    assert order.xpath("//p:InstdAmt/text()", namespaces=names) == ["20.00"]
    assert order.xpath("//p:CdtrAcct//p:IBAN/text()", namespaces=names) == [IBAN.replace(" ", "")]
    client.post(f"{TILL}remboursements/", {"refund": [refund.reference, "autre"]})
    refund.refresh_from_db()
    assert (refund.state, owed_by(booking)) == ("done", 0)
    assert client.get(where).status_code == 404
    in_order()


def test_reports_add_up_to_the_cent_and_the_entries_are_balanced(cast, client, farid):
    bookings = [by_transfer(cast.event) for _n in range(3)]
    for entry in Entry.objects.filter(kind="registration.passes_booked"):
        note_due(entry)
    payment = receive_transfer(bookings[0], amount_cents=6000, received_at=LATER, actor=farid, at=LATER)
    refund_payment(payment, amount_cents=1500, actor=farid, at=LATER)
    take_at_desk(bookings[1], provider="cash", amount_cents=6000, actor=farid, at=LATER)
    receive_cheque(bookings[2], WRITTEN, amount_cents=6000, actor=farid, at=LATER)
    report = report_of(cast.event)
    assert (report.total.received, report.total.kept, [row.count for row in report.by_pass]) == (18000, 18000, [3])
    assert sum(row.received for row in report.by_provider) == sum(row.received for row in report.by_day) == 18000
    heads, *rows = fec_rows(cast.event)
    assert heads == tuple(FEC_HEADS)
    assert len(heads) == 18
    cents = [[int(row[n].replace(",", "")) for row in rows] for n in (11, 12)]
    assert sum(cents[0]) == sum(cents[1]) == 3 * 6000 + 1500 + 18000
    by_number: dict[str, int] = {}
    for row in rows:
        by_number[row[2]] = by_number.get(row[2], 0) + int(row[11].replace(",", "")) - int(row[12].replace(",", ""))
    assert set(by_number.values()) == {0}
    assert sorted(map(int, by_number)) == list(range(1, len(by_number) + 1))
    cast.sign_in(client, "farid")
    assert "Espèces à l’accueil" in client.get(f"{TILL}rapports/").text
    file = b"".join(client.get(f"{TILL}mouvements.csv").streaming_content).decode("utf-8-sig")
    assert len(file.splitlines()) == LedgerEntry.objects.count() + 1
    text = b"".join(client.get(f"{TILL}ecritures.txt").streaming_content).decode()
    assert text.splitlines()[0].split("\t")[0] == "JournalCode"
    assert "Ce que coûte le paiement" in client.get("/nec-2018/frais-de-paiement/").text


@pytest.mark.parametrize(
    ("cell", "kept"), [("=1+1", "'=1+1"), ("@a", "'@a"), ("-60.00", "-60.00"), ("+33 1", "'+33 1"), ("RF1", "RF1")]
)
def test_no_cell_is_a_formula(cell, kept):
    assert harmless_cell(cell) == kept


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_a_bounded_number_of_times(cast, client, farid, count, django_assert_max_num_queries):
    for _n in range(count):
        payment = receive_transfer(by_transfer(cast.event), amount_cents=6000, received_at=LATER, actor=farid, at=LATER)
        refund_payment(payment, amount_cents=100, actor=farid, at=LATER)
        receive_cheque(by_transfer(cast.event), WRITTEN, amount_cents=6000, actor=farid, at=LATER)
        take_at_desk(by_transfer(cast.event), provider="cash", amount_cents=6000, actor=farid, at=LATER)
    cast.sign_in(client, "farid")
    for page in ("", "cheques/", "accueil/", "remboursements/", "rapports/", "a-regarder/", "moyens/"):
        with django_assert_max_num_queries(20):
            assert client.get(f"{TILL}{page}").status_code == 200


def test_the_list_of_movements_is_searched(cast, client, farid, booking):
    receive_transfer(booking, amount_cents=6000, received_at=LATER, actor=farid, at=LATER)
    cast.sign_in(client, "farid")
    assert booking.code in client.get(f"{TILL}?q={booking.code}&kind=received&provider=transfer").text
    assert "Aucun mouvement" in client.get(f"{TILL}?q=inconnu").text
    assert Payment.objects.get().reference in client.get(f"{TILL}?q=martin").text
