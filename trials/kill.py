"""Nothing lost by kill -9: web, worker and PostgreSQL die at named points while people book and pay; each retries until answered.

People send their order with its key until it is answered, pay on the double of the card service, and open the return page until it
says that the booking is confirmed. Afterwards: every order that was answered is there, once; what was said to be confirmed is; the
ledger is the provider's book; and the first success came within ten seconds of each kill.

``--postgresql`` runs on a cluster of the trial's own, which is killed too; without it: SQLite in a temporary folder.
``--mutant`` forgets the keys of orders: the same run must then book some of them twice.
"""

import argparse
import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
Granian("trials.kill_wsgi:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, workers=2,
        blocking_threads=2, websockets=False, log_level="error", respawn_failed_workers=True, respawn_interval=0.2).serve()
"""
WORK = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
import django
django.setup()
from trials.kill_points import OF_THE_WORKER, arm
arm(OF_THE_WORKER)
from encommun.reactions.worker import run_until_told
run_until_told()
"""
PATIENCE = 60  # seconds that somebody retries


def run(arguments: list[str]) -> dict[str, Any]:
    """Start everything, kill, recount."""
    parser = argparse.ArgumentParser(prog="python -m trials kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--mutant", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as data, _database(chosen.postgresql) as database:
        town = Town(Path(data), database, chosen)
        try:
            town.start()
            for n in range(chosen.rounds):
                town.round(n)
            return town.recount()
        finally:
            town.stop()


@contextlib.contextmanager
def _database(wanted: bool) -> Iterator["Postgres | None"]:
    if not wanted:
        yield None
        return
    cluster = Postgres()
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.end()


class Postgres:
    """A cluster of the trial's own, a direct child: killed with -9 and started again. Commits are durable, as in production."""

    def __init__(self) -> None:
        self.binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="encommun-kill-"))
        self.port = _free_port()
        self.user: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        initdb = [self.binaries / "initdb", "-D", self.folder / "data", "-U", "encommun", "-A", "trust", "-E", "UTF8"]
        subprocess.run(initdb, check=True, capture_output=True, env=self.env, cwd=self.folder, **self.user)

    @property
    def url(self) -> str:
        return f"postgresql://encommun@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        command = [self.binaries / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=self.env, cwd=self.folder, **quiet, **self.user)
        for _n in range(300):
            ready = [self.binaries / "pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q"]
            if subprocess.run(ready, check=False, env=self.env).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        time.sleep(0.3)  # its children see that it is gone
        for _n in range(50):
            with contextlib.suppress(RuntimeError):
                return self.start()

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


