"""The form of a booking with prices in words, codes, a gift, a group; and the waiting list, through the doors."""

import pytest

from encommun.foundation import clock
from encommun.foundation.signing import link_token
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.registration.commands import (
    VoucherText,
    cancel_booking,
    make_voucher,
    resize_quota,
    serve_waiting,
    set_fund,
)
from encommun.registration.models import Booking, PassType, Quota, Waiting
from encommun.registration.rules import WAITING_LINK
from tests.registration.desk import book, holder_of, open_sale, two_days
from tests.registration.test_pages import BASE, TYPED


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=20, at=clock.now())
    return cast.event


@pytest.fixture
def farid(cast):
    return cast.actor("farid")


def test_a_price_in_words_begins_in_the_middle_and_is_summed_up(event, client):
    PassType.objects.filter(slug="deux-jours").update(
        pricing="scale", low_cents=3000, high_cents=9000, cost_cents=8000, cost_text={"fr": "Salles, repas, interprètes"}
    )
    form = client.get(f"{BASE}reserver/").text
    assert 'value="fair" id="id_pass1-tariff_1" checked' in form
    assert "Salles, repas, interprètes" in form
    public = client.get(BASE).text
    assert ("Solidaire" in public, "90\u00a0€" in public, "80\u00a0€" in public) == (True, True, True)
    wrong = client.post(f"{BASE}reserver/", TYPED | {"step": "check", "pass1-tariff": "lowest"})
    assert wrong.status_code == 422
    missing = client.post(f"{BASE}reserver/", TYPED | {"step": "check"})
    assert missing.status_code == 422
    summary = client.post(f"{BASE}reserver/", TYPED | {"step": "check", "pass1-tariff": "low"}).text
    assert ("Solidaire" in summary, "65\u00a0€" in summary) == (True, True)
    client.post(f"{BASE}reserver/", TYPED | {"step": "book", "pass1-tariff": "high"})
    assert [seat.price_cents for seat in Booking.objects.get().seats.order_by("pk")] == [9000, 3500]


def test_a_free_amount_begins_with_the_suggestion_and_keeps_to_the_minimum(event, client):
    PassType.objects.filter(slug="deux-jours").update(pricing="free", low_cents=1000, price_cents=4500)
    assert 'name="pass1-amount" value="45"' in client.get(f"{BASE}reserver/").text
    for amount in ("9,99", "", "-5", "1e3", "99999999"):
        answer = client.post(f"{BASE}reserver/", TYPED | {"step": "book", "pass1-amount": amount})
        assert answer.status_code == 422, amount
    assert client.post(f"{BASE}reserver/", TYPED | {"step": "book", "pass1-amount": "10"}).status_code == 302
    assert Booking.objects.get().total_cents == 4500


def test_a_code_is_shown_before_booking_and_a_wrong_one_keeps_everything(event, client, farid):
    voucher = make_voucher(event, VoucherText(kind="amount", value=1000, uses=1), actor=farid, at=clock.now())
    wrong = client.post(f"{BASE}reserver/", TYPED | {"step": "check", "voucher": "NOSUCH"})
    assert (wrong.status_code, "Ce code est inconnu" in wrong.text, 'value="NOSUCH"' in wrong.text) == (422, True, True)
    summary = client.post(f"{BASE}reserver/", TYPED | {"step": "check", "voucher": voucher.code.lower()}).text
    assert ("10\u00a0€ de moins" in summary, "85\u00a0€" in summary) == (True, True)
    assert client.post(f"{BASE}reserver/", TYPED | {"step": "book", "voucher": voucher.code}).status_code == 302
    assert Booking.objects.get().total_cents == 8500


def test_a_link_with_a_code_opens_a_hidden_pass(event, client, farid):
    PassType.objects.filter(slug="un-jour").update(offered="code")
    voucher = make_voucher(event, VoucherText(kind="open", passes=[1]), actor=farid, at=clock.now())
    assert "Pass 1 jour" not in client.get(f"{BASE}reserver/").text
    assert "Pass 1 jour" in client.get(f"{BASE}reserver/", {"code": voucher.code}).text
    hidden = client.post(f"{BASE}reserver/", TYPED | {"step": "book"})
    assert hidden.status_code == 422
    assert client.post(f"{BASE}reserver/", TYPED | {"step": "book", "voucher": voucher.code}).status_code == 302


