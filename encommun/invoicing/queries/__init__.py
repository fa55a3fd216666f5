"""What can be asked of quotes, orders and invoices."""

from encommun.invoicing.queries.documents import (
    STAGES,
    Figures,
    Filters,
    deposit_values,
    figures_of,
    invoice_seen_by,
    invoices_of,
    invoices_seen_by,
    invoicing_of,
    issuers_to_share,
    order_of,
    orders_seen_by,
    quote_seen_by,
    quotes_seen_by,
    stage_of,
)
from encommun.invoicing.queries.holds import what_does_not_hold
from encommun.invoicing.queries.totals import Total, credited_on, rest_of, total_of

__all__ = [
    "STAGES",
    "Figures",
    "Filters",
    "Total",
    "credited_on",
    "deposit_values",
    "figures_of",
    "invoice_seen_by",
    "invoices_of",
    "invoices_seen_by",
    "invoicing_of",
    "issuers_to_share",
    "order_of",
    "orders_seen_by",
    "quote_seen_by",
    "quotes_seen_by",
    "rest_of",
    "stage_of",
    "total_of",
    "what_does_not_hold",
]
