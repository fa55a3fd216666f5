"""Take a role back."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event, TeamMembership
from encommun.events.rules import may_take_role
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record


@transaction.atomic
def take_role(membership: TeamMembership, *, actor: Actor, at: datetime) -> None:
    """Take a role from somebody. The account stays; its sessions lose the role at the next request.

    Two people who coordinate cannot remove each other at the same moment: the event's row is locked first.

    Raises:
        NotAllowed, LastCoordination.
        NotFound: the role was taken meanwhile.
    """
    Event.objects.select_for_update().get(pk=membership.event_id)
    coordinators = TeamMembership.objects.filter(event_id=membership.event_id, role=Role.COORDINATION).count()
    require(may_take_role(actor, membership, coordinators=coordinators))
    record(
        "events.role_taken",
        actor=actor,
        at=at,
        event_id=membership.event_id,
        about=membership,
        account=membership.account_id,
        role=membership.role,
    )
    deleted, _by_model = TeamMembership.objects.filter(pk=membership.pk).delete()
    if not deleted:
        raise NotFound()
