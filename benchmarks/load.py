"""A small client: N connections kept open, each sending one call after the other; every answer is read whole and checked.

One thread and raw sockets, as the client shares the processors with what it measures: a call costs it a tenth of a
millisecond, a thread of ``http.client`` a whole one.
"""

import json
import selectors
import socket
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

type Call = tuple[str, dict[str, object], dict[str, str]]  # path, body, headers

SILENCE = 30.0  # seconds without any answer, after which the run ends


class _Connection:
    """One client: what it asked last, when, and what came so far."""

    def __init__(self, host: str, number: int) -> None:
        name, port = host.rsplit(":", 1)
        self.socket = socket.create_connection((name, int(port)), timeout=SILENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host, self.next, self.came, self.began = host, number, b"", 0.0

    def ask(self, call: Call) -> None:
        path, body, headers = call
        data = json.dumps(body).encode()
        lines = [f"POST {path} HTTP/1.1", f"Host: {self.host}", "Content-Type: application/json", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.came, self.began = b"", time.perf_counter()
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + data)

    def answer(self) -> tuple[int, bytes] | None:
        """Status and body, once the whole of it is there."""
        piece = self.socket.recv(65536)
        if not piece:
            raise SystemExit("The server closed a connection.")
        self.came += piece
        head, end, body = self.came.partition(b"\r\n\r\n")
        if not end:
            return None
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:")
        return (int(head[9:12]), body) if len(body) >= length else None


def send(
    url: str,
    clients: int,
    seconds: float,
    make: Callable[[int], Call],
    expected: set[int],
    check: Callable[[dict[str, object]], bool] = bool,
) -> dict[str, object]:
    """Calls a second, and how long they took; any other answer than those expected ends the run.

    Args:
        check: whether the body of an answer, read as JSON, is what was to come; one answer in ten is looked at.
    """
    times: list[float] = []
    found = selectors.DefaultSelector()
    start = time.perf_counter()
    for number in range(clients):
        one = _Connection(urlsplit(url).netloc, number)
        found.register(one.socket, selectors.EVENT_READ, one)
        one.ask(make(number))
    working = clients
    while working:
        ready = found.select(SILENCE)
        if not ready:
            raise SystemExit(f"No answer in {SILENCE} s.")
        for key, _events in ready:
            one = key.data
            if (answered := one.answer()) is None:
                continue
            now = time.perf_counter()
            times.append(now - one.began)
            status, body = answered
            if status not in expected or (len(times) % 10 == 0 and not check(json.loads(body))):
                raise SystemExit(f"Unexpected answer: {status} {body[:300]!r}")
            if now - start < seconds:
                one.next += clients
                one.ask(make(one.next))
            else:
                found.unregister(one.socket)
                one.socket.close()
                working -= 1
    spent = time.perf_counter() - start
    ordered = sorted(times)
    return {
        "clients": clients,
        "per_second": round(len(times) / spent, 1),
        "p50_ms": round(statistics.median(ordered) * 1000, 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "calls": len(times),
    }
