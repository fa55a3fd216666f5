import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.foundation.signing import link_token
from encommun.registration.commands import confirm_booking
from encommun.registration.models import Booking, Quota
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK
from tests.registration.desk import book, one_day, open_sale, two_days

BASE = "/nec-2018/inscriptions/"
KEY = "5f0c4d3e-6f5b-4a51-9d1a-0a1b2c3d4e5f"
TYPED = {
    "places": "2",
    "pass1-choice": "deux-jours",
    "pass1-holder_name": "Anne Petit",
    "pass1-holder_email": "anne@x.example",
    "pass2-choice": "un-jour_2018-09-14",
    "pass2-holder_name": "",
    "pass2-holder_email": "",
    "name": "Yanis Moreau",
    "email": "Yanis@Mairie.example",
    "structure": "Mairie de Rezé",
    "payment_method": "transfer",
    "idempotency_key": KEY,
}


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=20, at=clock.now())
    return cast.event


def test_the_public_page_says_prices_and_what_is_left_in_words(event, client):
    text = client.get(BASE).text
    assert "35\u00a0€" in text
    assert "60\u00a0€" in text
    assert ("Dernières places" in text, "Complet" in text) == (False, False)
    book(event, [one_day(event)] * 10, at=clock.now())
    book(event, [one_day(event)] * 9, at=clock.now())
    text = client.get(BASE).text
    assert ("Dernières places" in text, "Complet" in text) == (True, False)
    book(event, [one_day(event)], at=clock.now())
    assert "Complet" in client.get(BASE).text
    assert re.search(r"\b(1|19|20) (place|pass)", client.get(BASE).text) is None


def test_before_the_sale_the_page_says_when_it_opens(cast, client):
    open_sale(cast.event, at=clock.now() + timedelta(days=60))
    assert "Les inscriptions ouvrent le" in client.get(BASE).text
    assert "n’est" not in client.get(f"{BASE}reserver/").text.split("<main")[0]
    answer = client.post(f"{BASE}reserver/", TYPED | {"step": "book"})
    assert (answer.status_code, "Yanis Moreau" in answer.text) == (422, True)


def test_without_passes_the_page_says_so(cast, client):
    assert "pas encore ouverts" in client.get(BASE).text
    assert client.get(f"{BASE}reserver/").status_code == 200


def test_adding_and_taking_out_a_pass_keeps_what_was_typed(event, client):
    text = client.post(f"{BASE}reserver/", TYPED | {"step": "add"}).text
    assert 'value="Anne Petit"' in text
    assert 'name="places" value="3"' in text
    assert 'value="Yanis Moreau"' in text
    text = client.post(f"{BASE}reserver/", TYPED | {"step": "remove1"}).text
    assert 'name="places" value="1"' in text
    assert "Anne Petit" not in text
    assert Booking.objects.count() == 0


def test_the_summary_shows_the_total_and_books_nothing(event, client):
    answer = client.post(f"{BASE}reserver/", TYPED | {"step": "check"})
    assert (answer.status_code, "95\u00a0€" in answer.text, Booking.objects.count()) == (200, True, 0)
    changed = client.post(f"{BASE}reserver/", TYPED | {"step": "change"})
    assert 'value="Anne Petit"' in changed.text


def test_booking_leads_to_the_booking_and_twice_is_once(event, client):
    answer = client.post(f"{BASE}reserver/", TYPED | {"step": "book"}, follow=True)
    booking = Booking.objects.get()
    assert (booking.email, booking.total_cents, booking.structure) == ("yanis@mairie.example", 9500, "Mairie de Rezé")
    assert answer.redirect_chain == [(f"{BASE}{booking.code}/", 302)]
    assert "Comment payer par virement" in answer.text
    client.post(f"{BASE}reserver/", TYPED | {"step": "book"})
    assert Booking.objects.count() == 1
    again = client.post(f"{BASE}reserver/", TYPED | {"step": "book", "name": "Autre"})
    assert (again.status_code, Booking.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "nobody"},
        {"pass1-choice": "inconnu"},
        {"pass2-choice": ""},
        {"pass1-holder_email": "a@"},
        {"payment_method": "card"},
        {"name": "x" * 121},
        {"name": "\x00\u202e"},
    ],
)
def test_bad_input_answers_422_with_everything_kept(event, client, wrong):
    for step in ("check", "book"):
        answer = client.post(f"{BASE}reserver/", TYPED | wrong | {"step": step})
        assert (answer.status_code, 'value="Mairie de Rezé"' in answer.text) == (422, True)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("places", ["0", "-1", "99", "x", "", "²", "9999999999"])
def test_strange_counts_are_harmless(event, client, places):
    assert client.get(f"{BASE}reserver/", {"places": places}).status_code == 200
    assert client.post(f"{BASE}reserver/", {"places": places, "step": "removex"}).status_code == 200


def test_places_gone_meanwhile_are_said_and_everything_is_kept(event, client):
    Quota.objects.filter(event=event).update(size=0)
    answer = client.post(f"{BASE}reserver/", TYPED | {"step": "book"})
    assert answer.status_code == 422
    assert "Il n’y a plus assez de places" in answer.text
    assert 'value="Anne Petit"' in answer.text
    assert Booking.objects.count() == 0


