"""Bank transfers: what a payer is shown, and reading the statements of a bank."""

from encommun.payment.providers.transfer.read import Credit, Sheet, read_file

__all__ = ["Credit", "Sheet", "read_file"]
