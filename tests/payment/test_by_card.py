"""Paying by card against the provider's double, over HTTP: doubled, late, shuffled, forged and lost notifications."""

import json
import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest

from encommun.demo.card_double import sign
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.payment.commands import refund_payment
from encommun.payment.models import LedgerEntry, Payment, ProviderNotice, Refund, Stray
from encommun.payment.queries import what_does_not_hold
from encommun.payment.tasks import lapse_unpaid, look_at_payments, note_no_longer_due, send_refunds
from encommun.people.links import KEY
from encommun.registration.commands import cancel_booking, lapse_holds
from encommun.registration.models import Booking, Quota
from encommun.registration.queries import what_does_not_hold as places
from encommun.registration.rules import BOOKING_LINK
from tests.payment.conftest import SECRET
from tests.registration.desk import book, two_days

pytestmark = pytest.mark.django_db(transaction=True)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def act(session_id, double, action):
    """What somebody does on the provider's page; answers status and address that it leads to."""
    request = urllib.request.Request(f"{double.address}/c/pay/{session_id}/{action}", data=b"")
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=10) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", "")


def begin(client, town, seats=1, booking=None):
    """Book and go to the payment page, as a browser does."""
    booking = booking or book(town.event, two_days(seats), at=clock.now())
    session = client.session
    session[KEY] = [*session.get(KEY, []), [BOOKING_LINK, booking.code]]
    session.save()
    client.cookies["encommun-session"] = session.session_key
    answer = client.get(f"/nec-2018/inscriptions/{booking.code}/payer/")
    return booking, answer["Location"].rsplit("/", 1)[-1]


def until(holds, seconds=8):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def in_order():
    assert [*places(), *what_does_not_hold()] == []


