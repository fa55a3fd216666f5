"""Say which body stands behind a gathering, and how; or that it does no more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from encommun.events.models import Event, Support
from encommun.events.refusals import NameMissing
from encommun.events.rules import may_describe
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.people.models import Structure


@transaction.atomic
def write_support(
    event: Event, *, name: str, kind: str, url: str = "", support: Support | None = None, actor: Actor, at: datetime
) -> Support:
    """Add a body behind the gathering, or change how it stands there.

    Args:
        kind: a ``Support.Kind``: powers, hosts or leads.
        url: its site; a structure that is known already keeps its own when this is empty.

    Raises:
        NotAllowed: only coordination.
        NameMissing: a structure has a name.
    """
    require(may_describe(actor, event))
    name = clean_line(name)[:200]
    if not name:
        raise NameMissing()
    structure, _made = Structure.objects.get_or_create(name=name)
    if url and structure.url != url:
        structure.url = url
        structure.save(update_fields=["url"])
    if support is None:
        last = event.supports.aggregate(Max("position"))["position__max"]
        support = Support(event=event, position=0 if last is None else last + 1)
    support.structure, support.kind = structure, kind
    support.save()
    record("events.support_written", actor=actor, at=at, event_id=event.pk, about=support, public=True, stands=str(kind))
    return support


@transaction.atomic
def remove_support(support: Support, *, actor: Actor, at: datetime) -> None:
    """It stands behind this gathering no more.

    Raises:
        NotAllowed: only coordination.
    """
    require(may_describe(actor, support.event))
    record("events.support_removed", actor=actor, at=at, event_id=support.event_id, about=support, public=True)
    support.delete()
