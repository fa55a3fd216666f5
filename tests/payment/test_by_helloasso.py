"""Paying with HelloAsso against its double: keys that end, notifications that nobody signed, contributions kept apart."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from encommun.foundation import clock
from encommun.payment.commands import refund_payment
from encommun.payment.models import LedgerEntry, Payment, Refund, Stray
from encommun.payment.providers import helloasso as client_of
from encommun.payment.providers.facts import Asked
from encommun.payment.providers.helloasso import token
from encommun.payment.queries import what_does_not_hold
from encommun.payment.refusals import ProviderUnreachable
from encommun.payment.tasks import look_at_payments, send_refunds
from encommun.registration.commands import lapse_holds
from encommun.registration.models import Booking
from tests.payment.desk import act, begin

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Asked(
    reference="K7M2QX-ABC234",
    label="NEC",
    amount_cents=6000,
    name="Chloé",
    email="c@a.example",
    language="fr",
    success_url="http://a.example/r/",
    cancel_url="http://a.example/b/",
)


@pytest.fixture(autouse=True)
def no_key_kept():
    token._kept.clear()
    yield
    token._kept.clear()


def until(holds, seconds=8):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def pay(page, helloasso, tip=0):
    status, back = act(page, helloasso, "pay", tip=tip)
    assert status == 303
    return back


def test_the_notification_makes_us_look_and_the_order_confirms(town, helloasso, client):
    booking, page = begin(client, town.event)
    pay(page, helloasso)
    until(lambda: state(booking) == "confirmed")
    payment = booking.payments.get()
    assert (payment.state, payment.provider, payment.charge_id, payment.tip_cents) == ("paid", "helloasso", "7001", 0)
    assert [*what_does_not_hold()] == []


def test_the_contribution_to_the_provider_is_kept_apart(town, helloasso, client):
    booking, page = begin(client, town.event)
    pay(page, helloasso, tip=5)
    until(lambda: state(booking) == "confirmed")
    assert (booking.payments.get().tip_cents, LedgerEntry.objects.get(kind="received").amount_cents) == (500, 6000)


def test_coming_back_asks_the_order_even_when_no_notification_comes(town, helloasso, client):
    helloasso.notify = ""
    _booking, page = begin(client, town.event)
    answer = client.get(pay(page, helloasso), follow=True)
    assert "Votre réservation est confirmée" in answer.text


@pytest.mark.parametrize("code", ["succeeded", "refused"])
def test_an_address_that_says_paid_is_not_believed(town, helloasso, client, code):
    booking, _page = begin(client, town.event)
    answer = client.get(f"/nec-2018/inscriptions/{booking.code}/retour/?checkoutIntentId=1001&code={code}&orderId=1")
    assert ("Nous vérifions votre paiement" in answer.text, state(booking)) == (True, "held")


def test_a_forged_notification_changes_nothing(town, helloasso, client):
    booking, _page = begin(client, town.event)
    reference = booking.payments.get().reference
    told = {
        "eventType": "Payment",
        "data": {"id": 7001, "state": "Authorized", "amount": 6000},
        "metadata": {"reference": reference},
    }
    answer = client.post("/paiement/helloasso/avis/", json.dumps(told), content_type="application/json")
    assert (answer.status_code, state(booking), Stray.objects.count()) == (200, "held", 0)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"data": 3}', b"\xff\xfe", b'{"metadata": [1]}', b'{"data": {"order": 3}}']
)
def test_unreadable_notifications_are_refused(town, helloasso, client, body):
    assert client.post("/paiement/helloasso/avis/", body, content_type="application/json").status_code == 400


def test_without_the_provider_its_door_is_closed(town, client):
    assert client.post("/paiement/helloasso/avis/", b"{}", content_type="application/json").status_code == 400


def test_another_amount_is_kept_and_shown(town, helloasso, client):
    helloasso.amount = 100
    booking, page = begin(client, town.event)
    pay(page, helloasso)
    until(lambda: Stray.objects.exists())
    assert (Stray.objects.get().why, Stray.objects.get().amount_cents, state(booking)) == ("amount", 100, "held")


def test_money_for_a_payment_that_is_not_known_here_is_kept(town, helloasso, client):
    facts = client_of.create_page(ASKED, open_until=clock.now())
    helloasso.notify = ""
    pay(facts.url, helloasso)
    told = {"eventType": "Order", "data": {"checkoutIntentId": int(facts.id)}, "metadata": {"reference": ASKED.reference}}
    for _n in range(2):
        client.post("/paiement/helloasso/avis/", json.dumps(told), content_type="application/json")
    stray = Stray.objects.get()
    assert (stray.why, stray.amount_cents, stray.event_id) == ("unknown", 6000, None)
    assert LedgerEntry.objects.get().source == f"stray:helloasso:{facts.id}"


def test_the_provider_down_says_so_and_is_told_again(town, helloasso, client):
    booking, page = begin(client, town.event)
    helloasso.is_down = True
    pay(page, helloasso)
    time.sleep(0.3)
    assert state(booking) == "held"
    helloasso.is_down = False
    until(lambda: state(booking) == "confirmed")


def test_a_page_left_unpaid_is_given_up_and_still_looked_at(town, helloasso, client):
    helloasso.notify = ""
    booking, page = begin(client, town.event)
    later = clock.now() + timedelta(minutes=40)
    lapse_holds(at=later)
    look_at_payments(at=later)
    assert (booking.payments.get().state, state(booking)) == ("given_up", "lapsed")
    pay(page, helloasso)  # the provider took it all the same
    assert look_at_payments(at=later + timedelta(minutes=30)) == 0
    assert look_at_payments(at=later + timedelta(minutes=70)) == 1
    assert (booking.payments.get().state, state(booking)) == ("paid", "confirmed")


def paid(town, helloasso, client):
    booking, page = begin(client, town.event)
    pay(page, helloasso)
    until(lambda: state(booking) == "confirmed")
    return booking.payments.get()


def test_a_part_and_then_the_rest_are_given_back(town, helloasso, client):
    payment = paid(town, helloasso, client)
    for cents in (2000, 4000):
        refund_payment(payment, amount_cents=cents, actor=town.actor("farid"), at=clock.now())
        assert send_refunds(at=clock.now()) == 1
    payment.refresh_from_db()
    assert (payment.state, [op["amount"] for op in helloasso.payments["7001"]["refundOperations"]]) == ("refunded", [2000, 4000])
    assert [*what_does_not_hold()] == []


def test_a_refund_whose_answer_was_lost_is_not_made_twice(town, helloasso, client):
    payment = paid(town, helloasso, client)
    refund_payment(payment, amount_cents=2000, actor=town.actor("farid"), at=clock.now())
    real, posts = client_of.client._ask, []

    def lost(method, path, token_, more):
        answer = real(method, path, token_, more)
        if method == "POST":
            posts.append(path)
            raise ProviderUnreachable()
        return answer

    client_of.client._ask = lost
    try:
        assert send_refunds(at=clock.now()) == 0
    finally:
        client_of.client._ask = real
    assert send_refunds(at=clock.now()) == 1
    assert (len(posts), [op["amount"] for op in helloasso.payments["7001"]["refundOperations"]]) == (1, [2000])
    assert Refund.objects.get().state == "done"


def test_what_the_provider_refuses_to_give_back_is_made_by_hand(town, helloasso, client):
    payment = paid(town, helloasso, client)
    refund_payment(payment, amount_cents=6000, actor=town.actor("farid"), at=clock.now())
    helloasso.payments["7001"]["amount"] = 100
    assert send_refunds(at=clock.now()) == 0
    assert (Refund.objects.get().state, Stray.objects.get().why) == ("refused", "refused")


@pytest.mark.parametrize(
    "name, names",
    [
        ("Chloé Martin", {"firstName": "Chloé", "lastName": "Martin"}),
        ("Anne-Laure de la Tour", {"firstName": "Anne-Laure", "lastName": "de la Tour"}),
        *((name, {}) for name in ("Chloé", "Chloé Chloé", "Mairie 44", "C Martin", "= 1+1")),
    ],
)
def test_who_pays_is_named_only_when_the_provider_takes_the_name(helloasso, name, names):
    page = client_of.create_page(replace(ASKED, name=name), open_until=clock.now())
    assert helloasso.intents[page.id]["body"]["payer"] == names | {"email": "c@a.example"}


def test_a_key_is_renewed_with_its_renewal_key_and_begins_again_when_that_is_refused(helloasso):
    first = token.access_token()
    assert token.access_token() == first
    second = token.access_token(is_refused=first)
    assert (second != first, helloasso.asked) == (True, ["client_credentials", "refresh_token"])
    helloasso.renewals.clear()
    token.access_token(is_refused=second)
    assert helloasso.asked[2:] == ["refresh_token", "client_credentials"]


def test_a_key_that_the_provider_ends_is_changed_in_the_middle_of_a_call(helloasso):
    facts = client_of.create_page(ASKED, open_until=clock.now())
    helloasso.keys.clear()
    assert client_of.read_page(facts.id).reference == ASKED.reference
    assert helloasso.asked == ["client_credentials", "refresh_token"]


def test_a_wrong_secret_is_the_provider_unreachable(helloasso, settings):
    settings.CONFIG = replace(settings.CONFIG, helloasso_client_secret="false")
    with pytest.raises(ProviderUnreachable):
        token.access_token()


def test_with_two_payment_pages_one_chooses_and_the_other_is_closed(town, double, helloasso, client, settings):
    settings.CONFIG = replace(settings.CONFIG, card_secret_key="sk_test_of_the_tests")
    booking, page = begin(client, town.event, query="?avec=card")
    shown = client.get(f"/nec-2018/inscriptions/{booking.code}/payer/")
    assert (shown.status_code, "avec=helloasso" in shown.text, "avec=card" in shown.text) == (200, True, True)
    _booking, other = begin(client, town.event, booking=booking, query="?avec=helloasso")
    assert other.startswith(helloasso.address)
    assert act(page, double, "pay")[0] == 409
    assert sorted(Payment.objects.values_list("provider", "state")) == [("card", "given_up"), ("helloasso", "waiting")]
