"""Bring in a statement of the bank: first looked at, then kept or dropped."""

import hashlib
from datetime import date, datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.models import Statement, StatementLine
from encommun.payment.providers.transfer import read_file
from encommun.payment.refusals import StatementKnown
from encommun.registration.rules import keeps_registration
from encommun.ui.dates import short_day


@transaction.atomic
def read_statement(event: Event, *, file_name: str, content: bytes, actor: Actor, at: datetime) -> Statement:
    """Read a file, and keep what it says for a preview.

    Raises:
        NotAllowed, UnreadableStatement, StatementKnown
    """
    require(keeps_registration(actor, event.pk))
    digest = hashlib.sha256(content).hexdigest()
    known = Statement.objects.filter(event=event, digest=digest).exclude(kept_at=None).first()
    if known is not None:
        raise StatementKnown(day=short_day(known.kept_at.astimezone(event.zone).date()))
    sheet = read_file(content)
    lines = [
        {
            "key": credit.key,
            "booked_on": credit.booked_on.isoformat(),
            "amount_cents": credit.amount_cents,
            "payer": credit.payer,
            "payer_iban": credit.payer_iban,
            "text": credit.text,
        }
        for credit in sheet.credits
    ]
    read = {"lines": lines, "debits": sheet.debits, "foreign": sheet.foreign}
    Statement.objects.filter(event=event, kept_at=None).delete()  # a preview that nobody kept
    return Statement.objects.create(event=event, file_name=clean_line(file_name)[:200], digest=digest, read=read, read_at=at)


@transaction.atomic
def keep_statement(statement: Statement, *, actor: Actor, at: datetime) -> int:
    """Keep its credits that are not known yet; answer how many. The same movement twice is one line.

    Raises:
        NotAllowed
    """
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    require(keeps_registration(actor, statement.event_id))
    if statement.kept_at is not None:
        return 0
    known = set(StatementLine.objects.filter(event_id=statement.event_id).values_list("key", flat=True))
    new = [
        StatementLine(
            event_id=statement.event_id,
            statement=statement,
            **(line | {"booked_on": date.fromisoformat(line["booked_on"])}),
        )
        for line in statement.read["lines"]
        if line["key"] not in known
    ]
    StatementLine.objects.bulk_create(new, ignore_conflicts=True)
    statement.kept_at = at
    statement.read = {name: value for name, value in statement.read.items() if name != "lines"}
    statement.save(update_fields=["kept_at", "read"])
    record("payment.statement_kept", actor=actor, at=at, event_id=statement.event_id, about=statement, lines=len(new))
    return len(new)


@transaction.atomic
def drop_statement(statement: Statement, *, actor: Actor) -> None:
    """Forget a preview.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, statement.event_id))
    Statement.objects.filter(pk=statement.pk, kept_at=None).delete()
