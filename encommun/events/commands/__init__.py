"""What can be done with an event and its team."""

from encommun.events.commands.give_role import give_role
from encommun.events.commands.make_token import make_token
from encommun.events.commands.revoke_token import revoke_token
from encommun.events.commands.take_role import take_role

__all__ = ["give_role", "make_token", "revoke_token", "take_role"]
