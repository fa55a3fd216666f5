"""The team says how its gathering may be paid."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.payment.models import Payment, Way
from encommun.payment.queries.ways import configured
from encommun.payment.refusals import WayNotOpen, WayNotReady
from encommun.registration.rules import keeps_registration


@transaction.atomic
def open_way(
    event: Event, *, provider: str, is_open: bool, payable_to: str = "", send_to: str = "", actor: Actor, at: datetime
) -> Way:
    """Open or close a way of paying.

    Raises:
        NotAllowed, WayNotOpen, WayNotReady
    """
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, event.pk))
    if provider not in Payment.Provider.values or provider == Payment.Provider.FREE:
        raise WayNotOpen()
    payable_to, send_to = clean_line(payable_to)[:120], clean_text(send_to)[:500]
    if is_open and not configured(provider):
        raise WayNotReady(why=_("the instance has no key for it."))
    if is_open and provider == Payment.Provider.CHEQUE and not (payable_to and send_to):
        raise WayNotReady(why=_("say whom cheques are made out to, and where they are sent."))
    values = {"is_open": is_open, "payable_to": payable_to, "send_to": send_to}
    way, _made = Way.objects.update_or_create(event=event, provider=provider, defaults=values)
    record("payment.way_opened", actor=actor, at=at, event_id=event.pk, about=way, provider=provider, is_open=is_open)
    return way
