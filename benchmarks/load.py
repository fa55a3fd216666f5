"""A small client: N connections kept open, each sending one call after the other."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

type Call = tuple[str, dict[str, object], dict[str, str]]  # path, body, headers


def send(url: str, clients: int, seconds: float, make: Callable[[int], Call], expected: set[int]) -> dict[str, object]:
    """Calls a second, and how long they took; any other answer than those expected ends the run."""
    host = urlsplit(url).netloc
    times: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        own, n = [], number
        while time.perf_counter() < until and not wrong:
            path, body, headers = make(n)
            data = json.dumps(body)
            start = time.perf_counter()
            connection.request("POST", path, data, headers | {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            own.append(time.perf_counter() - start)
            if answer.status not in expected:
                wrong.append(f"{answer.status} {text[:300]!r}")
            n += clients
        times.extend(own)

    start = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"Unexpected answer: {wrong[0]}")
    spent = time.perf_counter() - start
    ordered = sorted(times)
    return {
        "clients": clients,
        "per_second": round(len(times) / spent, 1),
        "p50_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "calls": len(times),
    }
