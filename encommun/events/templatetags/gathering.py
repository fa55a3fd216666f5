"""Template tags of the pages of an event: who stands behind it, and what its team may open."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event, Support
from encommun.foundation.actor import Role

register = template.Library()

#: Address, words, and the roles that open it (coordination opens all; none: the whole team).
TEAM_PAGES = (
    ("events:team_home", _("Overview"), ()),
    ("call:team_list", _("Proposals"), (Role.PROGRAMME,)),
    ("call:choosing", _("Choosing"), (Role.PROGRAMME,)),
    ("deliberation:team", _("Messages"), (Role.COORDINATION,)),
    ("programme:team", _("Programme"), (Role.PROGRAMME,)),
    ("registration:team_list", _("Bookings"), (Role.REGISTRATION,)),
    ("invoicing:team_list", _("Invoices"), (Role.REGISTRATION,)),
    ("payment:treasury", _("Money"), (Role.REGISTRATION,)),
    ("checkin:door", _("The door"), (Role.DOOR,)),
    ("commons:team_list", _("Notes and resources"), (Role.COMMONS,)),
    ("correspondence:letters", _("Letters"), (Role.PROGRAMME, Role.REGISTRATION, Role.COMMONS)),
    ("events:register", _("Personal data"), (Role.DATA_PROTECTION,)),
    ("events:gathering", _("The gathering"), (Role.COORDINATION,)),
    ("events:team_people", _("Team"), (Role.COORDINATION,)),
)


@register.simple_tag
def supports_of(event: Event) -> list[tuple[str, list[Support]]]:
    """The bodies behind a gathering, by how they stand behind it: «Propulsé par» and so on."""
    supports = list(event.supports.select_related("structure"))
    groups = [(kind.label, [support for support in supports if support.kind == kind]) for kind in Support.Kind]
    return [(label, members) for label, members in groups if members]


@register.simple_tag(takes_context=True)
def team_pages(context: Context) -> list[dict[str, Any]]:
    """The team pages that the actor's roles open on this event."""
    event, actor = context["event"], context["actor"]
    opened = [(name, words) for name, words, roles in TEAM_PAGES if not roles or actor.has_role(event.pk, *roles)]
    return [
        {"href": reverse(name, args=[event.slug]), "words": words, "is_current": context["page"].route == name}
        for name, words in opened
    ]
