"""Make a code, change its note and its end, or withdraw it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.codes import new_code, read_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.registration.models import Fund, PassType, Quota, Reserve, Voucher
from encommun.registration.refusals import SoldOut, VoucherDoesNotHold
from encommun.registration.rules import days_of, keeps_registration, quotas_counting


@dataclass(frozen=True, kw_only=True)
class VoucherText:
    """What a code does."""

    kind: str
    value: int = 0
    uses: int = 1
    code: str = ""  # empty: drawn
    note: str = ""
    passes: Sequence[int] = field(default=())
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    reserves: bool = False
    reserved_day: date | None = None


@transaction.atomic
def make_voucher(event: Event, asked: VoucherText, *, actor: Actor, at: datetime) -> Voucher:
    """Make a code. One that keeps places takes them from the quotas at once.

    Raises:
        NotAllowed, VoucherDoesNotHold, SoldOut
    """
    require(keeps_registration(actor, event.pk))
    kinds = {kind.number: kind for kind in event.pass_types.all()}
    code = read_code(asked.code) or new_code(8)
    _check(event, asked, code, kinds)
    voucher = Voucher.objects.create(
        event=event,
        code=code,
        note=clean_line(asked.note)[:200],
        kind=asked.kind,
        value=asked.value,
        uses=asked.uses,
        passes=sorted(set(asked.passes) & set(kinds)),
        valid_from=asked.valid_from,
        valid_until=asked.valid_until,
        reserves=asked.reserves,
        reserved_day=asked.reserved_day,
        made_at=at,
    )
    facts = {"does": voucher.kind, "uses": voucher.uses, "reserves": voucher.reserves}
    record("registration.voucher_made", actor=actor, at=at, event_id=event.pk, about=voucher, public=voucher.reserves, **facts)
    if voucher.reserves:
        _keep_places(voucher, kinds[voucher.passes[0]], event)
    return voucher


@transaction.atomic
def withdraw_voucher(voucher: Voucher, *, actor: Actor, at: datetime) -> None:
    """Accept a code no more, and free the places that it kept; passes booked with it stay as they are.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, voucher.event_id))
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    if voucher.withdrawn_at is None:
        Voucher.objects.filter(pk=voucher.pk).update(withdrawn_at=at)
        record(
            "registration.voucher_withdrawn", actor=actor, at=at, event_id=voucher.event_id, about=voucher, public=voucher.reserves
        )
        free_kept_places(voucher)


def release_ended_vouchers(*, at: datetime, most: int = 200) -> int:
    """Free the places kept by codes whose time is over; answer how many codes. One short transaction a code."""
    ended = Voucher.objects.filter(reserves=True, valid_until__lt=at, kept_places__places__gt=0).distinct().order_by("pk")
    return sum(_release(pk, at) for pk in ended.values_list("pk", flat=True)[:most])


@transaction.atomic
def _release(pk: int, at: datetime) -> bool:
    voucher = Voucher.objects.select_for_update().get(pk=pk)
    freed = free_kept_places(voucher)
    if freed:
        record(
            "registration.voucher_ended", actor=SYSTEM, at=at, event_id=voucher.event_id, about=voucher, public=True, places=freed
        )
    return bool(freed)


def free_kept_places(voucher: Voucher) -> int:
    """Give back to the quotas what a code still keeps; its row is locked by the caller. Answer how many places."""
    kept = Counter(dict(Reserve.objects.filter(voucher=voucher, places__gt=0).values_list("quota_id", "places")))
    Reserve.objects.filter(voucher=voucher).update(places=0)
    for pk, places in sorted(kept.items()):
        Quota.objects.give_back(pk, places)
    return kept.total()


def _keep_places(voucher: Voucher, kind: PassType, event: Event) -> None:
    days = [day.isoformat() for day in days_of(kind, event, voucher.reserved_day) or []]
    for quota in sorted(quotas_counting(Quota.objects.filter(event=event), kind, days), key=lambda one: one.pk):
        Reserve.objects.create(quota=quota, voucher=voucher, places=voucher.uses)
        if Quota.objects.claim(quota.pk, voucher.uses) is None:
            raise SoldOut(day=quota.title)


def _check(event: Event, asked: VoucherText, code: str, kinds: dict[int, PassType]) -> None:
    only = kinds.get(asked.passes[0]) if len(asked.passes) == 1 else None
    share_holds = asked.kind != Voucher.Kind.SHARE or 1 <= asked.value <= 100
    for holds, sentence in (
        (
            asked.kind in Voucher.Kind.values and 0 <= asked.value <= 1_000_000 and share_holds,
            _("A share is between 1 and 100 percent."),
        ),
        (asked.kind != Voucher.Kind.AMOUNT or asked.value > 0, _("Say how much less people pay with this code.")),
        (1 <= asked.uses <= 10_000, _("A code is used 1 to 10,000 times.")),
        (4 <= len(code) <= 20 and code.isascii(), _("A code has 4 to 20 letters without accents, or digits.")),
        (
            not asked.valid_from or not asked.valid_until or asked.valid_from < asked.valid_until,
            _("The code ends after it begins."),
        ),
        (set(asked.passes) <= set(kinds), _("Choose passes of this gathering.")),
        (
            not asked.reserves or (only is not None and only.counts_in_quotas and days_of(only, event, asked.reserved_day)),
            _("A code that keeps places is for one pass, and for one day where the day is chosen."),
        ),
        (
            asked.kind != Voucher.Kind.FUND or Fund.objects.filter(event=event).exists(),
            _("Open the fund of suspended passes first."),
        ),
        (not Voucher.objects.filter(event=event, code=code).exists(), _("This code exists already.")),
    ):
        if not holds:
            raise VoucherDoesNotHold(sentence=sentence)
