"""What can be done with accounts."""

from encommun.people.commands.count_try import count_try

__all__ = ["count_try"]
