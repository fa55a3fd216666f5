"""Accounts, structures (the bodies people come from), signing in, second factor, secret links, limits on tries."""
