"""Who may do what on an event as such."""

from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotAllowed, Verdict


def may_act_as(actor: Actor, event: Event, *roles: Role) -> Verdict:
    """Whether the actor holds one of the roles on the event (coordination holds them all)."""
    return True if actor.has_role(event.pk, *roles) else NotAllowed()


def may_enter_team_pages(actor: Actor, event: Event) -> Verdict:
    """Whether the actor is in the team at all."""
    return True if actor.is_in_team(event.pk) else NotAllowed()
