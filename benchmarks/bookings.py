"""Complete bookings a second through the API: held places, rows, journal, answer; durable commits.

Beside them, on the same PostgreSQL: pgbench transactions that write as many rows, bookings spread over many gatherings
(so many quotas) against all on one, and the treasurer's list of 1,000 and of 10,000 bookings.
"""

import http.client
import json
import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.instance import Instance, instance
from benchmarks.load import Call, send
from benchmarks.purchase import MOST_BY_HAND, MOST_MS, card_provider, purchases
from tests.postgres import find_binaries

TARGET, RATIO, ONE_OF_MANY, LIST_TIMES = 200, 0.2, 0.8, 1.5
#: Bookings a second of the peer pretix with 1 and 16 clients on two such cores (docs/reference/benchmarks.md), and how many times we want.
PEER, PEER_TIMES = {1: 8.4, 16: 11.7}, 25
SECONDS = 8
GATHERINGS = 16

#: A booking of one pass for two days: the key of the call, booking, seat, journal, two claims; then the answer and two quotas.
YARDSTICK = """\\set quota random(1, 100)
BEGIN;
INSERT INTO bench_rows (words) VALUES (md5(random()::text));
INSERT INTO bench_rows (words) VALUES (md5(random()::text));
INSERT INTO bench_rows (words) VALUES (md5(random()::text));
INSERT INTO bench_rows (words) VALUES (md5(random()::text)), (md5(random()::text));
INSERT INTO bench_rows (words) VALUES (md5(random()::text)) RETURNING id AS answered \\gset
UPDATE bench_quotas SET taken = taken + 1 WHERE id = :quota;
UPDATE bench_quotas SET taken = taken + 1 WHERE id = :quota + 100;
UPDATE bench_rows SET words = 'answer' WHERE id = :answered;
COMMIT;
"""
TABLES = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE bench_rows (id bigserial PRIMARY KEY, words text)")
    cursor.execute("CREATE TABLE bench_quotas (id int PRIMARY KEY, taken int)")
    cursor.execute("INSERT INTO bench_quotas SELECT n, 0 FROM generate_series(1, 200) n")
"""
MANY = f"""
import json
from datetime import date, timedelta
from encommun.demo.steps.registration import PASSES
from encommun.events.commands import make_token
from encommun.events.models import Event
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.registration.commands import offer_passes
at, made = clock.now(), []
for n in range({GATHERINGS}):
    event = Event.objects.create(slug=f"g-{{n}}", acronym="g", name="g", contact_email="a@b.example", starts_on=date(2018, 9, 13), ends_on=date(2018, 9, 14))
    kinds = offer_passes(event, passes=PASSES, places_a_day=1000000, on_sale_from=at - timedelta(days=1), on_sale_until=at + timedelta(days=9), actor=SYSTEM, at=at)
    _key, secret = make_token(event, name="benchmarks", role="registration", days=2, actor=SYSTEM, at=at)
    made.append([event.slug, secret, kinds[1].slug])
print(json.dumps(made))
"""
FILL = """
from django.db import connection, transaction
from encommun.events.models import Event
from encommun.foundation import clock
from encommun.foundation.actor import VISITOR
from encommun.registration.commands import SeatWish, book_passes
from encommun.registration.models import Booking
event, at = Event.objects.get(slug="nec-2018"), clock.now()
asked = {"payment_method": "transfer", "language": "fr", "actor": VISITOR, "at": at}
n = Booking.objects.filter(event=event).count()
while n < MANY:
    with transaction.atomic():
        for n in range(n, min(n + 500, MANY)):
            book_passes(event, buyer_name=f"Personne {n}", email=f"p{n}@x.example", seats=[SeatWish(pass_type="deux-jours")], **asked)
    n += 1
with connection.cursor() as cursor:
    cursor.execute("VACUUM ANALYZE")  # as it would be after so many bookings, had they come over weeks