class Town:
    """The processes, the people, and what they were told."""

    def __init__(self, data: Path, database: Postgres | None, chosen: Any) -> None:
        from encommun.demo.card_double import Double

        self.data, self.database, self.chosen = data, database, chosen
        self.chance, self.port = random.Random(chosen.seed), _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.double = Double(0, notify=f"{self.base}/paiement/carte/avis/", secret="whsec_trial")
        self.armed = data / "armed"
        self.armed.mkdir()
        self.told: dict[str, str] = {}  # key -> code that was answered
        self.sent: set[str] = set()  # keys that were sent, answered or not
        self.confirmed: set[str] = set()
        self.recoveries: list[float] = []
        self.kills: list[str] = []
        self.failures: list[str] = []

    def start(self) -> None:
        os.environ |= {
            "ENCOMMUN_DATA": str(self.data),
            "ENCOMMUN_DATABASE_URL": self.database.url if self.database else "",
            "ENCOMMUN_BASE_URL": self.base,
            "ENCOMMUN_DEMO": "yes",
            "ENCOMMUN_PROXIES": "1",
            "ENCOMMUN_CARD_SECRET_KEY": "sk_test_trial",
            "ENCOMMUN_CARD_WEBHOOK_SECRET": "whsec_trial",
            "ENCOMMUN_CARD_API_BASE": self.double.address,
            "TRIAL_KILL_FOLDER": str(self.armed),
            "TRIAL_MUTANT": "yes" if self.chosen.mutant else "",
        }
        threading.Thread(target=self.double.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        subprocess.run([sys.executable, "-m", "encommun", "migrate"], check=True)
        _open_a_sale()
        self.web = subprocess.Popen([sys.executable, "-c", SERVE, str(self.port)])
        self.worker = subprocess.Popen([sys.executable, "-c", WORK])
        self._until(lambda: self._get("/sante/").status_code == 200)

    def stop(self) -> None:
        for process in (self.web, self.worker):
            process.terminate()
        for process in (self.web, self.worker):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()

    def round(self, n: int) -> None:
        """One kill while two people buy."""
        from trials.kill_points import OF_THE_WORKER, WEB, file_of

        points = [*WEB, *OF_THE_WORKER, *(["PostgreSQL"] if self.database else [])]
        point = points[n % len(points)]
        if point != "PostgreSQL":
            (self.armed / file_of(point)).touch()
        people = [threading.Thread(target=self._person, args=[random.Random(f"{self.chosen.seed}-{n}-{i}")]) for i in range(2)]
        begun = time.monotonic()
        for person in people:
            person.start()
        if point == "PostgreSQL" and self.database:
            time.sleep(self.chance.random())
            self.database.kill()
            begun = time.monotonic()
        before = len(self.recoveries)
        for person in people:
            while person.is_alive():
                person.join(0.2)
                self._keep_the_worker()
        self.kills.append(point)
        if len(self.recoveries) == before:
            self.failures.append(f"{point}: nobody was served again")
        elif point == "PostgreSQL":
            self.recoveries[-1] = min(self.recoveries[-1], time.monotonic() - begun)

    def _keep_the_worker(self) -> None:
        if self.worker.poll() is not None:
            self.worker = subprocess.Popen([sys.executable, "-c", WORK])

    def _person(self, chance: random.Random) -> None:
        """Book and pay, trying again whatever happens, as somebody does whose page does not load."""
        import requests

        try:
            key, session = str(uuid.UUID(int=chance.getrandbits(128), version=4)), requests.Session()
            session.headers["X-Forwarded-For"] = ".".join(str(chance.randint(1, 250)) for _n in range(4))
            seat = {"pass_type": "deux-jours"}
            asked = {"buyer_name": "Une personne", "email": "u@p.example", "payment_method": "card", "seats": [seat]}
            self.sent.add(key)
            answer = self._retried(lambda: self._book(session, key, asked))
            self.told[key] = answer["code"]
            page = self._retried(lambda: self._page(session, answer))
            self._retried(lambda: requests.post(f"{page}/pay", timeout=10, allow_redirects=False).status_code in (303, 409))
            self._retried(lambda: self._is_confirmed(session, answer))
            self.confirmed.add(answer["code"])
        except Exception as error:
            self.failures.append(f"{type(error).__name__}: {error}"[:200])

    def _retried(self, act: Any) -> Any:
        """Try until it works; how long it failed is a recovery."""
        begun, failed = time.monotonic(), 0.0
        while time.monotonic() - begun < PATIENCE:
            with contextlib.suppress(Exception):
                if done := act():
                    self.recoveries.append(time.monotonic() - failed if failed else 0.0)
                    return done
            failed = failed or time.monotonic()
            time.sleep(0.1)
        raise RuntimeError("never served again")

    def _book(self, session: Any, key: str, asked: dict[str, Any]) -> Any:
        address = f"{self.base}/api/v1/events/trial-of-kills/bookings"
        answer = session.post(address, json=asked, headers={"Idempotency-Key": key}, timeout=10)
        return answer.json() if answer.status_code in (200, 201) else None

    def _page(self, session: Any, answer: dict[str, Any]) -> str | None:
        session.get(answer["link"], timeout=10)
        where = f"{self.base}/trial-of-kills/inscriptions/{answer['code']}/payer/"
        to = session.get(where, timeout=10, allow_redirects=False).headers.get("Location", "")
        return to if to.startswith(self.double.address) else None

    def _is_confirmed(self, session: Any, answer: dict[str, Any]) -> bool:
        where = f"{self.base}/trial-of-kills/inscriptions/{answer['code']}"
        session.get(f"{where}/retour/", timeout=10)
        return "est confirmée" in session.get(f"{where}/", timeout=10).text

    def _get(self, path: str) -> Any:
        import requests

        return requests.get(self.base + path, timeout=5)

    def _until(self, holds: Any, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(Exception):
                if holds():
                    return
            time.sleep(0.2)
        raise RuntimeError("not in time")

    def recount(self) -> dict[str, Any]:
        """What is there, against what people were told."""
        from django.db import connection

        from encommun.journal.models import Entry

        connection.close()
        self._until(lambda: self._keep_the_worker() or not Entry.objects.filter(reacted_at=None).exists())
        from django.db.models import Sum

        from encommun.payment.models import LedgerEntry, Payment
        from encommun.payment.queries import what_does_not_hold as money
        from encommun.registration.models import Booking
        from encommun.registration.queries import what_does_not_hold as places

        codes = set(Booking.objects.values_list("code", flat=True))
        lost = [code for code in self.told.values() if code not in codes]
        doubled = len(codes) - len(self.sent)
        unconfirmed = self.confirmed - set(Booking.objects.filter(state="confirmed").values_list("code", flat=True))
        ours = int(LedgerEntry.objects.filter(kind="received").aggregate(cents=Sum("amount_cents", default=0))["cents"])
        theirs = sum(page["amount_total"] for page in self.double.book.sessions.values() if page["payment_status"] == "paid")
        drift = [*money(), *places()]
        slowest = max(self.recoveries, default=0.0)
        wrong = bool(lost or unconfirmed or drift or self.failures) or ours != theirs or slowest > 10
        return {
            "trial": "kill",
            "holds": doubled > 0 if self.chosen.mutant else not wrong and doubled <= 0,
            "mutant": self.chosen.mutant,
            "database": "PostgreSQL" if self.database else "SQLite",
            "seed": self.chosen.seed,
            "kills": len(self.kills),
            "points": sorted(set(self.kills)),
            "orders": len(self.sent),
            "answered": len(self.told),
            "confirmed_by_answer": len(self.confirmed),
            "lost": len(lost),
            "confirmed_and_lost": len(unconfirmed),
            "doubled": max(doubled, 0),
            "payments": Payment.objects.count(),
            "cents": {"provider": theirs, "ledger": ours},
            "slowest_recovery_seconds": round(slowest, 2),
            "drift": drift[:5],
            "failures": self.failures[:5],
        }


def _open_a_sale() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
    import django

    django.setup()
    from encommun.demo.steps.registration import PASSES
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM
    from encommun.registration.commands import offer_passes

    at = clock.now()
    days = {"starts_on": (at + timedelta(days=60)).date(), "ends_on": (at + timedelta(days=61)).date()}
    event = Event.objects.create(
        slug="trial-of-kills", acronym="trial", name="Trial", contact_email="a@b.example", is_public=True, **days
    )
    sale = {"on_sale_from": at - timedelta(days=1), "on_sale_until": at + timedelta(days=50)}
    offer_passes(event, passes=PASSES, places_a_day=10_000, **sale, actor=SYSTEM, at=at)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
