"""Quotes, orders and invoices, for those who may see them."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.money import as_decimal
from encommun.foundation.refusals import NotFound
from encommun.invoicing.factur_x import terms_of
from encommun.invoicing.models import Billing, Invoice, Invoicing, Issuer, OrderFile, PurchaseOrder, Quote, Step
from encommun.invoicing.rules import keeps_invoices, may_see_quote, standing
from encommun.registration.models import Booking
from encommun.registration.rules import may_see_booking

#: How far an order is, in the order of time.
STAGES = ("to_copy", "incomplete", "waiting", "to_invoice", "to_deposit", "deposited", "rejected", "paid")


def quote_seen_by(actor: Actor, event: Event, code: str) -> Quote:
    """A quote.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    quote = Quote.objects.filter(event=event, code=read_code(code)).select_related("booking").first()
    if quote is None or may_see_quote(actor, quote) is not True:
        raise NotFound()
    quote.event = event
    return quote


def invoice_seen_by(actor: Actor, event: Event, number: str) -> Invoice:
    """An invoice or a credit note, for who booked and for those who keep the money.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    found = Invoice.objects.filter(event=event, number=number).select_related("booking", "issuer", "corrects").first()
    if found is None or may_see_booking(actor, found.booking) is not True:
        raise NotFound()
    found.event = found.booking.event = event
    return found


def with_state(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """With ``state``: the last step of each; empty when nothing was noted."""
    last = Step.objects.filter(invoice=OuterRef("pk")).order_by("-pk")
    return invoices.annotate(state=Subquery(last.values("state")[:1]))


def invoices_of(booking: Booking) -> list[Invoice]:
    """The invoices and credit notes of a booking, in the order of time. One statement."""
    return list(with_state(booking.invoices.select_related("corrects")).order_by("pk"))


def order_of(booking: Booking) -> PurchaseOrder | None:
    """The purchase order of a booking, with the names of its files."""
    order = PurchaseOrder.objects.filter(booking=booking).first()
    if order is not None:
        order.booking = booking
        order.papers = list(order.files.defer("content"))
    return order


def invoicing_of(event: Event) -> Invoicing | None:
    """Who invoices for an event."""
    return Invoicing.objects.select_related("issuer").filter(event=event).first()


def issuers_to_share(actor: Actor, event: Event) -> list[tuple[Issuer, str]]:
    """Issuers of other gatherings whose money the actor keeps too, with the name of one."""
    others = Invoicing.objects.exclude(event=event).select_related("issuer", "event").order_by("issuer__name", "pk")
    found = {row.issuer_id: (row.issuer, row.event.name) for row in others if keeps_invoices(actor, row.event_id) is True}
    mine = invoicing_of(event)
    return [pair for pk, pair in found.items() if mine is None or pk != mine.issuer_id]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to."""

    search: str = ""
    state: str = ""
    kind: str = ""


def invoices_seen_by(actor: Actor, event: Event, filters: Filters) -> QuerySet[Invoice]:
    """The invoices of an event, the newest first.

    Raises:
        NotFound: the actor does not keep the money.
    """
    if keeps_invoices(actor, event.pk) is not True:
        raise NotFound()
    found = with_state(Invoice.objects.filter(event=event).select_related("booking"))
    if filters.kind in ("test",):
        found = found.filter(is_test=True)
    else:
        found = found.filter(is_test=False)
        if filters.kind:
            found = found.filter(kind=filters.kind)
    if filters.state == "open":
        found = found.filter(
            Q(state=None) | ~Q(state=Step.State.PAID), kind=Invoice.Kind.INVOICE, prepaid_cents__lt=F("gross_cents")
        )
    elif filters.state == "issued":
        found = found.filter(state=None)
    elif filters.state:
        found = found.filter(state=filters.state)
    for word in filters.search.split()[:5]:
        number = word.replace(" ", "")
        found = found.filter(
            Q(number__icontains=number)
            | Q(buyer_name__icontains=word)
            | Q(buyer_siret__startswith=number)
            | Q(booking__code__iexact=word)
            | Q(booking__email__icontains=word)
        )
    return found.order_by("-made_at", "-pk")


def orders_seen_by(actor: Actor, event: Event, filters: Filters, *, is_over: bool) -> QuerySet[PurchaseOrder]:
    """The purchase orders of an event, with ``invoice_number`` and ``state`` of the last invoice.

    Args:
        is_over: whether the gathering is over, so that what is complete is to be invoiced.
    """
    if keeps_invoices(actor, event.pk) is not True:
        raise NotFound()
    standing_ones = standing(Invoice.objects.filter(booking=OuterRef("booking"), kind=Invoice.Kind.INVOICE))
    invoices = with_state(standing_ones).order_by("-pk")
    found = PurchaseOrder.objects.filter(booking__event=event).select_related("booking", "booking__billing")
    found = found.annotate(
        invoice_number=Subquery(invoices.values("number")[:1]),
        state=Subquery(invoices.values("state")[:1]),
        has_file=Exists(OrderFile.objects.filter(order=OuterRef("pk"))),
    ).exclude(booking__state=Booking.State.CANCELLED)
    none, some = Q(invoice_number=None), Q(invoice_number__isnull=False)
    stages = {
        "to_copy": none & Q(to_come=True, demand="", has_file=True),
        "incomplete": none & Q(to_come=True) & ~Q(demand="", has_file=True),
        "waiting": none & Q(to_come=False) if not is_over else Q(pk=None),
        "to_invoice": none & Q(to_come=False) if is_over else Q(pk=None),
        "to_deposit": some & (Q(state=None) | Q(state=Step.State.SENT)),
        "deposited": Q(state=Step.State.DEPOSITED),
        "rejected": Q(state=Step.State.REJECTED),
        "paid": Q(state=Step.State.PAID),
    }
    if filters.state in stages:
        found = found.filter(stages[filters.state])
    for word in filters.search.split()[:5]:
        found = found.filter(
            Q(booking__billing__buyer_name__icontains=word)
            | Q(booking__billing__siret__startswith=word)
            | Q(engagement__icontains=word)
            | Q(order_number__icontains=word)
            | Q(booking__code__iexact=word)
            | Q(invoice_number__icontains=word)
        )
    return found.order_by("-received_at", "-pk")


