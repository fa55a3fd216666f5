"""The team of an event, as those who coordinate see it."""

from dataclasses import dataclass
from datetime import datetime

from encommun.events.models import Event, TeamMembership, TeamToken
from encommun.events.rules import may_change_team, may_take_role
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotFound, Verdict, require


@dataclass(frozen=True)
class Held:
    """A role that somebody holds, and whether it can be taken back."""

    membership: TeamMembership
    may_take: Verdict


def team_seen_by(actor: Actor, event: Event) -> list[Held]:
    """Everybody with a role, by name.

    Raises:
        NotAllowed: only coordination sees the list.
    """
    require(may_change_team(actor, event))
    memberships = list(event.memberships.select_related("account").order_by("account__name", "account__email", "role"))
    coordinators = sum(one.role == Role.COORDINATION for one in memberships)
    for one in memberships:
        one.event = event
    return [Held(one, may_take_role(actor, one, coordinators=coordinators)) for one in memberships]


def membership_seen_by(actor: Actor, event: Event, pk: int) -> Held:
    """One of them.

    Raises:
        NotFound: there is none of this number on the event.
    """
    for held in team_seen_by(actor, event):
        if held.membership.pk == pk:
            return held
    raise NotFound()


def tokens_seen_by(actor: Actor, event: Event, *, at: datetime) -> list[TeamToken]:
    """Keys of the API, those in force first; each says so in ``is_in_force``.

    Raises:
        NotAllowed: only coordination sees them.
    """
    require(may_change_team(actor, event))
    tokens = list(event.tokens.order_by("-created_at", "-id")[:200])
    for token in tokens:
        token.event = event
        token.is_in_force = token.revoked_at is None and (token.expires_at is None or token.expires_at > at)
    return sorted(tokens, key=lambda token: not token.is_in_force)


def token_seen_by(actor: Actor, event: Event, pk: int) -> TeamToken:
    """One key.

    Raises:
        NotFound: there is none of this number on the event.
    """
    require(may_change_team(actor, event))
    token = event.tokens.filter(pk=pk).first()
    if token is None:
        raise NotFound()
    token.event = event
    return token
