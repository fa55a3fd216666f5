"""Change how many places a day has."""

from datetime import date, datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record
from encommun.registration.models import Quota
from encommun.registration.refusals import WrongSize
from encommun.registration.rules import keeps_registration


@transaction.atomic
def resize_quota(event: Event, *, day: date, size: int, actor: Actor, at: datetime) -> Quota:
    """Set the size of a day. Below what is taken, the size becomes what is taken: the sale of that day is closed.

    Raises:
        NotAllowed, WrongSize, NotFound
    """
    require(keeps_registration(actor, event.pk))
    if not 0 <= size <= 100_000:
        raise WrongSize()
    quota = Quota.objects.select_for_update().filter(event=event, kind=Quota.Kind.DAY, day=day).first()
    if quota is None:
        raise NotFound()
    former, words = quota.size, quota.availability
    quota.size = max(size, quota.taken)
    quota.save(update_fields=["size"])
    facts = {"asked": size, "former": former, "size": quota.size}
    public = quota.availability != words
    record("registration.quota_resized", actor=actor, at=at, event_id=event.pk, about=quota, public=public, **facts)
    return quota
