"""What this package holds about people: tickets and scans, by reference to the seat. No name is written here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encommun.checkin.models import Scan, Ticket
from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.registration.rules import held_by_links


def _seats_of(subject: Subject, prefix: str) -> Q:
    where = Q(**{f"{prefix}holder_email__in": subject.emails}) | Q(**{f"{prefix}booking__email__in": subject.emails})
    if subject.account_id is not None:
        where |= Q(**{f"{prefix}booking__account_id": subject.account_id})
    where |= held_by_links(subject.links, prefix)
    where |= Q(**{f"{prefix}booking__code__in": [code for purpose, code in subject.links if purpose == "registration.booking"]})
    return where


def _tickets(subject: Subject) -> Iterable[Ticket]:
    return Ticket.objects.filter(_seats_of(subject, "seat__")).select_related("seat").order_by("id")


def _scans(subject: Subject) -> Iterable[Scan]:
    return Scan.objects.filter(_seats_of(subject, "seat__")).select_related("seat").order_by("id")


def _export_ticket(ticket: Ticket) -> dict[str, Any]:
    return {
        "pass": ticket.seat.code,
        "code": ticket.code,
        "made_at": ticket.made_at.isoformat(),
        "revoked_at": ticket.revoked_at.isoformat() if ticket.revoked_at else None,
    }


def _export_scan(scan: Scan) -> dict[str, Any]:
    return {"pass": scan.seat.code if scan.seat else None, "at": scan.made_at.isoformat(), "result": scan.result}


def _nothing_to_blank(subject: Subject, *, at: datetime) -> list[Kept]:
    """Nothing here names anybody: once the seat is blanked (registration), these rows are about nobody."""
    return []


HOLDINGS = [
    Holding(
        model="checkin.Ticket",
        fields={"code": _("the signed number of the pass, to come in")},
        purpose=_("Let in those who have a pass"),
        basis="6.1.b",
        keeps=_("as long as the seat; it names nobody by itself"),
        find=_tickets,
        export=_export_ticket,
        erase=_nothing_to_blank,
    ),
    Holding(
        model="checkin.Scan",
        fields={
            "at": _("when the pass was shown at the door"),
            "by": _("the reference of the volunteer's account"),
            "device": _("a name of the device, without the person's"),
        },
        purpose=_("Let each pass in once a day, and count those who came"),
        basis="6.1.f",
        keeps=_("as long as the seat; it names nobody by itself"),
        find=_scans,
        export=_export_scan,
        erase=_nothing_to_blank,
    ),
]
