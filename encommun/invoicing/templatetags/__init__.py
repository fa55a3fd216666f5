"""Template tags of invoices."""