"""
SESSION = """
from django.conf import settings
from django.test import Client
from encommun.demo.cast import CAST
from encommun.people.models import Account
settings.ALLOWED_HOSTS = ["*"]
client = Client()
client.force_login(Account.objects.get(email=CAST["farid"].email))
print(client.cookies[settings.SESSION_COOKIE_NAME].output(header="").strip().partition(";")[0])
"""


def measure() -> dict[str, object]:
    with card_provider() as (double, settings), instance(settings=settings) as served:
        double.notify = f"{served.url}/paiement/carte/avis/"
        lists = listing(served)
        served.shell(TABLES)
        yardsticks = [pgbench(served)]
        one = call_of("nec-2018", served.made["secret"], served.made["pass"])
        ask(served, 2, 2, one)
        found = [ask(served, clients, SECONDS, one) for clients in (1, 4, 16)]
        calls = [call_of(*made) for made in json.loads(served.shell(MANY).splitlines()[-1])]
        spread = send(served.url, 16, SECONDS, lambda n: calls[n % len(calls)](), {201}, is_held)
        again = ask(served, 16, SECONDS, calls[0])
        yardsticks.append(pgbench(served))
        web = purchases(served.url)
        served.shell("from encommun.registration.queries import what_does_not_hold\nassert list(what_does_not_hold()) == []")
    best = max(one["per_second"] for one in found)
    measured = [one for one in yardsticks if one]
    yardstick = round(statistics.mean(measured), 1) if measured else None
    ratio = round(spread["per_second"] / yardstick, 2) if yardstick else None  # both take places of many quotas
    times = {one["clients"]: round(one["per_second"] / PEER[one["clients"]], 1) for one in found if one["clients"] in PEER}
    share = round(again["per_second"] / spread["per_second"], 2)
    return {
        "bookings": found,
        "sixteen_clients_on_many_quotas": spread,
        "sixteen_clients_on_one_quota_again": again,
        "one_quota_of_many": share,
        "pgbench_transactions_of_as_many_rows_per_second": yardstick,
        "ratio": ratio,
        "times_the_peer_pretix_by_clients": times,
        "list": lists,
        "purchase_on_the_web": web,
        "target": {
            "per_second": TARGET,
            "ratio": RATIO,
            "times_the_peer": PEER_TIMES,
            "one_quota_of_many": ONE_OF_MANY,
            "list_times": LIST_TIMES,
            "by_hand": MOST_BY_HAND,
            "server_ms_in_all": MOST_MS,
        },
        "ok": best >= TARGET
        and (ratio is None or ratio >= RATIO)
        and min(times.values()) >= PEER_TIMES
        and share >= ONE_OF_MANY
        and lists["times"] <= LIST_TIMES
        and web["requests_by_hand"] <= MOST_BY_HAND
        and web["server_ms_in_all"] <= MOST_MS,
    }


def ask(served: Instance, clients: int, seconds: float, one: Callable[[], Call]) -> dict[str, object]:
    """The same booking again and again, by so many clients; and the processor's time that each took of the server and the database."""
    before = served.spent()
    found = send(served.url, clients, seconds, lambda _n: one(), {201}, is_held)
    return found | {"cpu_ms_a_booking": round((served.spent() - before) / found["calls"] * 1000, 2)}


def is_held(answer: dict[str, object]) -> bool:
    """Whether an answer is that of a booking whose place is kept."""
    return answer["state"] == "held" and answer["total_cents"] == 6000 and len(answer["seats"]) == 1


def call_of(event: str, secret: str, pass_type: str) -> Callable[[], Call]:
    """Makes one booking's call, each with a key of its own."""
    body = {
        "buyer_name": "Chloé Martin",
        "email": "chloe@association.example",
        "payment_method": "transfer",
        "seats": [{"pass_type": pass_type}],
    }

    def call() -> Call:
        return f"/api/v1/events/{event}/bookings", body, {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid4())}

    return call


def listing(served: Instance) -> dict[str, float]:
    """The team's list of bookings, as its page is asked by a browser: p95 of 1,000 bookings and of 10,000, in milliseconds."""
    cookie, found = served.shell(SESSION).splitlines()[-1], {}
    for many in (1000, 10000):
        served.shell(FILL.replace("MANY", str(many)))
        times = sorted(_seconds(served.url, f"/nec-2018/organisation/inscriptions/?page={n % 5 + 1}", cookie) for n in range(60))
        found[f"p95_ms_of_{many}"] = round(times[56] * 1000, 1)
        found[f"p50_ms_of_{many}"] = round(statistics.median(times) * 1000, 1)
    return found | {"times": round(found["p95_ms_of_10000"] / found["p95_ms_of_1000"], 2)}


def _seconds(url: str, path: str, cookie: str) -> float:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    start = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 or b"<table" not in body:
        raise SystemExit(f"{path} answered {answer.status}")
    return time.perf_counter() - start


def pgbench(served: Instance) -> float | None:
    """The same machine's yardstick: transactions that write as many rows, 4 clients."""
    tool = find_binaries() / "pgbench"
    if not tool.exists():
        return None
    url = urlsplit(served.database)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "rows.sql"
        script.write_text(YARDSTICK)
        address = ["-h", url.hostname, "-p", str(url.port), "-U", url.username]
        done = subprocess.run(
            [tool, "-n", "-c4", "-j2", "-T6", "-f", script, *address, "encommun"], capture_output=True, text=True, check=True
        )
    return round(float(re.search(r"tps = ([\d.]+)", done.stdout)[1]), 1)