def test_the_notification_confirms_even_if_nobody_comes_back(town, double, client):
    booking, session = begin(client, town)
    assert act(session, double, "pay")[0] == 303
    until(lambda: state(booking) == "confirmed")
    payment = booking.payments.get()
    assert (payment.state, payment.amount_cents, payment.provider_id) == ("paid", 6000, session)
    assert list(LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents")) == [("received", 6000), ("fee", 115)]
    in_order()


def test_coming_back_confirms_even_if_the_notification_is_lost(town, double, client):
    double.notify = ""
    booking, session = begin(client, town)
    _status, back = act(session, double, "pay")
    answer = client.get(back, follow=True)
    assert "Votre réservation est confirmée" in answer.text
    assert state(booking) == "confirmed"


def test_the_return_page_says_that_we_are_checking_until_the_provider_says_something(town, double, client):
    booking, session = begin(client, town)
    double.is_down = True
    answer = client.get(f"/nec-2018/inscriptions/{booking.code}/retour/")
    assert (answer.status_code, "Nous vérifions votre paiement" in answer.text) == (200, True)
    assert "échou" not in answer.text
    double.is_down = False
    assert "Nous vérifions" in client.get(f"/nec-2018/inscriptions/{booking.code}/retour/").text
    act(session, double, "refuse")
    assert state(booking) == "held"


def test_copies_shuffled_and_at_the_same_time_as_the_return_settle_once(town, double, client):
    double.copies, double.delay, double.shuffle = 4, 0.2, True
    booking, session = begin(client, town)
    _status, back = act(session, double, "pay")
    for _n in range(3):
        client.get(back)
    time.sleep(0.6)
    assert state(booking) == "confirmed"
    assert LedgerEntry.objects.filter(kind="received").count() == 1
    assert Entry.objects.filter(kind="registration.booking_confirmed").count() == 1
    assert ProviderNotice.objects.count() == 1
    in_order()


def test_the_page_is_the_same_when_asked_twice_and_the_hold_is_extended(town, double, client):
    booking, session = begin(client, town)
    _booking, again = begin(client, town, booking=booking)
    assert (session, again, len(double.book.sessions)) == (again, session, 1)
    booking.refresh_from_db()
    assert booking.hold_extended
    assert booking.held_until - clock.now() > timedelta(minutes=30)


def test_a_payment_after_the_hold_takes_the_place_again(town, double, client):
    double.notify = ""
    booking, session = begin(client, town)
    later = clock.now() + timedelta(hours=1)
    lapse_holds(at=later)
    act(session, double, "pay")
    assert look_at_payments(at=later) == 1
    assert state(booking) == "confirmed"
    in_order()


def test_a_payment_after_the_place_went_to_others_is_refunded_by_itself(town, double, client):
    double.notify = ""
    booking, session = begin(client, town, seats=3)
    later = clock.now() + timedelta(hours=1)
    lapse_holds(at=later)
    book(town.event, two_days(3), at=clock.now())
    act(session, double, "pay")
    look_at_payments(at=later)
    assert (state(booking), booking.payments.get().state) == ("lapsed", "to_refund")
    in_order()
    double.is_down = True
    assert send_refunds(at=later) == 0
    double.is_down = False
    assert (send_refunds(at=later), send_refunds(at=later)) == (1, 0)
    assert [refund["amount"] for refund in double.book.refunds.values()] == [18000]
    assert booking.payments.get().state == "refunded"
    assert list(LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents")) == [
        ("received", 18000),
        ("fee", 295),
        ("refunded", 18000),
    ]
    in_order()


def test_two_late_payments_for_one_place_one_is_kept_the_other_refunded(town, double, client):
    double.notify = ""
    first, first_session = begin(client, town, seats=3)
    later = clock.now() + timedelta(hours=1)
    lapse_holds(at=later)
    second, second_session = begin(client, town, seats=3)
    lapse_holds(at=later)
    act(first_session, double, "pay")
    act(second_session, double, "pay")
    look_at_payments(at=later)
    assert sorted([state(first), state(second)]) == ["confirmed", "lapsed"]
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["paid", "to_refund"]
    in_order()


def test_the_provider_is_asked_before_a_hold_lapses(town, double, client):
    double.notify = ""
    paid, session = begin(client, town)
    unpaid, unpaid_session = begin(client, town)
    act(session, double, "pay")
    later = clock.now() + timedelta(minutes=34)
    double.is_down = True
    assert lapse_unpaid(at=later) == 0  # nobody can be asked: they wait a little
    double.is_down = False
    assert lapse_unpaid(at=later) == 1
    assert (state(paid), state(unpaid)) == ("confirmed", "lapsed")
    assert double.book.sessions[unpaid_session]["status"] == "expired"
    assert act(unpaid_session, double, "pay")[0] == 409
    in_order()


def test_a_provider_that_never_answers_does_not_keep_places_for_ever(town, double, client):
    _booking, _session = begin(client, town)
    double.is_down = True
    assert lapse_unpaid(at=clock.now() + timedelta(hours=2)) == 1
    assert list(Quota.objects.filter(event=town.event).values_list("taken", flat=True)) == [0, 0]


def test_another_amount_settles_nothing_and_is_shown_to_the_team(town, double, client):
    double.amount = 100
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: booking.payments.get().trouble == "amount")
    assert state(booking) == "held"
    assert Entry.objects.get(kind="payment.to_look_at").facts["amount_cents"] == 100
    assert Stray.objects.values_list("why", "amount_cents").get() == ("amount", 100)
    assert LedgerEntry.objects.get(kind="received").amount_cents == 100  # it came: the ledger says so
    in_order()
    town.sign_in(client, "farid")
    assert "Un autre montant" in client.get(f"/nec-2018/organisation/inscriptions/{booking.code}/").text


def test_a_cancelled_booking_that_was_paid_is_refunded(town, double, client):
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: state(booking) == "confirmed")
    cancel_booking(booking, reason="Salle fermée", actor=town.actor("farid"), at=clock.now())
    note_no_longer_due(Entry.objects.get(kind="registration.booking_cancelled"))
    assert send_refunds(at=clock.now()) == 1
    assert booking.payments.get().state == "refunded"
    in_order()


def test_a_part_is_given_back_and_asked_twice_it_is_one_refund(town, double, client):
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: state(booking) == "confirmed")
    payment = booking.payments.get()
    refund = refund_payment(payment, amount_cents=1500, actor=town.actor("farid"), at=clock.now())
    assert send_refunds(at=clock.now()) == 1
    double.book.answers.clear()  # the provider forgets its keys after a day
    Refund.objects.filter(pk=refund.pk).update(state="to_do")
    send_refunds(at=clock.now())
    assert [refund["amount"] for refund in double.book.refunds.values()] == [1500]
    assert LedgerEntry.objects.filter(kind="refunded").count() == 1
    in_order()


def test_a_refund_made_on_the_providers_site_is_noted_once(town, double, client):
    double.copies = 3
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: state(booking) == "confirmed")
    double.refund_outside(session, 2500)
    until(lambda: Refund.objects.exists())
    time.sleep(0.3)
    assert list(Refund.objects.values_list("why", "state", "amount_cents")) == [("outside", "done", 2500)]
    assert (booking.payments.get().state, state(booking)) == ("paid", "confirmed")
    in_order()


