from datetime import UTC, datetime, timedelta

import pytest

from encommun.foundation.actor import SYSTEM
from encommun.foundation.holdings import Subject
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.registration.commands import cancel_booking, confirm_booking, lapse_holds, name_seat, resend_link
from encommun.registration.models import Booking, Seat
from encommun.registration.personal_data import HOLDINGS
from tests.cast import NOW
from tests.registration.desk import book, holder_of, open_sale, two_days

AFTER = NOW + timedelta(days=120)


@pytest.fixture
def event(cast):
    open_sale(cast.event)
    return cast.event


def letters(kind):
    return Letter.objects.filter(kind=kind)


@pytest.mark.parametrize("language, words", [("fr", "Réservation confirmée"), ("en", "Booking confirmed")])
def test_the_letters_of_a_booking_leave_once_in_the_language_of_who_booked(event, cast, language, words):
    booking = book(event, two_days(2), language=language, payment_method="transfer", email="judith@x.example", buyer_name="[a](b)")
    confirm_booking(booking, actor=SYSTEM, at=NOW)
    resend_link(booking, actor=cast.actor("farid"), at=NOW)
    react()
    Entry.objects.update(reacted_at=None)
    react()
    confirmed = letters("registration.confirmed").get()
    assert (confirmed.recipient, confirmed.subject.startswith(words)) == ("judith@x.example", True)
    for seat in booking.seats.all():
        assert f"/pass/{seat.code}/lien/" in confirmed.text
    assert ("/en/" in confirmed.text) == (language == "en")
    assert "[a](b)" not in confirmed.html
    assert letters("registration.link_again").count() == 1


def test_a_transfer_is_asked_for_with_its_reference_and_a_card_with_its_time(event):
    book(event, payment_method="transfer")
    book(event)
    react()
    by_transfer, by_card = letters("payment.to_pay").order_by("id")
    assert "RF" in by_transfer.text
    assert "10\u00a0h\u00a015" in by_card.text


def test_who_did_not_pay_and_who_is_cancelled_are_told(event, cast):
    lapsed, cancelled = book(event), book(event, payment_method="transfer")
    lapse_holds(at=NOW + timedelta(minutes=16))
    cancel_booking(cancelled, reason="La salle est fermée.", actor=cast.actor("farid"), at=NOW)
    react()
    assert lapsed.code in letters("registration.lapsed").get().text
    assert "La salle est fermée." in letters("registration.cancelled").get().text


def held_about(email, **more):
    subject = Subject(account_id=None, emails=frozenset({email}), **more)
    return subject, [[holding.export(row) for row in holding.find(subject)] for holding in HOLDINGS]


def erase(subject, at):
    return [kept for holding in HOLDINGS for kept in holding.erase(subject, at=at)]


def test_a_person_finds_and_exports_what_is_held(event):
    booking = book(event, two_days(1, holder_name="Anne Petit", holder_email="anne@x.example"))
    _subject, (bookings, seats, _answers, _waiting, _parts) = held_about("anne@x.example")
    assert (bookings, [seat["holder_name"] for seat in seats]) == ([], ["Anne Petit"])
    _subject, (bookings, seats, _answers, _waiting, _parts) = held_about("chloe@association.example")
    assert ([one["code"] for one in bookings], bookings[0]["email"]) == ([booking.code], "chloe@association.example")
    _subject, (bookings, _seats, _answers, _waiting, _parts) = held_about(
        "nobody@x.example", links=frozenset({("registration.booking", booking.code)})
    )
    assert len(bookings) == 1


def test_what_was_not_paid_is_blanked_on_request(event):
    booking = book(event)
    name_seat(booking.seats.get(), holder_name="Chloé", holder_email="chloe@association.example", actor=holder_of(booking), at=NOW)
    subject, _rows = held_about("chloe@association.example")
    assert len(erase(subject, NOW)) == 2  # it holds places: cancel first
    lapse_holds(at=NOW + timedelta(hours=1))
    assert erase(subject, NOW) == []
    booking.refresh_from_db()
    assert (booking.name, booking.email, Seat.objects.get().holder_name) == ("", "", "")
    assert held_about("chloe@association.example")[1] == [[], [], [], [], []]


def test_accounts_are_kept_ten_years_and_names_on_passes_are_not(event):
    booking = book(event, two_days(1, holder_name="Chloé", holder_email="chloe@association.example"))
    confirm_booking(booking, actor=SYSTEM, at=NOW)
    subject, _rows = held_about("chloe@association.example")
    (kept,) = erase(subject, AFTER)
    assert ("L123-22" in kept.why, kept.until) == (True, "31 décembre 2028")
    assert (Booking.objects.get().name, Seat.objects.get().holder_name) == ("Chloé Martin", "")


def purge(at):
    return {holding.model: holding.purge(at=at) for holding in HOLDINGS if holding.purge}


def test_a_year_after_the_gathering_names_go_and_accounts_stay_ten_years(event):
    named = {"holder_name": "Anne", "holder_email": "anne@x.example"}
    paid = confirm_booking(book(event, two_days(1, **named)), actor=SYSTEM, at=NOW)
    unpaid = book(event, two_days(1, **named), email="autre@x.example")
    lapse_holds(at=NOW + timedelta(hours=1))
    soon = datetime(2019, 9, 1, tzinfo=UTC)
    assert purge(soon)["registration.Seat"] == 0
    done = purge(datetime(2019, 10, 1, tzinfo=UTC))
    assert (done["registration.Booking"], done["registration.Seat"]) == (1, 2)
    assert set(Seat.objects.values_list("holder_name", "holder_email", "link_epoch")) == {("", "", 1)}
    paid.refresh_from_db(), unpaid.refresh_from_db()
    assert ((paid.name, paid.email), (unpaid.name, unpaid.email)) == (("Chloé Martin", "chloe@association.example"), ("", ""))
    assert purge(datetime(2028, 12, 31, tzinfo=UTC))["registration.Booking"] == 0
    assert purge(datetime(2029, 1, 2, tzinfo=UTC))["registration.Booking"] == 1
    paid.refresh_from_db()
    assert (paid.name, paid.total_cents) == ("", 6000)
