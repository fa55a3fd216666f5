"""Ask for a quote, without account."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.localised import LANGUAGES
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.invoicing.commands.keep_issuer import series_of
from encommun.invoicing.lines import Line, content_of, pass_line
from encommun.invoicing.models import Billing, Invoicing, Quote, Series
from encommun.invoicing.refusals import BillingMissing, NoIssuer, QuoteEmpty, QuoteFree
from encommun.invoicing.rules import QUOTE_LIVES, is_complete
from encommun.journal.commands import record
from encommun.registration.models import PassType
from encommun.registration.refusals import UnknownPass
from encommun.registration.rules import MOST_SEATS, days_of, is_on_sale, price_of


@dataclass(frozen=True, kw_only=True)
class QuoteWish:
    """So many passes of a kind, for a day where the kind asks for one."""

    pass_type: str
    count: int
    day: date | None = None


@transaction.atomic
def ask_quote(
    event: Event,
    wishes: Sequence[QuoteWish],
    *,
    body_name: str,
    body_address: str = "",
    buyer_name: str,
    email: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> Quote:
    """Make a quote, valid for two months and at most until the sale ends.

    Raises:
        NoIssuer, IssuerIncomplete, QuoteEmpty, QuoteFree, BillingMissing, UnknownPass, NothingOnSale, NotOnSaleYet, SaleClosed
    """
    body_name, buyer_name, email = clean_line(body_name)[:200], clean_line(buyer_name)[:120], clean_email(email)
    _check_details(body_name, buyer_name, email)
    invoicing = Invoicing.objects.select_related("issuer").filter(event=event).first()
    if invoicing is None:
        raise NoIssuer()
    require(is_complete(invoicing.issuer))
    kinds = {kind.slug: kind for kind in event.pass_types.filter(offered=PassType.Offered.PUBLIC)}
    chosen = [wish for wish in wishes if wish.count > 0]
    if not 1 <= sum(wish.count for wish in chosen) <= MOST_SEATS:
        raise QuoteEmpty(most=MOST_SEATS)
    require(is_on_sale(kinds.values(), event, at))
    lines = [_line(wish, kinds, event, at) for wish in chosen]
    buyer = {"kind": Billing.Kind.PUBLIC.value, "name": body_name, "street": clean_line(body_address)[:300]}
    content = content_of(invoicing.issuer, event, lines, buyer)
    if not content["gross_cents"]:
        raise QuoteFree()
    today = at.astimezone(event.zone).date()
    sale_ends = max(kinds[wish.pass_type].on_sale_until for wish in chosen).astimezone(event.zone).date()
    quote = Quote(
        event=event,
        issuer=invoicing.issuer,
        code=new_code(8),
        body_name=body_name,
        body_address=clean_line(body_address)[:300],
        buyer_name=buyer_name,
        email=email,
        language=language if language in LANGUAGES else "fr",
        wishes=[asdict(wish) | {"day": wish.day.isoformat() if wish.day else None} for wish in chosen],
        content=content,
        gross_cents=content["gross_cents"],
        asked_at=at,
        valid_until=min(today + QUOTE_LIVES, sale_ends),
        is_test=any(kinds[wish.pass_type].is_test for wish in chosen),
    )
    series = series_of(invoicing, Series.Kind.QUOTE, is_test=quote.is_test)
    number, _on = Series.objects.next(series.pk, today)
    quote.number = series.numbered(number)
    quote.save()
    facts = {"number": quote.number, "total_cents": quote.gross_cents}
    record("invoicing.quote_asked", actor=actor, at=at, event_id=event.pk, about=quote, **facts)
    return quote


def _check_details(body_name: str, buyer_name: str, email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise BillingMissing() from None
    if not body_name or not buyer_name or len(email) > 254:
        raise BillingMissing()


def _line(wish: QuoteWish, kinds: dict[str, PassType], event: Event, at: datetime) -> Line:
    kind = kinds.get(wish.pass_type)
    days = days_of(kind, event, wish.day) if kind else None
    if kind is None or days is None:
        raise UnknownPass()
    require(is_on_sale([kind], event, at))
    price = price_of(kind, "fair", kind.price_cents)
    return pass_line(kind, event, [day.isoformat() for day in days], price, 0, wish.count)