def test_a_gift_is_asked_only_where_there_is_a_fund(event, client, farid):
    assert "forward_cents" not in client.get(f"{BASE}reserver/").text
    set_fund(event, text={}, is_open=True, actor=farid, at=clock.now())
    assert "forward_cents" in client.get(f"{BASE}reserver/").text
    client.post(f"{BASE}reserver/", TYPED | {"step": "book", "forward_cents": "15"})
    booking = Booking.objects.get()
    assert (booking.total_cents, booking.forward_cents) == (11000, 1500)


def test_a_group_books_passes_without_names(event, client):
    typed = TYPED | {"places": "12", "structure": "Médiathèque"}
    for places in ("1", "61", "x", ""):
        answer = client.post(f"{BASE}groupe/", typed | {"step": "check", "places": places})
        assert (answer.status_code, 'value="Médiathèque"' in answer.text) == (422, True), places
    assert "12 ×" in client.post(f"{BASE}groupe/", typed | {"step": "check"}).text
    answer = client.post(f"{BASE}groupe/", typed | {"step": "book"}, follow=True)
    booking = Booking.objects.get()
    assert (booking.seats.count(), booking.seats.filter(holder_name="").count()) == (12, 12)
    assert answer.redirect_chain[-1][0] == f"{BASE}{booking.code}/"


def test_waiting_from_the_page_to_the_booking(event, client, farid):
    empty = client.get(f"{BASE}attente/").text
    assert "Rien n’est complet" in empty
    at = clock.now()
    Quota.objects.update(size=2)
    full = book(event, two_days(2), at=at)
    assert "liste d’attente" in client.get(BASE).text.lower()
    typed = {"choice": "deux-jours", "places": "1", "name": "Anne Petit", "email": "anne@x.example"}
    wrong = client.post(f"{BASE}attente/", typed | {"email": "anne"})
    assert (wrong.status_code, 'value="Anne Petit"' in wrong.text) == (422, True)
    page = client.post(f"{BASE}attente/", typed, follow=True)
    assert "<strong>1</strong>" in page.text
    waiting = Waiting.objects.get()
    assert client.post(f"{BASE}attente/", typed).headers["Location"] == BASE
    cancel_booking(full, actor=holder_of(full), at=at)
    serve_waiting(at=at)
    react()
    letter = Letter.objects.get(kind="registration.offer")
    assert link_token(WAITING_LINK, waiting.code) in letter.text
    offer = client.get(f"{BASE}attente/{waiting.code}/")
    assert "Une place est gardée pour vous" in offer.text
    taken = client.post(f"{BASE}attente/{waiting.code}/", {"payment_method": "transfer"}, follow=True)
    booking = Booking.objects.get(email="anne@x.example")
    assert taken.redirect_chain[-1][0] == f"{BASE}{booking.code}/"
    assert "Vous avez pris ces places" in client.get(f"{BASE}attente/{waiting.code}/").text


def test_leaving_the_queue_and_the_team_s_list(event, cast, client, farid):
    at = clock.now()
    for day in event.days:
        resize_quota(event, day=day, size=0, actor=farid, at=at)
    typed = {"choice": "deux-jours", "places": "3", "name": "Anne Petit", "email": "anne@x.example"}
    client.post(f"{BASE}attente/", typed)
    waiting = Waiting.objects.get()
    cast.sign_in(client, "farid")
    assert "Anne Petit" in client.get("/nec-2018/organisation/inscriptions/attente/").text
    page = client.post(f"{BASE}attente/{waiting.code}/quitter/", follow=True)
    assert "Vous avez quitté" in page.text
    assert client.post(f"{BASE}attente/{waiting.code}/quitter/", follow=True).status_code == 200
