"""No order paid twice, none paid without a place, no cent lost: notifications doubled, shuffled, late, forged, beside the return page.

Real processes book, pay on the doubles of both payment services (over HTTP) and take each notification one to four times, in any
order, while people come back to the return page; a share of them pays after the hold has lapsed and the places went to others; the
reconciler and the refunds run as the worker runs them. Then the books are compared: ours with the providers', to the cent.

``--database URL`` names a PostgreSQL that the trial may empty; without it: SQLite in a temporary folder.
``--mutant`` takes the guards out (money is booked whenever it is told): the same run must then count money twice.
"""

import argparse
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

WORKER = "import sys; from trials.webhooks import work; work(*map(int, sys.argv[1:4]), sys.argv[4] == 'mutant')"
LATE_SHARE, FORGED_SHARE = 0.05, 0.02


def run(arguments: list[str]) -> dict[str, Any]:
    """Set up, race, close the day, compare the books."""
    parser = argparse.ArgumentParser(prog="python -m trials webhooks", description=__doc__)
    parser.add_argument("--orders", type=int, default=300)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--database", default="")
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--mutant", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as data:
        card, asso = _doubles(chosen.seed)
        os.environ |= {
            "ENCOMMUN_DATA": data,
            "ENCOMMUN_DATABASE_URL": chosen.database,
            "ENCOMMUN_DEMO": "yes",
            "ENCOMMUN_HOSTS": "testserver",
            "ENCOMMUN_CARD_SECRET_KEY": "sk_test_trial",
            "ENCOMMUN_CARD_WEBHOOK_SECRET": "whsec_trial",
            "ENCOMMUN_CARD_API_BASE": card.address,
            "ENCOMMUN_HELLOASSO_CLIENT_ID": "demo",
            "ENCOMMUN_HELLOASSO_CLIENT_SECRET": "demo",
            "ENCOMMUN_HELLOASSO_ORGANIZATION": "ping",
            "ENCOMMUN_HELLOASSO_API_BASE": asso.address,
        }
        subprocess.run([sys.executable, "-m", "encommun", "migrate"], check=True)
        _set_up(chosen.orders)
        begun = time.monotonic()
        outcomes = _race(chosen)
        _close_the_day()
        seconds = time.monotonic() - begun
        return _compare(chosen, card, asso, outcomes) | {"seconds": round(seconds, 1)}


