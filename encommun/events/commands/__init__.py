"""What can be done with an event and its team."""

from encommun.events.commands.give_role import give_role

__all__ = ["give_role"]