def stage_of(order: PurchaseOrder, *, is_over: bool) -> str:
    """How far an order is, of a row of ``orders_seen_by``."""
    if order.invoice_number is None:
        lacking = "to_copy" if order.has_file and not order.demand else "incomplete"
        return lacking if order.to_come else "to_invoice" if is_over else "waiting"
    return order.state if order.state in (Step.State.DEPOSITED, Step.State.REJECTED, Step.State.PAID) else "to_deposit"


def quotes_seen_by(actor: Actor, event: Event, filters: Filters) -> QuerySet[Quote]:
    """The quotes of an event, the newest first."""
    if keeps_invoices(actor, event.pk) is not True:
        raise NotFound()
    found = Quote.objects.filter(event=event, is_test=False).select_related("booking")
    for word in filters.search.split()[:5]:
        found = found.filter(Q(number__icontains=word) | Q(body_name__icontains=word) | Q(email__icontains=word))
    return found.order_by("-asked_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Sums of an event, in cents, trials apart."""

    invoiced_cents: int
    credited_cents: int
    promised_cents: int

    @property
    def kept_cents(self) -> int:
        return self.invoiced_cents - self.credited_cents


def figures_of(event: Event) -> Figures:
    """Two statements."""
    sums = Invoice.objects.filter(event=event, is_test=False).aggregate(
        invoiced=Sum("gross_cents", filter=Q(kind=Invoice.Kind.INVOICE), default=0),
        credited=Sum("gross_cents", filter=Q(kind=Invoice.Kind.CREDIT), default=0),
    )
    promised = PurchaseOrder.objects.filter(
        booking__event=event, booking__state=Booking.State.CONFIRMED, booking__invoices=None
    ).aggregate(cents=Sum("booking__total_cents", default=0))["cents"]
    return Figures(invoiced_cents=sums["invoiced"], credited_cents=sums["credited"], promised_cents=promised)


def deposit_values(invoice: Invoice) -> list[tuple[str, list[tuple[str, str]]]]:
    """What Chorus Pro asks when an invoice is deposited, with the exact values: those of the file, character for character."""
    terms = terms_of(invoice)
    content, buyer = invoice.content, invoice.content["buyer"]
    nothing = _("(leave empty: the body asks for none)")
    scheme = Billing.Scheme(buyer.get("scheme", "siret")).label
    kind = _("Credit note (381)") if invoice.is_credit else _("Invoice (380)")
    where = [
        (_("{number} of the recipient · BT-46").format(number=scheme), buyer.get("siret", "") or nothing),
        (_("Service code · BT-10"), terms.get("BT-10", "") or nothing),
        (_("Engagement number · BT-13"), terms.get("BT-13", "") or nothing),
        (_("Contract number · BT-12"), terms.get("BT-12", "") or nothing),
    ]
    what = [
        (_("Kind · BT-3"), kind),
        (_("Number · BT-1"), invoice.number),
        (_("Date · BT-2"), f"{invoice.issued_on:%d/%m/%Y}"),
        (_("Setting · BT-23"), f"{terms['BT-23']} (A1)"),
        (_("Due date · BT-9"), f"{terms['BT-9']:%d/%m/%Y}"),
    ]
    if invoice.is_credit:
        what.append((_("Invoice that it corrects · BT-25"), content["corrects"]["number"]))
    amounts = [
        (_("Total without tax · BT-109"), as_decimal(invoice.net_cents)),
        (_("Tax · BT-110"), as_decimal(invoice.tax_cents)),
        (_("Total with tax · BT-112"), as_decimal(invoice.gross_cents)),
        (_("To be paid · BT-115"), as_decimal(invoice.due_cents)),
    ]
    if content["vat"]["exemption"]:
        amounts.append((_("Reason of the exemption · BT-120"), content["vat"]["exemption"]))
    seller = content["seller"]
    mine = [(_("SIRET of the supplier · BT-29"), seller["siret"] or seller["siren"]), ("IBAN · BT-84", content["bank"]["iban"])]
    return [
        (_("Recipient"), where),
        (_("Document"), what),
        (_("Amounts, in euros"), amounts),
        (_("Supplier"), mine),
    ]
