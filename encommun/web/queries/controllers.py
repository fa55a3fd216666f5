"""Who answers for people's data at a gathering, and who of its team reads what."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event, Support
from encommun.events.models.team import ROLE_NAMES
from encommun.foundation.actor import Role

#: What each role reads about people, in words. Roles that nobody holds are not shown.
READS: dict[Role, str | Promise] = {
    Role.COORDINATION: _("everything that the other roles read"),
    Role.PROGRAMME: _("proposals, their authors and their addresses; what people said of when they can be there"),
    Role.REGISTRATION: _("bookings, payments and invoices; answers to the team’s questions"),
    Role.DOOR: _("the name and the pass of people who come, nothing more"),
    Role.DATA_PROTECTION: _("the register: which data, why, for how long"),
    Role.COMMONS: _("notes, resources and the names of those who wrote them"),
}


@dataclass(frozen=True, kw_only=True)
class Controllers:
    """Who decides why and how data are held (GDPR, articles 4.7 and 26), and who only welcomes.

    Attributes:
        deciding: structures that power or lead the gathering; together when there are several.
        leading: those among them that lead the team, and answer people's requests.
        hosting: structures that give a place and receive no data.
        readers: name of each role, how many people hold it, what they read.
    """

    deciding: list[str]
    leading: list[str]
    hosting: list[str]
    readers: list[tuple[str | Promise, int, str | Promise]]


def controllers_of(event: Event) -> Controllers:
    """Drawn from who stands behind the gathering and from its team, in two statements."""
    supports = list(event.supports.select_related("structure"))
    names = {kind: [one.structure.name for one in supports if one.kind == kind] for kind in Support.Kind}
    held = dict(event.memberships.order_by().values_list("role").annotate(Count("account", distinct=True)))
    return Controllers(
        deciding=names[Support.Kind.POWERS] + names[Support.Kind.LEADS],
        leading=names[Support.Kind.LEADS] or names[Support.Kind.POWERS],
        hosting=names[Support.Kind.HOSTS],
        readers=[(ROLE_NAMES[role], held[role], words) for role, words in READS.items() if role in held],
    )
