"""Numbers, taxes, legal texts; who may do what with quotes, orders and invoices."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.foundation.money import in_words
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.invoicing.models import Billing, Invoice, Issuer, PurchaseOrder, Quote, Step
from encommun.invoicing.refusals import (
    DemandNotMet,
    IssuerIncomplete,
    OrderInvoiced,
    OrderNotComplete,
    QuoteOver,
    ServiceNotDone,
    StepNotPossible,
    TooMuchToCredit,
    WrongNumber,
)
from encommun.registration.models import Booking
from encommun.registration.rules import may_see_booking
from encommun.ui.dates import short_day

QUOTE_LINK = "invoicing.quote"
QUOTE_LIVES = timedelta(days=60)
LARGEST_FILE = 5 * 1024 * 1024

PREFIX = re.compile(r"[A-Z0-9][A-Z0-9-]{0,17}")
SERVICE_CODE = re.compile(r"[\w -]{1,100}")  # what Chorus Pro takes in that field
ENGAGEMENT = re.compile(r"[\w ./-]{1,50}")

_R = Issuer.Regime


# Taxes


@dataclass(frozen=True, kw_only=True)
class Regime:
    """How a regime is written: on paper, and in EN 16931."""

    category: str
    exemption: str = ""  # French law's own words
    code: str = ""  # of the VATEX list


REGIMES = {
    _R.OUT_OF_SCOPE: Regime(
        category="O", exemption="Association non assujettie à la TVA : hors champ d’application de la TVA", code="VATEX-EU-O"
    ),
    _R.EXEMPT_261: Regime(category="E", exemption="Exonération de TVA, article 261, 7-1° du CGI", code="VATEX-FR-CGI261-7"),
    _R.FRANCHISE: Regime(category="E", exemption="TVA non applicable, article 293 B du CGI", code="VATEX-FR-FRANCHISE"),
    _R.CHARGED: Regime(category="S"),
}


def net_of(gross_cents: int, rate: int) -> int:
    """The net part of a price that includes tax, to the nearest cent, halves upwards (docs/decisions/0010).

    Prices are what people pay, tax included: it is the gross amount of a line that is exact, its net that is rounded, and
    its tax that is their difference. Totals are sums of lines. So gross = net + tax, on each line and below them.

    Args:
        rate: in hundredths of a percent, 2000 is 20 %.
    """
    parts = 10_000 + rate
    return (2 * gross_cents * 10_000 + parts) // (2 * parts)


# Numbers of bodies


def _digits(typed: str) -> str:
    return re.sub(r"[\s.\u00a0\u202f-]", "", typed)


def clean_siren(typed: str) -> str:
    """Nine digits, checked with Luhn.

    Raises:
        WrongNumber
    """
    from stdnum.fr import siren

    number = _digits(typed)
    if not siren.is_valid(number):
        raise WrongNumber(what="SIREN", why=_("it has nine digits, and one of them does not fit the others."))
    return number


def clean_siret(typed: str) -> str:
    """Fourteen digits, however they were typed. The offices of La Poste have a check of their own.

    Raises:
        WrongNumber: says how many digits there are, or that one does not fit.
    """
    from stdnum.fr import siret

    number = _digits(typed)
    if not number.isascii() or not number.isdigit():
        raise WrongNumber(what="SIRET", why=_("it holds only digits; spaces between them are fine."))
    if len(number) != 14:
        raise WrongNumber(what="SIRET", why=_("it has fourteen digits, and this one has {count}.").format(count=len(number)))
    if not siret.is_valid(number):
        raise WrongNumber(what="SIRET", why=_("one digit does not fit the others: compare with the order."))
    return number


def clean_overseas(typed: str, scheme: str) -> str:
    """The numbers of New Caledonia (RIDET) and of French Polynesia (TAHITI), which have no SIRET.

    Raises:
        WrongNumber
    """
    number = _digits(typed).upper()
    if scheme == Billing.Scheme.RIDET:
        if not re.fullmatch(r"\d{9,10}", number):
            raise WrongNumber(what="RIDET", why=_("it has nine or ten digits, the last three for the establishment."))
    elif not re.fullmatch(r"[A-Z0-9]\d{5}(\d{3})?", number):
        raise WrongNumber(what="TAHITI", why=_("it has six signs, and three more for an establishment."))
    return number


def clean_body_number(typed: str, scheme: str) -> str:
    """A number in its scheme.

    Raises:
        WrongNumber
    """
    return clean_siret(typed) if scheme == Billing.Scheme.SIRET else clean_overseas(typed, scheme)


def siret_in_groups(siret: str) -> str:
    """As it is read: «123 456 782 00010»."""
    return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}" if len(siret) == 14 else siret


# The issuer


def keeps_invoices(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor keeps registration and money of the event."""
    return True if actor.has_role(event_id, Role.REGISTRATION) else NotAllowed()


