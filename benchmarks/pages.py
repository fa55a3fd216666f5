"""Requests a second of public pages, against a function that answers as many constant bytes on the same server.

The gathering has 800 sessions. Publishing its next version is timed while a reader asks for the programme again and again; then once
more with ten times the sessions, by the session.
"""

import json
import re
import shutil
import statistics
import subprocess
import threading
import time
import urllib.request

from benchmarks.instance import instance, serving, wait_for
from tests.postgres import free_port

TARGET, MOST_SECONDS, MOST_TIMES = 0.6, 3.0, 2.0
SESSIONS = 800
THREADS, CONNECTIONS, SECONDS, ROUNDS = 4, 8, 3, 5


FILL = """
import json, time
from benchmarks.many import fill
from django.db import transaction
from encommun.events.models import Event
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.programme.commands import publish_programme
event = Event.objects.get(slug="nec-2018")
with transaction.atomic():
    fill(event, {count}, at=clock.now())
start = time.perf_counter()
version = publish_programme(event, actor=SYSTEM, at=clock.now())
print(json.dumps({"seconds": time.perf_counter() - start, "sessions": len(version.content["sessions"])}))
"""
NEXT = """
import json, time
from encommun.events.models import Event
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.programme.commands import publish_programme
from encommun.programme.models import Session
event = Event.objects.get(slug="nec-2018")
for one in Session.objects.filter(event=event, state="confirmed")[:5]:
    one.title += " !"
    one.save(update_fields=["title"])
start = time.perf_counter()
version = publish_programme(event, actor=SYSTEM, at=clock.now())
print(json.dumps({"seconds": time.perf_counter() - start, "number": version.number}))
"""


def measure() -> dict[str, object]:
    if shutil.which("wrk") is None:
        raise SystemExit("This benchmark needs wrk: «apt install wrk».")
    with instance(workers=1, threads=THREADS) as served:
        few = json.loads(served.shell(FILL.replace("{count}", str(SESSIONS))).splitlines()[-1])
        event = f"{served.url}/nec-2018"
        pages = {"home": f"{event}/", "programme": f"{event}/programme/", "session": f"{event}/seances/{served.made['session']}/"}
        pages |= {name: f"{event}/programme.{name}" for name in ("ics", "xml", "json")}
        found = {name: compare(url, served.environ) for name, url in pages.items()}
        waits = Waits(f"{event}/programme/")
        following = json.loads(served.shell(NEXT).splitlines()[-1])
        time.sleep(5)
        longest = waits.end()
        many = json.loads(served.shell(FILL.replace("{count}", str(10 * SESSIONS))).splitlines()[-1])
        again = json.loads(served.shell(NEXT).splitlines()[-1])
        large = {name: compare(pages[name], served.environ, rounds=3) for name in ("programme", "session", "xml")}
    first = (many["seconds"] / many["sessions"]) / (few["seconds"] / few["sessions"])
    later = (again["seconds"] / many["sessions"]) / (following["seconds"] / few["sessions"])
    times = max(first, later)
    fast = all(one["ratio"] >= TARGET for one in (*found.values(), *large.values()))
    return {
        "sessions": few["sessions"],
        "pages": found,
        "pages_among_ten_times_as_many_sessions": large,
        "seconds_to_publish_the_next_version": round(following["seconds"], 2),
        "seconds_to_publish_the_next_version_of_ten_times_as_many": round(again["seconds"], 2),
        "longest_wait_of_a_reader_meanwhile_ms": round(longest * 1000),
        "publishing_a_session_among_ten_times_as_many_takes_times": round(times, 2),
        "target": {"ratio": TARGET, "seconds": MOST_SECONDS, "times": MOST_TIMES},
        "ok": fast and following["seconds"] <= MOST_SECONDS and times <= MOST_TIMES,
    }


class Waits:
    """A reader who asks for a page all the time; how long she waited at most."""

    def __init__(self, url: str) -> None:
        self.url, self.longest, self.goes_on = url, 0.0, True
        fetch(url)
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self) -> None:
        while self.goes_on:
            start = time.perf_counter()
            fetch(self.url)
            self.longest = max(self.longest, time.perf_counter() - start)
            time.sleep(0.05)

    def end(self) -> float:
        self.goes_on = False
        self.thread.join()
        return self.longest


def compare(url: str, environ: dict[str, str], *, rounds: int = ROUNDS) -> dict[str, object]:
    size = len(fetch(url))
    port = free_port()
    with serving(["-m", "benchmarks.constant", str(port), str(THREADS)], environ | {"CONSTANT_BYTES": str(size)}):
        plain = f"http://127.0.0.1:{port}/"
        wait_for(plain)
        rates: dict[str, list[float]] = {"page": [], "constant": []}
        for _round in range(rounds):  # one after the other, so that both meet the same noise
            rates["page"].append(rate(url))
            rates["constant"].append(rate(plain))
    page, constant = (statistics.median(rates[name]) for name in ("page", "constant"))
    ratios = [one / other for one, other in zip(rates["page"], rates["constant"], strict=True)]
    return {
        "compressed_bytes": size,
        "requests_per_second": round(page),
        "constant_per_second": round(constant),
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(one, 2) for one in ratios],
    }


def fetch(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    return urllib.request.urlopen(asked).read()


def rate(url: str) -> float:
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: br", url],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"{url}: not every answer was 200\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
