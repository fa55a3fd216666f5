"""Looks at the door a second through the API: each pass comes in once, durable commits."""

import json
from itertools import count
from uuid import uuid4

from benchmarks.instance import instance
from benchmarks.load import Call, send

TARGET, MOST_MS = 400, 60
SECONDS = 8
TICKETS = 12000

MAKE = f"""
import json
from django.db import transaction
from encommun.checkin.commands import issue_tickets
from encommun.events.models import Event
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.registration.commands import SeatWish, book_passes, confirm_booking
event = Event.objects.get(slug="nec-2018")
kind = event.pass_types.get(slug="deux-jours").slug
codes = []
with transaction.atomic():
    for _n in range({TICKETS} // 10):
        booking = book_passes(event, buyer_name="X", email="x@example.org", seats=[SeatWish(pass_type=kind)] * 10,
                              payment_method="transfer", language="fr", actor=VISITOR, at=clock.now())
        confirm_booking(booking, actor=SYSTEM, at=clock.now())
        codes += [ticket.code for ticket in issue_tickets(booking, actor=SYSTEM, at=clock.now())]
print(json.dumps(codes))
"""


def is_let_in(answer: dict[str, object]) -> bool:
    """Whether an answer lets somebody in, or says that she is there already."""
    return answer["result"] in ("admitted", "already_in")


def measure() -> dict[str, object]:
    with instance(plays="2018-09-13") as served:
        codes = json.loads(served.shell(MAKE).splitlines()[-1])

        numbers = count()

        def make(_n: int) -> Call:
            body = {"code": codes[next(numbers) % len(codes)], "scan_id": str(uuid4())}
            return "/api/v1/events/nec-2018/scans", body, {"Authorization": f"Bearer {served.made['secret']}"}

        found = [send(served.url, clients, SECONDS, make, {200}, is_let_in) for clients in (16, 4, 1)]
    best = max(one["per_second"] for one in found)
    slowest = found[0]["p95_ms"]
    target = {"per_second": TARGET, "p95_ms_of_16_clients": MOST_MS}
    return {"scans": found, "target": target, "ok": best >= TARGET and slowest <= MOST_MS}
