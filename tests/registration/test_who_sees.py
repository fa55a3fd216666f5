"""Whose page a pass is: the buyer sees filled in or not, never the answers; a link ends when the pass goes to somebody else."""

import pytest

from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.holdings import Subject
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.registration.commands import (
    QuestionText,
    answer_questions,
    compose_question,
    confirm_booking,
    hand_over_pass,
    name_seat,
    resend_seat_link,
)
from encommun.registration.letters import seat_link
from encommun.registration.models import Answer, Question
from encommun.registration.personal_data import _answers, _seats
from encommun.registration.refusals import AddressFirst
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK, is_holder, link_is_for_buyer, may_see_seat, seat_subject
from tests.cast import NOW
from tests.registration.desk import book, open_sale, two_days

BASE = "/nec-2018/inscriptions/"


@pytest.fixture
def booking(cast):
    open_sale(cast.event)
    compose_question(
        cast.event, QuestionText(kind="line", label={"fr": "De quoi avez-vous besoin ?"}), actor=cast.actor("farid"), at=NOW
    )
    return confirm_booking(book(cast.event, two_days(2), email="groupe@mairie.example"), actor=SYSTEM, at=NOW)


def holding(seat) -> Actor:
    return Actor(links=frozenset({(SEAT_LINK, seat_subject(seat))}))


def buyer(booking) -> Actor:
    return Actor(links=frozenset({(BOOKING_LINK, booking.code)}))


def answered(seat, who, words="Une rampe"):
    answer_questions(seat, {Question.objects.get().pk: words}, actor=who, at=NOW)


def test_answers_come_after_an_address_which_ends_the_link_that_the_buyer_saw(booking):
    seat = booking.seats.first()
    given = holding(seat)
    with pytest.raises(AddressFirst):
        answered(seat, given)
    hers = holding(name_seat(seat, holder_name="Awa Diop", holder_email="awa@asso.example", actor=given, at=NOW))
    seat.refresh_from_db()
    assert (is_holder(hers, seat), is_holder(given, seat), link_is_for_buyer(seat)) == (True, False, False)
    answered(seat, hers)
    with pytest.raises(NotAllowed):
        answered(seat, given)
    with pytest.raises(NotAllowed):
        answered(seat, buyer(booking))


def test_a_buyer_who_puts_her_own_address_on_a_pass_erases_its_answers(booking):
    """Otherwise she would become its holder, and read them."""
    seat = booking.seats.first()
    hers = holding(name_seat(seat, holder_name="Awa", holder_email="awa@asso.example", actor=holding(seat), at=NOW))
    seat.refresh_from_db()
    answered(seat, hers)
    name_seat(seat, holder_name="Moi", holder_email="groupe@mairie.example", actor=buyer(booking), at=NOW)
    seat.refresh_from_db()
    assert (is_holder(buyer(booking), seat), Answer.objects.count(), seat.answered_at) == (True, 0, None)


def test_who_booked_for_herself_is_the_holder(booking):
    seat = booking.seats.first()
    assert is_holder(buyer(booking), seat) is False
    name_seat(seat, holder_name="Chloé", holder_email="groupe@mairie.example", actor=buyer(booking), at=NOW)
    seat.refresh_from_db()
    answered(seat, buyer(booking))
    assert Answer.objects.get().holder_answer == "Une rampe"


def test_once_given_away_a_pass_and_its_data_are_gone_from_an_open_session(booking):
    seat = booking.seats.first()
    before = holding(name_seat(seat, holder_name="Awa", holder_email="awa@asso.example", actor=holding(seat), at=NOW))
    new = hand_over_pass(seat, holder_name="Bob", holder_email="bob@asso.example", actor=before, at=NOW)
    new.booking = booking
    answered(new, holding(new))
    assert may_see_seat(before, new) is not True
    for links, seen in ((before.links, 0), (holding(new).links, 1)):
        subject = Subject(account_id=None, emails=frozenset(), links=links)
        assert (len(list(_seats(subject))), len(list(_answers(subject)))) == (seen, seen)


def test_pages_say_the_same(booking, client):
    first, second = booking.seats.order_by("pk")
    link = seat_link(first, booking)
    client.get(link)
    page = f"{BASE}pass/{first.code}/"
    moved = client.get(f"{page}questions/", follow=True)
    assert (moved.redirect_chain[-1][0], "Écrivez d’abord votre nom" in moved.text) == (f"{page}#who", True)
    client.post(page, {"holder_name": "Awa Diop", "holder_email": "awa@asso.example"})
    key = f"q{Question.objects.get().pk}"
    client.post(f"{page}questions/", {key: "Une rampe"})
    assert "Une rampe" in client.get(page).text
    assert client.get(f"{page}agenda.ics").headers["Content-Type"].startswith("text/calendar")
    client.session.flush()
    client.cookies.clear()
    react()
    old = client.get(link)
    assert (old.status_code, "Ce lien a été remplacé" in old.text) == (404, True)
    letter = Letter.objects.filter(recipient="groupe@mairie.example", kind="registration.confirmed").get()
    assert seat_link(second, booking) in letter.text
    from encommun.registration.letters import booking_link

    client.get(booking_link(booking))
    seen = client.get(f"{BASE}{booking.code}/").text
    assert (seat_link(second, booking) in seen, "n’appartient qu’à cette personne" in seen, "Une rampe" in seen) == (
        True,
        True,
        False,
    )
    assert "Une rampe" not in client.get(page).text
    assert client.get(f"{page}agenda.ics").status_code == 404
    client.post(f"{page}renvoyer/")
    react()
    assert Letter.objects.filter(recipient="awa@asso.example", kind="registration.seat_link_again").count() == 1


def test_only_who_sees_the_pass_asks_for_its_link_again(booking):
    seat = booking.seats.first()
    with pytest.raises(NotAllowed):
        resend_seat_link(seat, actor=Actor(), at=NOW)
    resend_seat_link(seat, actor=buyer(booking), at=NOW)
    assert Entry.objects.filter(kind="registration.seat_link_asked").count() == 1
