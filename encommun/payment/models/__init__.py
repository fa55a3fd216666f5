"""Money that was asked for and money that came."""

from encommun.payment.models.payment import LedgerEntry, Payment, ProviderNotice, TransferAccount

__all__ = ["LedgerEntry", "Payment", "ProviderNotice", "TransferAccount"]
