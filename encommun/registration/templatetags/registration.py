"""What pages about passes share."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from encommun.registration.rules import TARIFFS, WAYS

register = template.Library()

#: The pages of registration, for its team.
TABS = (
    ("registration:team_list", _("Bookings")),
    ("registration:team_sales", _("Sales over time")),
    ("registration:team_compose", _("Passes and quotas")),
    ("registration:team_waiting", _("Waiting list")),
    ("registration:team_vouchers", _("Codes and fund")),
    ("registration:team_workshops", _("Workshops")),
    ("registration:team_contributors", _("Contributors")),
    ("registration:team_rights", _("Reduced prices")),
)


@register.inclusion_tag("registration/team/tabs.html", takes_context=True)
def registration_tabs(context: Context) -> dict[str, Any]:
    """The pages of registration beside each other."""
    return {"tabs": TABS, "event": context["event"], "request": context["request"]}


@register.filter
def way_of_paying(code: str) -> str:
    """How a booking is paid: «Bon de commande»."""
    return str(WAYS.get(code, code))


@register.filter
def tariff(code: str) -> str:
    """A price in words: «Solidaire»."""
    return str(TARIFFS.get(code, ""))