def test_machines_that_fill_the_trap_book_nothing(event, client):
    assert client.post(f"{BASE}reserver/", TYPED | {"step": "book", "website": "x"}).status_code == 302
    assert Booking.objects.count() == 0


def test_the_link_of_a_letter_opens_the_booking_and_its_passes(event, client):
    booking = book(event, two_days(2), at=clock.now(), payment_method="transfer")
    assert client.get(f"{BASE}{booking.code}/").status_code == 404
    assert client.get(f"{BASE}{booking.code}/lien/{'a' * 32}/").status_code == 404
    answer = client.get(f"{BASE}{booking.code}/lien/{link_token(BOOKING_LINK, booking.code)}/", follow=True)
    assert answer.status_code == 200
    confirm_booking(booking, actor=SYSTEM, at=clock.now())
    text = client.get(f"{BASE}{booking.code}/").text
    seat = booking.seats.first()
    assert f"{BASE}pass/{seat.code}/lien/{link_token(SEAT_LINK, seat.code)}/" in text


def test_the_holder_sees_her_pass_and_not_the_booking(event, client):
    booking = confirm_booking(book(event, at=clock.now()), actor=SYSTEM, at=clock.now())
    seat = booking.seats.get()
    client.get(f"{BASE}pass/{seat.code}/lien/{link_token(SEAT_LINK, seat.code)}/")
    answer = client.get(f"{BASE}pass/{seat.code}/")
    assert (answer.status_code, booking.code in answer.text) == (200, False)
    assert client.get(f"{BASE}{booking.code}/").status_code == 404
    wrong = client.post(f"{BASE}pass/{seat.code}/", {"holder_name": "", "holder_email": "zz"})
    assert (wrong.status_code, 'value="zz"' in wrong.text) == (422, True)
    client.post(f"{BASE}pass/{seat.code}/", {"holder_name": "Anne Petit", "holder_email": "anne@x.example"})
    seat.refresh_from_db()
    assert seat.holder_name == "Anne Petit"


def test_who_booked_cancels_before_paying(event, client):
    booking = book(event, at=clock.now())
    client.get(f"{BASE}{booking.code}/lien/{link_token(BOOKING_LINK, booking.code)}/")
    answer = client.post(f"{BASE}{booking.code}/annuler/", follow=True)
    assert "Cette réservation est annulée" in answer.text
    assert "est annulée" in client.post(f"{BASE}{booking.code}/annuler/", follow=True).text
    assert "Cette réservation est annulée" in client.get(f"{BASE}{booking.code}/annuler/").text


TEAM = "/nec-2018/organisation/inscriptions/"


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_team_lists_searches_and_counts_with_few_statements(event, cast, client):
    cast.sign_in(client, "farid")
    first = book(event, two_days(1, holder_name="Anne Petit"), at=clock.now(), structure="Mairie de Rezé")
    client.get(TEAM)
    one = queries(client, TEAM)
    book(event, two_days(2), at=clock.now(), buyer_name="Omar Diallo", email="omar@x.example", payment_method="transfer")
    book(event, [one_day(event)], at=clock.now(), buyer_name="Léa Girard", email="lea@x.example")
    assert queries(client, TEAM) == one
    for words in ("petit", first.code.lower(), "CHLOE@", "rezé"):
        text = client.get(TEAM, {"q": words}).text
        assert (first.code in text, "Omar" in text) == (True, False), words
    assert "Léa" not in client.get(TEAM, {"day": "2018-09-14"}).text
    assert "Chloé" not in client.get(TEAM, {"method": "transfer"}).text
    assert "Aucune réservation" in client.get(TEAM, {"state": "confirmed"}).text
    for strange in ({"day": "x"}, {"state": "zz"}, {"page": "99"}, {"page": "x"}, {"q": "%\x00'"}):
        assert client.get(TEAM, strange).status_code == 200


def test_the_team_exports_one_line_a_pass_and_no_formula(event, cast, client):
    cast.sign_in(client, "farid")
    book(event, two_days(2, holder_name="=1+1"), at=clock.now())
    lines = client.get(f"{TEAM}export.csv").getvalue().decode("utf-8-sig").strip().split("\r\n")
    assert len(lines) == 3
    assert ";'=1+1;" in lines[1]


def test_the_team_cancels_with_a_reason_and_resizes(event, cast, client):
    cast.sign_in(client, "farid")
    booking = book(event, two_days(3), at=clock.now())
    empty = client.post(f"{TEAM}{booking.code}/annuler/", {"reason": " "})
    assert empty.status_code == 422
    client.post(f"{TEAM}{booking.code}/lien/")
    page = client.post(f"{TEAM}{booking.code}/annuler/", {"reason": "Salle fermée"}, follow=True)
    assert "Salle fermée" in page.text
    assert client.get(f"{TEAM}jauges/2018-09-13/").status_code == 200
    assert client.get(f"{TEAM}jauges/2018-09-15/").status_code == 404
    assert client.post(f"{TEAM}jauges/2018-09-13/", {"size": "many"}).status_code == 422
    client.post(f"{TEAM}jauges/2018-09-13/", {"size": "12"})
    assert Quota.objects.get(day="2018-09-13").size == 12


def test_english_pages(event, client):
    assert "Choose your pass" in client.get("/en" + BASE).text
    assert "Add a pass" in client.get(f"/en{BASE}reserver/").text