def _doubles(seed: int) -> tuple[Any, Any]:
    """Both services, silent: the trial carries their notifications itself, as badly as the world does."""
    from encommun.demo.card_double import Double as Card
    from encommun.demo.helloasso_double import Double as Asso

    random.seed(seed)
    doubles = (Card(0, notify="", secret="whsec_trial"), Asso(0, notify=""))
    for double in doubles:
        threading.Thread(target=double.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return doubles


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
    import django

    django.setup()
    logging.getLogger("stripe").setLevel(logging.WARNING)


def empty_the_database() -> None:
    """The trial's own: what a run before it left would be counted too."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        call_command("flush", interactive=False, verbosity=0)


def _set_up(orders: int) -> None:
    """One gathering; just too few places, so that those who pay late often find none."""
    _django()
    from django.db import connection

    from encommun.demo.steps.registration import PASSES
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM
    from encommun.registration.commands import offer_passes

    empty_the_database()
    at = clock.now()
    days = {"starts_on": (at + timedelta(days=60)).date(), "ends_on": (at + timedelta(days=61)).date()}
    event = Event.objects.create(
        slug="trial-of-money", acronym="trial", name="Trial", contact_email="a@b.example", is_public=True, **days
    )
    sale = {"on_sale_from": at - timedelta(days=1), "on_sale_until": at + timedelta(days=50)}
    offer_passes(event, passes=PASSES, places_a_day=max(orders * 13 // 10, 5), **sale, actor=SYSTEM, at=at)
    connection.close()


def _race(chosen: Any) -> Counter[str]:
    share = -(-chosen.orders // chosen.processes)
    mutant = "mutant" if chosen.mutant else "guarded"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(share), str(chosen.seed), str(n), mutant], stdout=subprocess.PIPE, text=True
        )
        for n in range(chosen.processes)
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        said, _none = process.communicate()
        outcomes.update(said.split())
        if process.returncode:
            outcomes["crashed"] += 1
    return outcomes


def work(orders: int, seed: int, number: int, mutant: bool) -> None:
    """One process: orders, four at a time."""
    _django()
    if mutant:
        take_out_the_guards()
    with ThreadPoolExecutor(4) as pool:
        for said in pool.map(lambda n: _order(random.Random(f"{seed}-{number}-{n}")), range(orders)):
            print(said)


def _order(chance: random.Random) -> str:
    """Somebody books, pays, comes back; the service tells it, as often and as late as it likes."""
    from django.db import connection

    from encommun.foundation.refusals import Refused

    try:
        return _buy(chance)
    except Refused as refused:
        return refused.code
    except Exception as error:
        return f"error:{type(error).__name__}"
    finally:
        connection.close()


def _buy(chance: random.Random) -> str:
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import VISITOR, Actor
    from encommun.payment.commands import keep_page, start_payment
    from encommun.payment.providers import provider
    from encommun.payment.providers.facts import Asked
    from encommun.payment.rules import PAGE_LIVES
    from encommun.registration.commands import SeatWish, book_passes
    from encommun.registration.rules import BOOKING_LINK

    event, at = Event.objects.get(slug="trial-of-money"), clock.now()
    wish = SeatWish(pass_type="deux-jours") if chance.random() < 0.5 else SeatWish(pass_type="un-jour", day=event.days[0])
    asked = {"buyer_name": "Une personne", "email": "une@personne.example", "payment_method": "card", "language": "fr"}
    booking = book_passes(event, seats=[wish] * chance.choice([1, 1, 2]), actor=VISITOR, at=at, **asked)
    holder = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
    name = chance.choice(["card", "helloasso"])
    payment = start_payment(booking, provider=name, actor=holder, at=at)
    page = Asked(
        reference=payment.reference,
        label="Trial",
        amount_cents=payment.amount_cents,
        name="Une personne",
        email="une@personne.example",
        language="fr",
        success_url="http://127.0.0.1/r/",
        cancel_url="http://127.0.0.1/b/",
    )
    facts = provider(name).create_page(page, open_until=at + PAGE_LIVES)
    payment = keep_page(payment, provider_id=facts.id, page_url=facts.url)
    is_late = chance.random() < LATE_SHARE
    if is_late:
        _lapse(booking)
    _pay(facts.url, chance)
    _tell_everyone(payment, chance)
    return "late" if is_late else "paid"


def _lapse(booking: Any) -> None:
    """The hold runs out before the money comes; the page of the service was slow to close."""
    from encommun.foundation import clock
    from encommun.registration.commands import lapse_holds
    from encommun.registration.models import Booking

    Booking.objects.filter(pk=booking.pk).update(held_until=clock.now() - timedelta(seconds=1))
    lapse_holds(at=clock.now())


def _pay(page: str, chance: random.Random) -> None:
    import requests

    tip = chance.choice([0, 0, 3]) if "/paiement/" in page else 0
    requests.post(f"{page}/pay", data={"tip": tip}, timeout=20, allow_redirects=False)


def _tell_everyone(payment: Any, chance: random.Random) -> None:
    """The return page and one to four copies of each notification, in any order, two at a time; some are forged."""
    from django.test import Client

    from encommun.foundation import clock
    from encommun.payment.tasks import look_at

    client = Client(raise_request_exception=True)
    bodies = [_notice(payment, kind) for kind in ("one", "two")]
    calls: list[Any] = [
        lambda body=body: _post(client, payment.provider, body) for body in bodies for _n in range(chance.randint(1, 4))
    ]
    calls += [lambda: look_at(payment, at=clock.now())] * chance.randint(0, 2)
    if chance.random() < FORGED_SHARE:
        calls.append(lambda: _post(client, payment.provider, _forged(payment), signed=False))
    chance.shuffle(calls)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_closing, calls))


def _closing(call: Any) -> None:
    from django.db import connection

    try:
        call()
    finally:
        connection.close()


def _notice(payment: Any, kind: str) -> bytes:
    if payment.provider == "card":
        about = {"id": payment.provider_id, "object": "checkout.session", "payment_status": "paid"}
        return json.dumps(
            {
                "id": f"evt_{payment.reference}_{kind}",
                "object": "event",
                "type": "checkout.session.completed",
                "data": {"object": about},
            }
        ).encode()
    told = {"eventType": "Payment" if kind == "one" else "Order", "data": {"checkoutIntentId": int(payment.provider_id)}}
    return json.dumps(told | {"metadata": {"reference": payment.reference}}).encode()


def _forged(payment: Any) -> bytes:
    """A notification of a payment that was never made."""
    return _notice(payment, "forged").replace(payment.provider_id.encode(), b"99999999")


def _post(client: Any, name: str, body: bytes, *, signed: bool = True) -> None:
    from encommun.demo.card_double import sign

    headers = {"Stripe-Signature": sign(body, "whsec_trial" if signed else "whsec_other")} if name == "card" else {}
    where = {"card": "/paiement/carte/avis/", "helloasso": "/paiement/helloasso/avis/"}[name]
    answer = client.post(where, body, content_type="application/json", headers=headers)
    wanted = 400 if name == "card" and not signed else 200
    if answer.status_code != wanted:
        raise RuntimeError(f"{name} notification answered {answer.status_code}")


def take_out_the_guards() -> None:
    """The mutant: whatever is told is booked, each time under another name, without looking at the payment's state."""
    import uuid
    from dataclasses import replace

    from encommun.payment import tasks
    from encommun.payment.models import Payment

    real = tasks.settle

    def settle(payment: Any, *, received: Any, **more: Any) -> Any:
        Payment.objects.filter(pk=payment.pk).update(state="waiting", trouble="", received_cents=0)
        return real(payment, received=replace(received, source=f"received:{uuid.uuid4()}"), **more)

    tasks.settle = settle


def _close_the_day() -> None:
    """What the worker does again and again, until nothing is left to do."""
    from encommun.foundation import clock
    from encommun.payment.tasks import lapse_unpaid, look_at_payments, send_refunds

    for n in range(40):
        at = clock.now() + timedelta(minutes=6 * (n + 1))
        looked, lapsed, sent = look_at_payments(at=at), lapse_unpaid(at=at), send_refunds(at=at, most=500)
        if not (looked or lapsed or sent):
            return


def _compare(chosen: Any, card: Any, asso: Any, outcomes: Counter[str]) -> dict[str, Any]:
    from django.db.models import Sum

    from encommun.payment.models import LedgerEntry, Payment
    from encommun.payment.queries import what_does_not_hold as money
    from encommun.registration.models import Booking
    from encommun.registration.queries import what_does_not_hold as places

    def ledger(kind: str, provider: str) -> int:
        found = LedgerEntry.objects.filter(kind=kind, payment__provider=provider)
        return int(found.aggregate(cents=Sum("amount_cents", default=0))["cents"])

    theirs = {
        "card": sum(s["amount_total"] for s in card.book.sessions.values() if s["payment_status"] == "paid"),
        "helloasso": sum(payment["amount"] for payment in asso.payments.values()),
    }
    back = {
        "card": sum(refund["amount"] for refund in card.book.refunds.values()),
        "helloasso": sum(op["amount"] for payment in asso.payments.values() for op in payment["refundOperations"]),
    }
    ours = {name: ledger("received", name) for name in theirs}
    ours_back = {name: ledger("refunded", name) for name in theirs}
    doubled = (
        Payment.objects.filter(ledger__kind="received").count() - Payment.objects.filter(ledger__kind="received").distinct().count()
    )
    kept = Payment.objects.filter(state=Payment.State.PAID)
    without_place = kept.exclude(booking__state=Booking.State.CONFIRMED).count()
    unpaid = Booking.objects.filter(state=Booking.State.CONFIRMED).exclude(payments__state=Payment.State.PAID).count()
    drift = [*money(), *places()]
    errors = {said: n for said, n in outcomes.items() if said.startswith(("error", "crashed"))}
    is_right = theirs == ours and back == ours_back and not (doubled or without_place or unpaid or drift or errors)
    return {
        "trial": "webhooks",
        "holds": (doubled > 0 and theirs != ours) if chosen.mutant else is_right,
        "mutant": chosen.mutant,
        "seed": chosen.seed,
        "orders": chosen.orders,
        "outcomes": dict(outcomes),
        "paid_without_place": without_place,
        "confirmed_without_payment": unpaid,
        "booked_twice": doubled,
        "refunded": Payment.objects.filter(state=Payment.State.REFUNDED).count(),
        "received_cents": {"providers": theirs, "ledger": ours},
        "given_back_cents": {"providers": back, "ledger": ours_back},
        "drift": drift[:5],
        "errors": errors,
    }
