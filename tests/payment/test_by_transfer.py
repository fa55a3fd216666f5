from datetime import timedelta

import pytest
from stdnum import iso11649

from encommun.foundation import clock
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.payment import refusals
from encommun.payment.commands import mark_refunded, receive_transfer, set_transfer_account, write_ledger
from encommun.payment.models import LedgerEntry, Payment, TransferAccount
from encommun.payment.queries import what_does_not_hold
from encommun.payment.rules import transfer_reference
from encommun.payment.tasks import note_due, note_no_longer_due
from encommun.registration.commands import cancel_booking
from encommun.registration.refusals import AlreadyConfirmed, BookingEnded
from tests.cast import NOW
from tests.registration.desk import book, open_sale

IBAN = "FR76 3000 6000 0112 3456 7890 189"
TEAM = "/nec-2018/organisation/inscriptions/"


@pytest.fixture
def booking(cast):
    open_sale(cast.event)
    return book(cast.event, payment_method="transfer")


def receive(booking, actor, cents=6000):
    return receive_transfer(booking, amount_cents=cents, received_at=NOW, actor=actor, at=NOW + timedelta(days=2))


def test_the_reference_has_check_digits(booking):
    assert iso11649.is_valid(transfer_reference(booking.code))
    assert not iso11649.is_valid(transfer_reference(booking.code)[:-1] + "-")


def test_what_is_refused(booking, cast):
    with pytest.raises(NotAllowed):
        receive(booking, VISITOR)
    with pytest.raises(NotAllowed):
        receive(booking, cast.actor("emma"))
    with pytest.raises(refusals.WrongAmount):
        receive(booking, cast.actor("farid"), 5999)
    receive(booking, cast.actor("farid"))
    with pytest.raises(AlreadyConfirmed):
        receive(booking, cast.actor("farid"))
    cancel_booking(booking, reason="Non", actor=cast.actor("farid"), at=NOW)
    with pytest.raises(BookingEnded):
        receive(booking, cast.actor("farid"))


def test_a_transfer_confirms_and_its_refund_is_noted_by_the_team(booking, cast):
    payment = receive(booking, cast.actor("farid"))
    booking.refresh_from_db()
    assert (booking.state, payment.state, payment.paid_at, payment.provider) == ("confirmed", "paid", NOW, "transfer")
    cancel_booking(booking, reason="Non", actor=cast.actor("farid"), at=NOW)
    assert [*what_does_not_hold()] == []
    entry = Entry.objects.get(kind="registration.booking_cancelled")
    note_due(Entry.objects.get(kind="registration.passes_booked"))
    note_no_longer_due(entry)
    note_no_longer_due(entry)
    payment.refresh_from_db()
    assert payment.state == "to_refund"
    refund = payment.refunds.get()
    with pytest.raises(NotAllowed):
        mark_refunded(refund, actor=VISITOR, at=NOW)
    mark_refunded(refund, actor=cast.actor("farid"), at=NOW)
    with pytest.raises(refusals.NothingToRefund):
        mark_refunded(refund, actor=cast.actor("farid"), at=NOW)
    ledger = LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents")
    assert list(ledger) == [("received", 6000), ("due", 6000), ("cancelled", 6000), ("refunded", 6000)]
    assert [*what_does_not_hold()] == []


def test_money_that_does_not_add_up_is_seen(booking, cast):
    payment = receive(booking, cast.actor("farid"))
    Payment.objects.filter(pk=payment.pk).update(received_cents=1)
    write_ledger(booking, LedgerEntry.Kind.REFUNDED, 100, source="refund:of nothing", at=NOW)
    assert len([*what_does_not_hold()]) == 2


def test_the_team_notes_a_transfer(booking, cast, client):
    cast.sign_in(client, "farid")
    address = f"{TEAM}{booking.code}/virement/"
    for wrong in ({}, {"amount": "x", "received_on": "2018-07-03"}, {"amount": "59,99", "received_on": "2018-07-03"}):
        assert client.post(address, wrong).status_code == 422
    page = client.post(address, {"amount": "60,00", "received_on": "2018-07-03"}, follow=True)
    assert "la réservation est confirmée" in page.text
    client.post(f"{TEAM}{booking.code}/annuler/", {"reason": "Salle fermée"})
    note_no_longer_due(Entry.objects.get(kind="registration.booking_cancelled"))
    assert "C’est renvoyé" in client.get(f"{TEAM}{booking.code}/").text
    client.post(f"{TEAM}{booking.code}/rembourse/")
    assert booking.payments.get().state == "refunded"


def test_the_account_is_checked_and_shown_to_who_pays(booking, cast, client):
    with pytest.raises(NotAllowed):
        set_transfer_account(cast.event, holder="x", iban=IBAN, actor=VISITOR, at=NOW)
    cast.sign_in(client, "farid")
    address = "/nec-2018/organisation/compte/"
    wrong = client.post(address, {"holder": "PiNG", "iban": "FR76 1234"})
    assert (wrong.status_code, "FR76 1234" in wrong.text) == (422, True)
    client.post(address, {"holder": "PiNG", "iban": IBAN, "bic": "AGRIFRPP"})
    assert TransferAccount.objects.get().iban_in_groups == IBAN
    assert Entry.objects.get(kind="payment.account_set").facts == {"ends_with": "0189"}
    assert IBAN in client.get(f"/nec-2018/inscriptions/{booking.code}/").text
    assert clock.now() > NOW - timedelta(days=1)
