"""What the pages of letters share."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from encommun.correspondence.queries import SEGMENTS
from encommun.foundation.actor import Role

register = template.Library()

TABS = (
    ("correspondence:letters", _("Letters"), False),
    ("correspondence:reminders", _("Reminders"), False),
    ("correspondence:templates", _("Models"), False),
    ("correspondence:outbox", _("Outbox"), True),
)


@register.inclusion_tag("correspondence/tabs.html", takes_context=True)
def letter_tabs(context: Context) -> dict[str, Any]:
    """The pages of letters beside each other; the outbox is for coordination."""
    event, request = context["event"], context["request"]
    whole = request.actor.has_role(event.pk, Role.COORDINATION)
    return {"tabs": [(name, words) for name, words, guarded in TABS if whole or not guarded], "event": event, "request": request}


@register.filter
def segment_name(slug: str) -> str:
    """The name of a group."""
    return str(SEGMENTS[slug].name) if slug in SEGMENTS else slug
