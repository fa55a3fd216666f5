"""What tests of money share: bookings to be paid, and short ways to pay them."""

import urllib.error
import urllib.parse
import urllib.request

from encommun.foundation import clock
from encommun.people.links import KEY
from encommun.registration.rules import BOOKING_LINK
from tests.cast import NOW
from tests.registration.desk import book, open_sale, two_days

IBAN = "FR76 3000 6000 0112 3456 7890 189"
TEAM = "/nec-2018/organisation/"
TILL = "/nec-2018/organisation/caisse/"

__all__ = ["IBAN", "NOW", "TEAM", "TILL", "act", "begin", "book", "by_transfer", "open_sale", "two_days"]


def by_transfer(event, seats=1, **more):
    """A booking that waits for a transfer."""
    return book(event, two_days(seats), payment_method="transfer", **more)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def act(page, double, action, **typed):
    """What somebody does on the provider's page; answers status and address that it leads to."""
    address = page if page.startswith("http") else f"{double.address}/c/pay/{page}"
    request = urllib.request.Request(f"{address}/{action}", data=urllib.parse.urlencode(typed).encode())
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", "")


def begin(client, event, *, booking=None, seats=1, query=""):
    """Book and go to the payment page, as a browser does; answers the booking and the page's address."""
    booking = booking or book(event, two_days(seats), at=clock.now())
    session = client.session
    session[KEY] = [*session.get(KEY, []), [BOOKING_LINK, booking.code]]
    session.save()
    client.cookies["encommun-session"] = session.session_key
    return booking, client.get(f"/nec-2018/inscriptions/{booking.code}/payer/{query}")["Location"]
