"""Who may describe places."""

from encommun.foundation.actor import Actor, ActorKind, Role
from encommun.foundation.refusals import NotAllowed, Verdict


def may_describe(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor describes the venues of an event: those who compose its programme."""
    if actor.kind == ActorKind.SYSTEM or actor.has_role(event_id, Role.PROGRAMME):
        return True
    return NotAllowed()
