"""Quotes, purchase orders, invoices and credit notes; Factur-X and deposit sheets."""
