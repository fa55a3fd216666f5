"""Erase what is held about a person, and say what the law keeps."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.holdings import Kept, Subject
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.privacy.models import Erasure
from encommun.privacy.queries import all_holdings
from encommun.privacy.rules import may_see_own_data, subject_of


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an erasure does: rows found by model, and what is kept."""

    rows: dict[str, int]
    kept: list[Kept]


@transaction.atomic
def erase_person(*, actor: Actor, at: datetime) -> Erasure:
    """Erase everything about the actor: each package erases or blanks its own, and the account goes last.

    The journal keeps that it happened, by reference; the receipt names nobody.

    Raises:
        NothingHeld: nobody is signed in and no secret link was opened.
    """
    require(may_see_own_data(actor))
    outcome = _erase(subject_of(actor), at=at)
    erasure = Erasure.objects.create(
        code=new_code(8),
        at=at,
        rows=outcome.rows,
        kept=[{"what": str(kept.what), "why": str(kept.why), "until": str(kept.until)} for kept in outcome.kept],
    )
    record("privacy.person_erased", actor=actor, at=at, about=erasure, public=True, rows=outcome.rows, kept=len(outcome.kept))
    return erasure


def what_erasing_would_do(*, actor: Actor, at: datetime) -> Outcome:
    """The outcome of erasing now, without doing it: it is done, looked at, and rolled back.

    Raises:
        NothingHeld: nobody is signed in and no secret link was opened.
    """
    require(may_see_own_data(actor))
    with transaction.atomic():
        outcome = _erase(subject_of(actor), at=at)
        transaction.set_rollback(True)
    return outcome


def _erase(subject: Subject, *, at: datetime) -> Outcome:
    # Links of a booking or a proposal prove the person only while their rows name her: all is found before any goes.
    holdings = all_holdings()
    rows = {holding.model: len(list(holding.find(subject))) for holding in holdings}
    kept = [kept for holding in holdings for kept in holding.erase(subject, at=at)]
    return Outcome(rows={model: count for model, count in rows.items() if count}, kept=kept)
