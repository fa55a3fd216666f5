"""Requests a second of public pages, against a function that answers as many constant bytes on the same server."""

import re
import shutil
import statistics
import subprocess
import urllib.request

from benchmarks.instance import instance, serving, wait_for
from tests.postgres import free_port

TARGET = 0.5
THREADS, CONNECTIONS, SECONDS, ROUNDS = 4, 8, 3, 5


def measure() -> dict[str, object]:
    if shutil.which("wrk") is None:
        raise SystemExit("This benchmark needs wrk: «apt install wrk».")
    with instance(threads=THREADS) as served:
        event = f"{served.url}/nec-2018"
        pages = {"home": f"{event}/", "programme": f"{event}/programme/", "session": f"{event}/seances/{served.made['session']}/"}
        found = {name: compare(url, served.environ) for name, url in pages.items()}
    return {"pages": found, "target": TARGET, "ok": all(one["ratio"] >= TARGET for one in found.values())}


def compare(url: str, environ: dict[str, str]) -> dict[str, object]:
    size = len(fetch(url))
    port = free_port()
    with serving(["-m", "benchmarks.constant", str(port), str(THREADS)], environ | {"CONSTANT_BYTES": str(size)}):
        plain = f"http://127.0.0.1:{port}/"
        wait_for(plain)
        rates: dict[str, list[float]] = {"page": [], "constant": []}
        for _round in range(ROUNDS):  # one after the other, so that both meet the same noise
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
