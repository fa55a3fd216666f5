"""Complete bookings a second through the API: held places, rows, journal, answer; durable commits."""

import re
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks.instance import Instance, instance
from benchmarks.load import Call, send
from tests.postgres import find_binaries

TARGET = 200
SECONDS = 8


def measure() -> dict[str, object]:
    with instance(workers=2, threads=2) as served:
        inserts = pgbench(served)

        def make(_n: int) -> Call:
            body = {
                "buyer_name": "Chloé Martin",
                "email": "chloe@association.example",
                "payment_method": "transfer",
                "seats": [{"pass_type": served.made["pass"]}],
            }
            headers = {"Authorization": f"Bearer {served.made['secret']}", "Idempotency-Key": str(uuid4())}
            return "/api/v1/events/nec-2018/bookings", body, headers

        send(served.url, 2, 2, make, {201})
        found = [send(served.url, clients, SECONDS, make, {201}) for clients in (1, 4, 16)]
        served.shell("from encommun.registration.queries import what_does_not_hold\nassert list(what_does_not_hold()) == []")
    best = max(one["per_second"] for one in found)
    return {
        "bookings": found,
        "pgbench_inserts_per_second": inserts,
        "ratio": round(best / inserts, 2) if inserts else None,
        "target": TARGET,
        "ok": best >= TARGET,
    }


def pgbench(served: Instance) -> float | None:
    """The same machine's yardstick: transactions of one INSERT, 4 clients."""
    tool = find_binaries() / "pgbench"
    if not tool.exists():
        return None
    url = urlsplit(served.database)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text("INSERT INTO bench_rows (words) VALUES (md5(random()::text));\n")
        served.shell(
            "from django.db import connection\n"
            "connection.cursor().execute('CREATE TABLE bench_rows (id bigserial PRIMARY KEY, words text)')"
        )
        address = ["-h", url.hostname, "-p", str(url.port), "-U", url.username]
        done = subprocess.run(
            [tool, "-n", "-c4", "-j2", "-T5", "-f", script, *address, "encommun"], capture_output=True, text=True, check=True
        )
    return round(float(re.search(r"tps = ([\d.]+)", done.stdout)[1]), 1)
