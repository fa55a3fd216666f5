"""What this package holds about people: who is in a team."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.events.models import TeamMembership
from encommun.foundation.holdings import Holding, Kept, Subject


def _find(subject: Subject) -> QuerySet[TeamMembership]:
    if subject.account_id is None:
        return TeamMembership.objects.none()
    return TeamMembership.objects.filter(account_id=subject.account_id).select_related("event").order_by("id")


def _export(membership: TeamMembership) -> dict[str, Any]:
    return {
        "account": membership.account_id,
        "event": membership.event.slug,
        "role": membership.role,
        "since": membership.since.isoformat(),
    }


def _erase(subject: Subject, *, at: datetime) -> list[Kept]:
    _find(subject).delete()
    return []


HOLDINGS = [
    Holding(
        model="events.TeamMembership",
        fields={"account": _("to know who is in the team, and what each may do")},
        purpose=_("Organise the gathering as a team"),
        basis="6.1.f",
        keeps=_("as long as you are in the team"),
        find=_find,
        export=_export,
        erase=_erase,
        heading=_("Your roles"),
        title=lambda membership: f"{membership.event.name} · {membership.get_role_display()}",
        address=lambda membership: reverse("events:team_home", args=[membership.event.slug]),
    )
]
