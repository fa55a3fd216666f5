"""Say until when people change, hand over and cancel by themselves."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import Terms
from encommun.registration.refusals import TermsDoNotHold
from encommun.registration.rules import keeps_registration


@transaction.atomic
def set_terms(
    event: Event,
    *,
    change_until: datetime | None = None,
    hand_over_until: datetime | None = None,
    refunds: Sequence[tuple[datetime, int]] = (),
    actor: Actor,
    at: datetime,
) -> Terms:
    """Set the conditions; refunds are dates with the share of the price that is given back until then.

    Raises:
        NotAllowed, TermsDoNotHold
    """
    require(keeps_registration(actor, event.pk))
    steps = sorted(refunds)
    if any(not 0 <= percent <= 100 for _until, percent in steps) or any(
        one[0] == other[0] or one[1] <= other[1] for one, other in pairwise(steps)
    ):
        raise TermsDoNotHold()
    values = {
        "change_until": change_until,
        "hand_over_until": hand_over_until,
        "refunds": [{"until": until.isoformat(), "percent": percent} for until, percent in steps],
        "set_at": at,
    }
    terms, _made = Terms.objects.update_or_create(event=event, defaults=values)
    facts = {"refunds": [percent for _until, percent in steps]}
    record("registration.terms_set", actor=actor, at=at, event_id=event.pk, about=event, public=True, **facts)
    return terms
