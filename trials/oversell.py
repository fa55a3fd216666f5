"""No place sold twice: racing bookings, codes and cancellations on few places and several quotas a pass, then a recount by hand.

A pass of both days takes a place in three quotas; a code takes something off as often as there are places a day; some bookings
are cancelled at once, some lose one of their passes afterwards. One in twenty comes through the API over HTTP, so that answers of
500 and more are counted too; a deadlock is an error like any other.

``--database URL`` names a PostgreSQL that the trial may empty; without it: SQLite in a temporary folder.
``--mutant`` takes the guard out (count, remember, then insert): the same run must then oversell, or the trial proves nothing.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

EXPECTED = ("booked", "sold_out", "voucher_used_up")
BY_HTTP = 0.05
WORKER = "import sys; from trials.oversell import work; work(*map(int, sys.argv[1:6]), sys.argv[6] == 'mutant')"


def run(arguments: list[str]) -> dict[str, Any]:
    """Set up, race in processes of their own, recount."""
    parser = argparse.ArgumentParser(prog="python -m trials oversell", description=__doc__)
    parser.add_argument("--attempts", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--size", type=int, default=2, help="places a day: few, so that there are many last places")
    parser.add_argument("--quotas", type=int, default=0, help="about so many in all, three a gathering; 0: two attempts a place")
    parser.add_argument("--database", default="")
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--mutant", action="store_true")
    chosen = parser.parse_args(arguments)
    size = chosen.size
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"ENCOMMUN_DATA": data, "ENCOMMUN_DATABASE_URL": chosen.database, "ENCOMMUN_TODAY": "2018-07-02"}
        os.environ |= {"ENCOMMUN_DEMO": "yes", "ENCOMMUN_HOSTS": "testserver", "ENCOMMUN_PROXIES": "1"}
        subprocess.run([sys.executable, "-m", "encommun", "migrate"], check=True)
        gatherings = -(-chosen.quotas // 3) if chosen.quotas else max(chosen.attempts // (8 * size), 1)
        first, last = _set_up(size, gatherings)
        begun = time.monotonic()
        outcomes = _race(chosen, first, last)
        seconds = time.monotonic() - begun
        errors = sum(n for outcome, n in outcomes.items() if outcome not in EXPECTED)
        return _recount(chosen, first, last, errors) | {
            "seconds": round(seconds, 2),
            "attempts_a_second": round(chosen.attempts / seconds, 1),
            "outcomes": dict(outcomes),
        }


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
    import django

    django.setup()


def _set_up(size: int, gatherings: int) -> tuple[int, int]:
    _django()
    from datetime import date, timedelta

    from django.db import connection

    from encommun.demo.steps.registration import PASSES
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM, Actor
    from encommun.registration.commands import QuotaText, VoucherText, compose_quota, make_voucher, offer_passes

    at = clock.now()
    days = {"starts_on": date(2018, 9, 13), "ends_on": date(2018, 9, 14)}
    sale = {"on_sale_from": at - timedelta(days=1), "on_sale_until": at + timedelta(days=9)}
    made = []
    for n in range(gatherings):
        slug = f"trial-{time.time_ns()}-{n}"
        made.append(
            Event.objects.create(slug=slug, acronym="trial", name="Trial", contact_email="a@b.example", is_public=True, **days)
        )
        kinds = offer_passes(made[-1], passes=PASSES, places_a_day=size, **sale, actor=SYSTEM, at=at)
        team = Actor(roles=frozenset({(made[-1].pk, "registration")}))
        both = QuotaText(kind="whole", name={"fr": "Deux jours"}, size=size, passes=[kinds[1].number])
        compose_quota(made[-1], both, actor=team, at=at - timedelta(days=2))
        make_voucher(made[-1], VoucherText(kind="share", value=20, uses=size, code="ESSAI"), actor=team, at=at)
    connection.close()
    return made[0].pk, made[-1].pk


def _race(chosen: Any, first: int, last: int) -> Counter[str]:
    share = -(-chosen.attempts // chosen.processes)
    mutant = "mutant" if chosen.mutant else "guarded"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(first), str(last), str(share), str(chosen.seed), str(n), mutant],
            stdout=subprocess.PIPE,
            text=True,
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


def work(first: int, last: int, attempts: int, seed: int, number: int, mutant: bool) -> None:
    """One process: books one to three passes, often of both days; gives some back."""
    _django()
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM, VISITOR, Actor
    from encommun.foundation.refusals import Refused
    from encommun.registration.commands import SeatWish, book_passes, cancel_booking, cancel_seat, confirm_booking
    from encommun.registration.rules import BOOKING_LINK

    if mutant:
        take_out_the_guard()
    chance = random.Random(seed * 1000 + number)
    events = list(Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk"))
    for n in range(attempts):
        event = events[n * len(events) // attempts]  # every process at the same gathering at about the same moment
        kind = chance.choice(["un-jour", "deux-jours"])
        wish = SeatWish(pass_type=kind, day=chance.choice(event.days) if kind == "un-jour" else None)
        asked = {"buyer_name": "Une personne", "email": "une@personne.example", "payment_method": "card", "language": "fr"}
        try:
            code = "ESSAI" if chance.random() < 0.25 else ""
            seats = [wish] * chance.choice([1, 1, 2, 3])
            if chance.random() < BY_HTTP:
                print(_by_http(event, wish, len(seats), code, chance))
                continue
            booking = book_passes(event, seats=seats, voucher=code, actor=VISITOR, at=clock.now(), **asked)
            if chance.random() < 0.2:
                holder = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
                cancel_booking(booking, actor=holder, at=clock.now())
            else:
                confirm_booking(booking, actor=SYSTEM, at=clock.now())
                if len(seats) > 1 and chance.random() < 0.5:
                    team = Actor(roles=frozenset({(event.pk, "registration")}))
                    cancel_seat(booking.seats.first(), actor=team, at=clock.now())
            print("booked")
        except Refused as refused:
            print(refused.code)
        except Exception as error:
            print(type(error).__name__)


def _by_http(event: Any, wish: Any, places: int, code: str, chance: random.Random) -> str:
    """The same through the API; what it answered, in the words of the commands."""
    from django.test import Client

    seat = {"pass_type": wish.pass_type} | ({"day": wish.day.isoformat()} if wish.day else {})
    asked = {"buyer_name": "Une personne", "email": "une@personne.example", "payment_method": "transfer", "seats": [seat] * places}
    headers = {
        "Idempotency-Key": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "X-Forwarded-For": ".".join(str(chance.randint(1, 250)) for _n in range(4)),
    }
    client = Client(raise_request_exception=False)
    where = f"/api/v1/events/{event.slug}/bookings"
    answer = client.post(where, asked | {"voucher": code}, content_type="application/json", headers=headers)
    if answer.status_code == 201:
        return "booked"
    return str(answer.json().get("code")) if answer.status_code == 409 else f"answer_{answer.status_code}"


def take_out_the_guard() -> None:
    """The mutant: count the live places, remember, then take them; the counter follows without its condition."""
    from encommun.registration.models import Claim, Left, Quota

    seen: dict[int, int] = {}

    def claim(pk: int, places: int, then: Callable[[Left | None], None]) -> None:
        quota = Quota.objects.get(pk=pk)
        counted = Claim.objects.filter(quota=quota, released_at=None).count()
        others = seen.setdefault(pk, counted)  # remembered by this process, as a page kept in memory does
        if others + places > quota.size:
            then(None)
            return
        time.sleep(0.002)  # what a slower page does between looking and taking
        Quota.objects.filter(pk=pk).update(taken=min(others + places, quota.size))
        then(Left(taken=min(others + places, quota.size), size=quota.size, change=places))

    Quota.objects.claim_then = claim  # type: ignore[method-assign]


def _recount(chosen: Any, first: int, last: int, errors: int) -> dict[str, Any]:
    from django.db.models import Count

    from encommun.registration.models import Claim, Quota, Seat, VoucherUse
    from encommun.registration.queries import what_does_not_hold

    quotas = Quota.objects.filter(event_id__gte=first, event_id__lte=last)
    claims = Claim.objects.filter(quota__in=quotas, released_at=None)
    counted = dict(claims.values_list("quota").annotate(n=Count("pk")))
    live = [counted.get(quota.pk, 0) for quota in quotas]
    oversold = sum(max(counted.get(quota.pk, 0) - quota.size, 0) for quota in quotas)
    uses = VoucherUse.objects.filter(voucher__event_id__gte=first, voucher__event_id__lte=last, released_at=None)
    by_code = Counter(uses.values_list("voucher_id", flat=True))
    overused = sum(max(n - chosen.size, 0) for n in by_code.values())
    drift = list(what_does_not_hold())
    return {
        "trial": "oversell",
        "holds": oversold > 0 if chosen.mutant else not (oversold or overused or drift or errors),
        "mutant": chosen.mutant,
        "seed": chosen.seed,
        "attempts": chosen.attempts,
        "processes": chosen.processes,
        "quotas": len(live),
        "places_a_quota": chosen.size,
        "places_taken": sum(live),
        "oversold": oversold,
        "code_uses": by_code.total(),
        "code_overuses": overused,
        "passes_cancelled_alone": Seat.everything.exclude(cancelled_at=None).count(),
        "drift": len(drift),
        "errors": errors,
    }
