"""Give somebody a role in a team."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event, TeamMembership
from encommun.events.refusals import UnknownEvent, UnknownRole
from encommun.events.rules import may_change_team
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.people.models import Account


@transaction.atomic
def give_role(*, event_slug: str, email: str, role: str, name: str = "", actor: Actor, at: datetime) -> TeamMembership:
    """Give a role to an address, whose account is made if there is none.

    Raises:
        UnknownEvent, UnknownRole, NotAllowed: only coordination (or the command line) gives roles.
    """
    event = Event.objects.filter(slug=event_slug).first()
    if event is None:
        raise UnknownEvent(slug=event_slug)
    if role not in list(Role):
        raise UnknownRole(role=role, roles=", ".join(Role))
    require(may_change_team(actor, event))
    account, _made = Account.objects.get_or_create(email=clean_email(email), defaults={"name": clean_line(name), "created_at": at})
    membership, made = TeamMembership.objects.get_or_create(event=event, account=account, role=role, defaults={"since": at})
    if made:
        record("events.role_given", actor=actor, at=at, event_id=event.pk, about=membership, account=account.pk, role=role)
    return membership
