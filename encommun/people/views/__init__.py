"""Pages of signing in and of the account's security."""
