"""Who invoices; quotes, purchase orders, invoices and credit notes."""

from encommun.invoicing.models.invoice import Invoice, Paper, Step
from encommun.invoicing.models.issuer import Invoicing, Issuer, Series
from encommun.invoicing.models.order import Billing, OrderFile, PurchaseOrder
from encommun.invoicing.models.quote import Quote

__all__ = ["Billing", "Invoice", "Invoicing", "Issuer", "OrderFile", "Paper", "PurchaseOrder", "Quote", "Series", "Step"]
