"""A real instance: the demo's data on a durable PostgreSQL, served by ``encommun serve``."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import cluster, free_port

ROOT = Path(__file__).resolve().parent.parent

DAY = "2018-07-02"  # passes are on sale

PREPARE = """
import django; django.setup()
import json
from django.db import transaction
from encommun.demo.build import build
from encommun.events.commands import make_token
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.programme.queries import latest_version
from encommun.registration.models import Quota
at = clock.now()
with transaction.atomic():
    event = build(at=at)
    Quota.objects.filter(event=event).update(size=1000000)
    _key, secret = make_token(event, name="benchmarks", role="registration", days=90, actor=SYSTEM, at=at)
session = next(one["code"] for one in latest_version(event).content["sessions"])
print(json.dumps({"secret": secret, "session": session, "pass": event.pass_types.get(slug="deux-jours").slug}))
"""


@dataclass
class Instance:
    """A running instance and what was made in it."""

    url: str
    database: str
    environ: dict[str, str]
    made: dict[str, str]
    server: subprocess.Popen

    def spent(self) -> float:
        """Seconds of processor that the server and the database took so far."""
        return sum(_spent(pid) for pid in family(os.getpid())[1:])

    def shell(self, code: str) -> str:
        """Run Python code in the instance."""
        return run([sys.executable, "-c", "import django; django.setup()\n" + code], self.environ)


def family(pid: int) -> list[int]:
    """The process and all those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def _spent(pid: int) -> float:
    """Seconds of processor of a process, and of those it started that have ended."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, facts[11:15])) / os.sysconf("SC_CLK_TCK")


def run(command: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)[:200]} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def wait_for(url: str, seconds: float = 30) -> float:
    """Seconds until the first answer."""
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        try:
            urllib.request.urlopen(url, timeout=2).read()
            return time.perf_counter() - start
        except OSError:
            time.sleep(0.01)
    raise SystemExit(f"{url} did not answer in {seconds} s")


@contextmanager
def instance(
    *, workers: int | None = None, threads: int | None = None, plays: str = DAY, settings: Mapping[str, str] | None = None
) -> Iterator[Instance]:
    """Serve the demo's data.

    Args:
        workers, threads: those of ``encommun serve``, its own choice when not given.
        plays: the day that the server plays, which may be later than that of ``shell``.
        settings: more of the instance's settings.
    """
    with cluster(durable=True) as database, tempfile.TemporaryDirectory(prefix="encommun-bench-") as data:
        port = free_port()
        environ = {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")} | {
            "ENCOMMUN_DATA": data,
            "ENCOMMUN_DATABASE_URL": database,
            "ENCOMMUN_BASE_URL": f"http://127.0.0.1:{port}",
            "ENCOMMUN_TODAY": DAY,
            "DJANGO_SETTINGS_MODULE": "encommun.settings",
            **(settings or {}),
        }
        run([sys.executable, "-m", "encommun", "migrate"], environ)
        made = json.loads(run([sys.executable, "-c", PREPARE], environ).splitlines()[-1])
        chosen = [word for name, many in (("--workers", workers), ("--threads", threads)) if many for word in (name, str(many))]
        with serving(
            ["-m", "encommun", "serve", "--port", str(port), *chosen],
            environ | {"ENCOMMUN_TODAY": plays},
        ) as server:
            wait_for(f"http://127.0.0.1:{port}/sante/")
            yield Instance(f"http://127.0.0.1:{port}", database, environ, made, server)


@contextmanager
def serving(arguments: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A Python process in the background, stopped at the end."""
    server = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield server
    finally:
        server.terminate()
        server.wait(20)
