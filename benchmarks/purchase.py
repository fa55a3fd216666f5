"""A purchase on the web, from the page of passes to the confirmation, as a browser without JavaScript does it; paid by card.

What is counted: the requests that somebody makes by hand, and the time that our server takes for them and for the redirects
between, the calls of the payment provider's double among them.
"""

import http.client
import re
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from encommun.demo.card_double import Double

MOST_BY_HAND, MOST_MS = 4, 150
SECRET = "whsec_of_the_benchmark"
PURCHASES = 30
PASSES = "/nec-2018/inscriptions/"
TYPED = {
    "name": "Chloé Martin",
    "email": "chloe@association.example",
    "payment_method": "card",
    "pass1-choice": "deux-jours",
    "pass1-holder_name": "Chloé Martin",
    "places": "1",
}


@contextmanager
def card_provider() -> Iterator[tuple[Double, dict[str, str]]]:
    """The provider's double, and the settings of an instance that uses it."""
    double = Double(0, notify="http://127.0.0.1:9/", secret=SECRET)
    thread = threading.Thread(target=double.serve_forever, daemon=True)
    thread.start()
    try:
        yield (
            double,
            {
                "ENCOMMUN_CARD_SECRET_KEY": "sk_test_of_the_benchmark",
                "ENCOMMUN_CARD_WEBHOOK_SECRET": SECRET,
                "ENCOMMUN_CARD_API_BASE": double.address,
                "ENCOMMUN_CARD_PAGE_ORIGIN": double.address,
            },
        )
    finally:
        double.shutdown()
        double.server_close()
        thread.join(5)


class Browser:
    """Keeps cookies, follows redirects inside the site, adds up how long our server took."""

    def __init__(self, url: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self.cookies: dict[str, str] = {}
        self.by_hand, self.seconds = 0, 0.0

    def goes(self, path: str, typed: dict[str, str] | None = None) -> str:
        """Something done by hand: the last page, or the address of another site."""
        self.by_hand += 1
        while True:
            location, page = self._ask(path, typed)
            if location is None:
                return page
            if location.startswith("http"):
                return location
            path, typed = location, None

    def _ask(self, path: str, typed: dict[str, str] | None) -> tuple[str | None, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if typed is not None:
            body, headers["Content-Type"] = urlencode(typed), "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.seconds += time.perf_counter() - start
        for line in answer.headers.get_all("Set-Cookie", []):
            name, value = line.partition(";")[0].split("=", 1)
            self.cookies[name] = value
        if answer.status in (302, 303):
            return answer.headers["Location"], ""
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {page[:500]}")
        return None, page


def purchase(url: str) -> tuple[int, float]:
    """Buy a pass: requests by hand, and milliseconds of the server in all."""
    chloe = Browser(url)
    chloe.goes(PASSES)
    chloe.by_hand = 0  # she is there
    form = chloe.goes(f"{PASSES}reserver/?choix=deux-jours")
    summary = chloe.goes(f"{PASSES}reserver/", _hidden(form) | TYPED | {"step": "check"})
    provider = chloe.goes(f"{PASSES}reserver/", _hidden(summary) | {"step": "book"})
    back = _pay(provider)
    confirmation = chloe.goes(re.sub(r"^https?://[^/]+", "", back))
    if "Votre réservation est confirmée" not in confirmation:
        raise SystemExit("The purchase was not confirmed.")
    return chloe.by_hand, chloe.seconds * 1000


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def _pay(page: str) -> str:
    """The button of the provider's page; where it sends the browser back."""
    try:
        urllib.request.build_opener(_Stay).open(urllib.request.Request(f"{page}/pay", data=b""), timeout=10)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise SystemExit("The provider did not send back.")


def purchases(url: str) -> dict[str, object]:
    """Some purchases, one after the other."""
    purchase(url)
    found = [purchase(url) for _n in range(PURCHASES)]
    return {
        "requests_by_hand": max(by_hand for by_hand, _ms in found),
        "server_ms_in_all": round(statistics.median(ms for _by_hand, ms in found), 1),
        "slowest_ms": round(max(ms for _by_hand, ms in found), 1),
    }
