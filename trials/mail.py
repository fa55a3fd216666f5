"""2,000 letters to a group, a mail server that fails in every way, and a worker killed 50 times: nothing may be lost.

    python -m trials mail [--letters 2000] [--kills 50] [--postgresql]

Every address gets its letter at least once; each copy of a letter has the same Message-ID; addresses that refuse for good are
marked and delay nobody. The mutant (``--mutant``) notes a letter as sent before it is: the trial must then find letters lost.
The worker's clock is moved on at each start, so that delays between tries need not be waited for.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.postgres import cluster, free_port

ROOT = Path(__file__).resolve().parent.parent

PREPARE = """
import sys, django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from encommun.demo.cast import make_team
from encommun.demo.steps.event import make_event
from encommun.events.queries import actor_of
from encommun.foundation import clock
from encommun.registration.models import Booking
from encommun.correspondence.commands import release_letter, write_group_letter
at = clock.now()
event = make_event(at=at)
aya = actor_of(make_team(event.slug, at=at)["aya"])
many, poisoned = int(sys.argv[1]), int(sys.argv[2])
Booking.objects.bulk_create([
    Booking(event=event, code=f"T{n:06d}", state="confirmed", email=("perdue" if n < poisoned else "x") + f"{n}@essai.example", name=f"Personne {n}",
            total_cents=0, payment_method="free", booked_at=at, confirmed_at=at) for n in range(many)])
letter = write_group_letter(event, segment="buyers", subject={"fr": "Bonjour {nom}"}, body={"fr": "Bonjour {nom},\\n\\n{liens}"}, actor=aya, at=at)
print(release_letter(letter, version=1, actor=aya, at=at))
"""

WORK = """
import sys, django; django.setup()
from datetime import timedelta
from encommun.correspondence.commands import write_to_recipients
from encommun.foundation import clock
from encommun.mailing.commands import send_letters
from encommun.mailing.models import Letter
if {mutant}:
    module = sys.modules["encommun.mailing.commands.send_letters"]
    whole = module._send
    def early(letter, mailer, at):
        letter.state, letter.sent_at = Letter.State.SENT, at
        letter.save(update_fields=["state", "sent_at"])
        return whole(letter, mailer, at)
    module._send = early
shift = timedelta(minutes=int(sys.argv[1]))
while True:
    done = write_to_recipients(at=clock.now() + shift) + send_letters(at=clock.now() + shift)
    if not done and not Letter.objects.filter(state__in=["queued", "sending"]).exists():
        break
    if not done:
        shift += timedelta(minutes=6)
"""

COUNT = """
import json, django; django.setup()
from collections import Counter
from encommun.correspondence.models import Recipient
from encommun.mailing.models import Letter
letters = Letter.objects.filter(kind="correspondence.group_letter")
print(json.dumps({"states": Counter(letters.values_list("state", flat=True)), "unwritten": Recipient.objects.filter(letter=None).count()}))
"""


class Server:
    """A mail server on a bad day."""

    def __init__(self, seed: int) -> None:
        self.received: dict[str, list[str]] = defaultdict(list)
        self.faults: Counter[str] = Counter()
        self.random = random.Random(seed)
        self.is_well = False
        self.worker: subprocess.Popen[bytes] | None = None
        self.strikes_in = 0  # recipients named before the worker is killed, its letter half said; 0: never

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.strikes_in:
            self.strikes_in -= 1
            if not self.strikes_in and self.worker is not None:
                self.worker.kill()
                return "421 4.3.2 Gone"
        if address.startswith("perdue"):
            return "550 5.1.1 No such person"
        if not self.is_well and self.random.random() < 0.02:
            self.faults["450 at RCPT"] += 1
            return "450 4.2.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = re.search(rb"^Message-ID:\s*(<[^>]+>)", envelope.content, re.IGNORECASE | re.MULTILINE)[1].decode()
        fault = self.random.random() if not self.is_well else 1
        if fault < 0.02:
            self.faults["451 at DATA"] += 1
            return "451 4.3.0 Out of room"
        self.received[envelope.rcpt_tos[0]].append(name)
        if fault < 0.03:  # taken, and the line is cut before the answer: the sender cannot know
            self.faults["cut after DATA"] += 1
            server.transport.abort()
            return "250 OK"
        if fault < 0.05:
            self.faults["slow"] += 1
            await asyncio.sleep(0.2)
        return "250 OK"


def run(arguments: list[str]) -> dict[str, object]:
    parser = argparse.ArgumentParser(prog="trials mail")
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--mutant", action="store_true")
    asked = parser.parse_args(arguments)
    poisoned = max(asked.letters // 100, 1)
    with ExitStack() as stack:
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="encommun-mail-"))
        port = free_port()
        environ = {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")} | {
            "ENCOMMUN_DATA": data,
            "ENCOMMUN_DEMO": "yes",
            "ENCOMMUN_MAIL_URL": f"smtp://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "encommun.settings",
        }
        if asked.postgresql:
            environ["ENCOMMUN_DATABASE_URL"] = stack.enter_context(cluster(durable=True))
        server = Server(asked.seed)
        controller = Controller(server, hostname="127.0.0.1", port=port)
        controller.start()
        stack.callback(controller.stop)
        start = time.perf_counter()
        _run([sys.executable, "-c", PREPARE, str(asked.letters), str(poisoned)], environ)
        kills = _work(asked, environ, server)
        counted = json.loads(_run([sys.executable, "-c", COUNT], environ).splitlines()[-1])
    expected = {f"x{n}@essai.example" for n in range(poisoned, asked.letters)}
    lost = expected - set(server.received)
    several_names = [address for address, names in server.received.items() if len(set(names)) > 1]
    ok = not lost and not several_names and counted["states"].get("bounced") == poisoned and not counted["unwritten"]
    ok = ok and counted["states"].get("sent") == len(expected)
    return {
        "letters": asked.letters,
        "database": "PostgreSQL" if asked.postgresql else "SQLite",
        "kills": kills,
        "faults": dict(server.faults),
        "lost": len(lost),
        "second_copies": sum(len(names) - 1 for names in server.received.values()),
        "copies_under_another_number": len(several_names),
        "states": counted["states"],
        "seconds": round(time.perf_counter() - start, 1),
        "holds": ok,
    }


def _work(asked: argparse.Namespace, environ: dict[str, str], server: Server) -> int:
    """Run workers, killing each after a moment, then one to the end on a server that is well again.

    Every other one dies once a letter was taken, before it may note it; the others while a letter is being said.
    """
    chance = random.Random(asked.seed)
    code = WORK.replace("{mutant}", str(asked.mutant))
    kills = 0
    for n in range(asked.kills):
        seen = sum(map(len, server.received.values()))
        worker = subprocess.Popen([sys.executable, "-c", code, str(6 * n)], cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
        wanted = seen + chance.randrange(1, max(2, asked.letters // asked.kills))
        until = time.monotonic() + 60
        server.worker = worker
        if n % 2:
            server.strikes_in, wanted = wanted - seen, asked.letters * 2
        while sum(map(len, server.received.values())) < wanted and worker.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        server.strikes_in = 0
        if worker.poll() is None:
            worker.send_signal(signal.SIGKILL)
        kills += worker.wait() == -signal.SIGKILL
    server.is_well = True
    _run([sys.executable, "-c", code, str(6 * asked.kills + 6)], environ)
    return kills


def _run(command: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout
