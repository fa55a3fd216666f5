"""Who may do what on an event as such."""

from encommun.events.models import Event, TeamMembership
from encommun.events.refusals import LastCoordination
from encommun.foundation.actor import Actor, ActorKind, Role
from encommun.foundation.refusals import NotAllowed, Verdict

#: Roles that a key of the API may act in: those that the API serves.
ROLES_OF_KEYS = (Role.REGISTRATION, Role.DOOR)
#: Days that a key lives at most.
LONGEST_LIFE = 730


def may_act_as(actor: Actor, event: Event, *roles: Role) -> Verdict:
    """Whether the actor holds one of the roles on the event (coordination holds them all)."""
    return True if actor.has_role(event.pk, *roles) else NotAllowed()


def may_enter_team_pages(actor: Actor, event: Event) -> Verdict:
    """Whether the actor is in the team at all."""
    return True if actor.is_in_team(event.pk) else NotAllowed()


def may_change_team(actor: Actor, event: Event) -> Verdict:
    """Whether the actor may give and take roles and keys: coordination, as a person, or the command line."""
    return True if actor.kind == ActorKind.SYSTEM else may_act_as(actor, event, Role.COORDINATION)


def may_open_gatherings(actor: Actor) -> Verdict:
    """Whether the actor may make a gathering: those who run the instance, from its command line."""
    return True if actor.kind == ActorKind.SYSTEM else NotAllowed()


def may_describe(actor: Actor, event: Event) -> Verdict:
    """Whether the actor may say what the gathering is, its axes and who stands behind it: coordination."""
    return True if actor.kind == ActorKind.SYSTEM else may_act_as(actor, event, Role.COORDINATION)


def may_take_role(actor: Actor, membership: TeamMembership, *, coordinators: int) -> Verdict:
    """Whether the actor may take this role back. Somebody must go on coordinating."""
    verdict = may_change_team(actor, membership.event)
    if verdict is True and membership.role == Role.COORDINATION and coordinators <= 1:
        return LastCoordination()
    return verdict