def may_change_issuer(actor: Actor, event_ids: list[int]) -> Verdict:
    """An issuer is changed by who keeps the money of every event that it invoices for."""
    return True if event_ids and all(actor.has_role(pk, Role.REGISTRATION) for pk in event_ids) else NotAllowed()


def is_complete(issuer: Issuer) -> Verdict:
    """Whether the law and the norm find in an issuer what they ask."""
    if not (issuer.siren or issuer.rna):
        return IssuerIncomplete(why=_("Give a SIREN, or the RNA number of an association that has none."))
    if issuer.siret and issuer.siret[:9] != issuer.siren:
        return IssuerIncomplete(why=_("The SIRET does not begin with the SIREN."))
    if issuer.regime == _R.CHARGED and not issuer.vat_number:
        return IssuerIncomplete(why=_("Who charges VAT gives a VAT number."))
    if issuer.regime == _R.CHARGED and not issuer.vat_rate:
        return IssuerIncomplete(why=_("Who charges VAT gives its rate."))
    if REGIMES[_R(issuer.regime)].category == "E" and not (issuer.vat_number or issuer.siren):
        return IssuerIncomplete(why=_("Who is exempt gives a VAT number or a SIREN: the norm asks for one (rule BR-E-02)."))
    return True


# Legal texts: French law's own words, whatever the language of the page

PENALTY = {
    Billing.Kind.PUBLIC: (
        "En cas de retard : intérêts moratoires de plein droit, au taux de refinancement de la Banque centrale européenne "
        "majoré de huit points (articles L2192-13 et R2192-31 du code de la commande publique)."
    ),
    Billing.Kind.BODY: (
        "Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel (article L441-10 du code de commerce)."
    ),
}
RECOVERY = {
    Billing.Kind.PUBLIC: (
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 € (article D2192-35 du code de la commande publique)."
    ),
    Billing.Kind.BODY: (
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 € (article D441-5 du code de commerce)."
    ),
}
NO_DISCOUNT = "Pas d’escompte pour paiement anticipé."
ON_DEBITS = "Option pour le paiement de la taxe d’après les débits"
OPERATION = "Prestation de services"


def notes_for(kind: str) -> dict[str, str]:
    """The three notes of rule BR-FR-05; a person owes neither penalty nor fee."""
    if kind == Billing.Kind.PERSON:
        return {}
    body = Billing.Kind(kind)
    return {"PMT": RECOVERY[body], "PMD": PENALTY[body], "AAB": NO_DISCOUNT}


# Quotes and orders


def may_see_quote(actor: Actor, quote: Quote) -> Verdict:
    """Who asked for it (by link or by account), and those who keep the money."""
    if actor.holds_link(QUOTE_LINK, quote.code) or (actor.email and actor.email == quote.email):
        return True
    return keeps_invoices(actor, quote.event_id)


def may_order(quote: Quote, at: datetime) -> Verdict:
    """Whether a quote still holds."""
    today = at.astimezone(quote.event.zone).date()
    return True if quote.booking_id is None and today <= quote.valid_until and not quote.erased_at else QuoteOver()


def meets_demand(*, demand: str, service_code: str, engagement: str, to_come: bool) -> Verdict:
    """Whether an order gives what the body demands, each in a form that Chorus Pro takes."""
    if service_code and not SERVICE_CODE.fullmatch(service_code):
        return DemandNotMet(why=_("A service code holds letters, digits, spaces, hyphens and underscores."))
    if engagement and not ENGAGEMENT.fullmatch(engagement):
        return DemandNotMet(why=_("An engagement number holds letters, digits, spaces, dots, slashes and hyphens."))
    lacking = missing_of(demand, service_code, engagement)
    if lacking and not to_come:
        return DemandNotMet(why=_("Give this: {what}. Or say that it will come later.").format(what=lacking))
    return True


