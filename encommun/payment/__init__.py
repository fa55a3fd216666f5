"""Payments, the ledger, and providers (card, transfer)."""
