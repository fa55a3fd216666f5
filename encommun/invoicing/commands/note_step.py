"""Note what became of an invoice: sent, deposited, rejected, paid."""

from datetime import date, datetime

from django.db import transaction

from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.invoicing.models import Invoice, Step
from encommun.invoicing.refusals import RejectionWithoutReason
from encommun.invoicing.rules import keeps_invoices, may_follow
from encommun.journal.commands import record
from encommun.registration.models import Booking


@transaction.atomic
def note_step(
    invoice: Invoice,
    *,
    state: str,
    on: date,
    through: str = "",
    reference: str = "",
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Step:
    """Write one step; none is changed afterwards.

    Raises:
        NotAllowed, StepNotPossible, RejectionWithoutReason
    """
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_invoices(actor, invoice.event_id))
    Booking.objects.select_for_update(of=("self",)).get(pk=invoice.booking_id)
    last = invoice.steps.last()
    require(may_follow(last.state if last else "", state))
    reason = clean_line(reason)[:500]
    if state == Step.State.REJECTED and not reason:
        raise RejectionWithoutReason()
    if through not in Step.Through.values:
        through = ""
    step = Step.objects.create(
        invoice=invoice, state=state, on=on, through=through, reference=clean_line(reference)[:60], reason=reason, at=at
    )
    facts = {"number": invoice.number, "state": state, "through": through}
    record("invoicing.step_noted", actor=actor, at=at, event_id=invoice.event_id, about=invoice.booking, **facts)
    return step