def test_a_disputed_payment_is_shown_to_the_treasurer(town, double, client):
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: state(booking) == "confirmed")
    double.dispute(session)
    until(lambda: Stray.objects.exists())
    assert Stray.objects.values_list("why", "amount_cents").get() == ("disputed", 6000)


def test_a_payment_in_another_currency_settles_nothing(town, double, client):
    double.currency = "usd"
    booking, session = begin(client, town)
    act(session, double, "pay")
    until(lambda: Stray.objects.exists())
    assert (Stray.objects.get().why, state(booking), LedgerEntry.objects.count()) == ("currency", "held", 0)


def test_a_page_left_open_on_a_cancelled_booking_is_closed(town, double, client):
    booking, session = begin(client, town)
    cancel_booking(booking, reason="Non", actor=town.actor("farid"), at=clock.now())
    look_at_payments(at=clock.now() + timedelta(minutes=6))
    assert double.book.sessions[session]["status"] == "expired"
    assert booking.payments.get().state == "given_up"


def test_when_the_provider_is_down_the_booking_says_so_and_can_be_paid_later(town, double, client):
    double.is_down = True
    booking, _there = begin(client, town)
    answer = client.get(f"/nec-2018/inscriptions/{booking.code}/")
    assert "ne répond pas en ce moment" in answer.text
    double.is_down = False
    assert begin(client, town, booking=booking)[1].startswith("cs_test_")


def notice(session, kind="checkout.session.completed"):
    about = {"id": session, "object": "checkout.session", "payment_status": "paid", "amount_total": 6000}
    return json.dumps({"id": "evt_1", "object": "event", "type": kind, "created": 1, "data": {"object": about}}).encode()


@pytest.mark.parametrize(
    "signature",
    [
        lambda body: "",
        lambda body: "t=1,v1=00",
        lambda body: sign(body, "whsec_of_somebody_else"),
        lambda body: sign(body + b" ", SECRET),
        lambda body: sign(body, SECRET, at=int(time.time()) - 3600),
    ],
)
def test_what_is_not_signed_by_the_provider_changes_nothing(town, double, client, signature):
    booking, session = begin(client, town)
    body = notice(session)
    answer = client.post(
        "/paiement/carte/avis/", body, content_type="application/json", headers={"Stripe-Signature": signature(body)}
    )
    assert (answer.status_code, state(booking)) == (400, "held")


def test_a_signed_lie_is_not_believed(town, double, client):
    """The notification says «paid»; the provider, asked again, does not."""
    booking, session = begin(client, town)
    body = notice(session)
    headers = {"Stripe-Signature": sign(body, SECRET)}
    answer = client.post("/paiement/carte/avis/", body, content_type="application/json", headers=headers)
    assert (answer.status_code, state(booking)) == (200, "held")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b'{"id": 3}', b"\xff\xfe"])
def test_unreadable_notifications_are_refused(town, double, client, body):
    headers = {"Stripe-Signature": sign(body, SECRET)}
    assert client.post("/paiement/carte/avis/", body, content_type="application/json", headers=headers).status_code == 400


def test_a_notification_about_something_else_is_taken_and_left(town, double, client):
    body = notice("cs_unknown")
    headers = {"Stripe-Signature": sign(body, SECRET)}
    assert client.post("/paiement/carte/avis/", body, content_type="application/json", headers=headers).status_code == 200


def test_the_provider_is_never_called_inside_a_transaction(town, double):
    from django.db import transaction

    from encommun.payment.providers import card, provider

    with transaction.atomic(), pytest.raises(RuntimeError):
        card.read_page("cs_1")
    with transaction.atomic(), pytest.raises(RuntimeError):
        provider("card")


def test_the_page_says_that_it_is_a_demonstration(town, double, client):
    booking, session = begin(client, town)
    with urllib.request.urlopen(f"{double.address}/c/pay/{session}", timeout=5) as page:
        text = page.read().decode()
    assert "Ceci est une démonstration" in text
    assert "Payer 60\u00a0€" in text
    assert act(session, double, "leave") == (303, f"{client_base(client, booking)}")


def client_base(_client, booking):
    from django.conf import settings

    return f"{settings.CONFIG.base_url}/nec-2018/inscriptions/{booking.code}/"


def test_nobody_pays_for_another(town, double, client):
    booking = book(town.event, two_days(), at=clock.now())
    assert client.get(f"/nec-2018/inscriptions/{booking.code}/payer/").status_code == 404
    assert client.get(f"/nec-2018/inscriptions/{booking.code}/retour/").status_code == 404
    assert (Payment.objects.count(), SYSTEM.reference) == (0, "system")