def is_given(billing: Billing) -> bool:
    """Whether one knows whom to invoice: name, number and address."""
    return all((billing.buyer_name, billing.siret, billing.street, billing.postcode, billing.town))


def missing_of(demand: str, service_code: str, engagement: str) -> str:
    """What a body demands and is not there, in words; empty when all is there."""
    kind = PurchaseOrder.Demand
    if demand == kind.EITHER and not (service_code or engagement):
        return _("the service code or the engagement number")
    lacks_service = demand in (kind.SERVICE, kind.BOTH) and not service_code
    lacks_engagement = demand in (kind.ENGAGEMENT, kind.BOTH) and not engagement
    if lacks_service and lacks_engagement:
        return _("the service code and the engagement number")
    if lacks_service:
        return _("the service code")
    return _("the engagement number") if lacks_engagement else ""


def is_to_copy(order: PurchaseOrder) -> bool:
    """Whether only the document was sent: the team copies from it whom to invoice, and what for."""
    return _is_bare(order) and _has_file(order)


def _is_bare(order: PurchaseOrder) -> bool:
    return not order.demand or not is_given(order.booking.billing)


def _has_file(order: PurchaseOrder) -> bool:
    return order.pk is not None and order.files.exists()


def what_lacks(order: PurchaseOrder) -> str:
    """What is still to come of an order."""
    if _is_bare(order):
        said = _("what the document says (SIRET, address, references)")
        return said if _has_file(order) else _("the purchase order, or the SIRET, the address and the references")
    return missing_of(order.demand, order.service_code, order.engagement)


def may_correct_order(actor: Actor, order: PurchaseOrder) -> Verdict:
    """Who booked and the team, while no invoice stands: none was issued, or a credit note took all of it off."""
    invoices = order.booking.invoices.filter(kind=Invoice.Kind.INVOICE)
    if standing(invoices).exists():
        return OrderInvoiced()
    return may_see_booking(actor, order.booking)


# Invoices


def standing(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Those of which credit notes left something."""
    off = Coalesce(Sum("credits__gross_cents"), 0)
    return invoices.annotate(off_cents=off).filter(off_cents__lt=F("gross_cents"))


def may_replace(invoice: Invoice) -> Verdict:
    """Whether an invoice may be taken off and issued again: of a purchase order, neither paid nor credited whole."""
    last = invoice.steps.last()
    is_open = standing(Invoice.objects.filter(pk=invoice.pk, kind=Invoice.Kind.INVOICE)).exists()
    is_paid = last is not None and last.state == Step.State.PAID
    return True if is_open and not is_paid and hasattr(invoice.booking, "order") else StepNotPossible()


def last_day(booking: Booking) -> date:
    """The last day of the passes of a booking."""
    days = [day for seat in booking.seats.all() for day in seat.days]
    return date.fromisoformat(max(days)) if days else booking.event.ends_on


def service_is_done(booking: Booking, event: Event, at: datetime) -> Verdict:
    """Public accountants pay after service."""
    last = last_day(booking)
    return True if at.astimezone(event.zone).date() >= last else ServiceNotDone(day=short_day(last))


def is_ready(order: PurchaseOrder) -> Verdict:
    """Whether nothing that the body demands is missing."""
    lacking = what_lacks(order)
    return True if not lacking else OrderNotComplete(what=lacking)


def may_credit(invoice: Invoice, cents: int, rest_cents: int) -> Verdict:
    """Whether so much may be taken off an invoice."""
    if invoice.is_credit:
        return StepNotPossible()
    return True if 0 < cents <= rest_cents else TooMuchToCredit(most=in_words(rest_cents))


#: What may follow what; the empty state is «issued».
NEXT = {
    "": (Step.State.SENT, Step.State.DEPOSITED, Step.State.PAID),
    Step.State.SENT: (Step.State.DEPOSITED, Step.State.REJECTED, Step.State.PAID),
    Step.State.DEPOSITED: (Step.State.REJECTED, Step.State.PAID),
    Step.State.REJECTED: (Step.State.SENT, Step.State.DEPOSITED, Step.State.PAID),
    Step.State.PAID: (),
}


def may_follow(before: str, after: str) -> Verdict:
    """Whether an invoice may go from one state to another."""
    return True if after in NEXT.get(before, ()) else StepNotPossible()
