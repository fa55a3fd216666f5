"""Say who invoices for a gathering, and under which beginning its documents are counted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import NotAllowed, require
from encommun.foundation.text import clean_email, clean_line
from encommun.invoicing.models import Invoice, Invoicing, Issuer, Series
from encommun.invoicing.refusals import IssuerIncomplete, PrefixTaken, WrongNumber, WrongPrefix
from encommun.invoicing.rules import PREFIX, clean_siren, clean_siret, is_complete, keeps_invoices, may_change_issuer
from encommun.journal.commands import record

LETTERS = {Series.Kind.INVOICE: "F", Series.Kind.CREDIT: "A", Series.Kind.QUOTE: "D"}


@dataclass(frozen=True, kw_only=True)
class IssuerText:
    """What the team says of an issuer."""

    name: str
    legal_form: str
    street: str
    postcode: str
    town: str
    contact_email: str
    regime: str
    siren: str = ""
    siret: str = ""
    rna: str = ""
    vat_number: str = ""
    street_more: str = ""
    phone: str = ""
    vat_rate: int = 0
    on_debits: bool = False
    bank_holder: str = ""
    iban: str = ""
    bic: str = ""
    payment_days: int = 30


@transaction.atomic
def keep_issuer(event: Event, asked: IssuerText, *, prefix: str, actor: Actor, at: datetime) -> Invoicing:
    """Make the issuer of an event, or change it. What was issued before stays as it was: it holds its own copy.

    Raises:
        NotAllowed, IssuerIncomplete, WrongNumber, WrongPrefix, PrefixTaken
    """
    kept = Invoicing.objects.select_related("issuer").filter(event=event).first()
    if actor.kind != ActorKind.SYSTEM:
        shared = list(kept.issuer.events.values_list("event_id", flat=True)) if kept else [event.pk]
        require(keeps_invoices(actor, event.pk), may_change_issuer(actor, shared))
    issuer = _filled(kept.issuer if kept else Issuer(), asked)
    require(is_complete(issuer))
    issuer.save()
    return _attach(event, issuer, prefix, kept, actor, at)


@transaction.atomic
def share_issuer(event: Event, issuer: Issuer, *, prefix: str, actor: Actor, at: datetime) -> Invoicing:
    """Let an issuer of another gathering invoice for this one too, counted apart.

    Raises:
        NotAllowed: the actor keeps the money of one of them, not of both.
        WrongPrefix, PrefixTaken
    """
    require(keeps_invoices(actor, event.pk))
    if not any(keeps_invoices(actor, pk) for pk in issuer.events.values_list("event_id", flat=True)):
        raise NotAllowed()
    kept = Invoicing.objects.filter(event=event).first()
    return _attach(event, issuer, prefix, kept, actor, at)


def _filled(issuer: Issuer, asked: IssuerText) -> Issuer:
    values = {name: clean_line(value) if isinstance(value, str) else value for name, value in asdict(asked).items()}
    values["siren"] = clean_siren(asked.siren) if asked.siren else ""
    values["siret"] = clean_siret(asked.siret) if asked.siret else ""
    values["siren"] = values["siren"] or values["siret"][:9]
    values["vat_number"] = _vat_number(asked.vat_number)
    values["iban"] = _iban(asked.iban)
    values["bic"] = clean_line(asked.bic).replace(" ", "").upper()[:11]
    values["rna"] = clean_line(asked.rna).replace(" ", "").upper()
    values["contact_email"] = clean_email(asked.contact_email)
    if asked.regime not in Issuer.Regime.values:
        raise IssuerIncomplete(why=_("Choose how the receipts are taxed."))
    if asked.regime != Issuer.Regime.CHARGED:
        values |= {"vat_rate": 0, "on_debits": False}
    for field in ("name", "legal_form", "street", "postcode", "town", "contact_email"):
        if not values[field]:
            raise IssuerIncomplete(why=_("Give the name, the legal form, the address and an e-mail address."))
    for field, value in values.items():
        setattr(issuer, field, value)
    return issuer


def _vat_number(typed: str) -> str:
    from stdnum.fr import tva

    number = clean_line(typed).replace(" ", "").upper()
    if number and not tva.is_valid(number):
        raise WrongNumber(what=_("VAT number"), why=_("it is «FR», two signs and the SIREN."))
    return f"FR{tva.compact(number)}" if number else ""


def _iban(typed: str) -> str:
    from stdnum import iban

    number = clean_line(typed).replace(" ", "").upper()
    if number and not iban.is_valid(number):
        raise WrongNumber(what="IBAN", why=_("check it against a bank statement."))
    return number


def _attach(event: Event, issuer: Issuer, prefix: str, kept: Invoicing | None, actor: Actor, at: datetime) -> Invoicing:
    prefix = clean_line(prefix).upper()
    if not PREFIX.fullmatch(prefix):
        raise WrongPrefix()
    if issuer.events.filter(prefix=prefix).exclude(event=event).exists() or _used_by_another(issuer, prefix, event):
        raise PrefixTaken(prefix=prefix)
    for is_test in (False, True):
        for kind, letter in LETTERS.items():
            start = f"{'ESSAI-' if is_test else ''}{prefix}-{letter}-"
            Series.objects.get_or_create(issuer=issuer, prefix=start, defaults={"kind": kind, "is_test": is_test})
    if kept is None:
        kept = Invoicing(event=event)
    kept.issuer, kept.prefix = issuer, prefix
    kept.save()
    record("invoicing.issuer_kept", actor=actor, at=at, event_id=event.pk, about=issuer, public=True, prefix=prefix)
    return kept


def _used_by_another(issuer: Issuer, prefix: str, event: Event) -> bool:
    """A gathering of before counted so: its series is not gone on with."""
    return Invoice.objects.filter(issuer=issuer, series__prefix=f"{prefix}-F-").exclude(event=event).exists()


def series_of(invoicing: Invoicing, kind: Series.Kind, *, is_test: bool) -> Series:
    """The sequence that a document of an event is counted in."""
    return Series.objects.get(issuer=invoicing.issuer, prefix=f"{'ESSAI-' if is_test else ''}{invoicing.prefix}-{LETTERS[kind]}-")
