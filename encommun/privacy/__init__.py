"""Purposes, consents and receipts, the register, «my data»: what is held, export, erasure."""
