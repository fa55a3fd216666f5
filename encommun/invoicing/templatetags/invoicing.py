"""What other packages' pages show of orders and invoices, without knowing this one."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.invoicing.models import Invoice, Invoicing, PurchaseOrder
from encommun.invoicing.queries import invoices_of
from encommun.registration.models import Booking

register = template.Library()

#: The pages of invoices, for those who keep the money.
TABS = (
    ("invoicing:team_list", _("Invoices")),
    ("invoicing:team_orders", _("Purchase orders")),
    ("invoicing:team_quotes", _("Quotes")),
    ("invoicing:team_issuer", _("Who invoices")),
)


@register.inclusion_tag("invoicing/team/tabs.html", takes_context=True)
def invoicing_tabs(context: Context) -> dict[str, Any]:
    """The pages of invoices beside each other."""
    return {"tabs": TABS, "event": context["event"], "request": context["request"]}


@register.simple_tag
def makes_quotes(event: Event) -> bool:
    """Whether somebody invoices for the event: ``{% makes_quotes event as quotes %}``. One statement."""
    return Invoicing.objects.filter(event=event).exists()


@register.inclusion_tag("invoicing/of_booking.html", takes_context=True)
def papers_of(context: Context, booking: Booking) -> dict[str, Any]:
    """On the page of a booking: its order and its invoices, and how to have them. Three statements."""
    if not booking.total_cents or not Invoicing.objects.filter(event_id=booking.event_id).exists():
        return {}
    order = PurchaseOrder.objects.filter(booking=booking).first()
    return {"shown": True, "booking": booking, "event": context["event"], "order": order, "invoices": invoices_of(booking)}


@register.inclusion_tag("invoicing/team/of_booking.html", takes_context=True)
def team_papers_of(context: Context, booking: Booking) -> dict[str, Any]:
    """The same on the team's page of a booking."""
    found = papers_of(context, booking)
    return found | {"csrf_token": context.get("csrf_token"), "has_invoice": any(map(_is_invoice, found.get("invoices", ())))}


def _is_invoice(invoice: Invoice) -> bool:
    return not invoice.is_credit
