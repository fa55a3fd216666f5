"""The demo's part of «call»."""

from datetime import datetime

from encommun.events.models import Event
from encommun.people.models import Account


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """To be filled."""
