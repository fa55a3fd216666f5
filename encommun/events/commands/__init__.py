"""What can be done with an event and its team."""

from encommun.events.commands.describe_event import EventText, describe_event, open_event, show_event
from encommun.events.commands.give_role import give_role
from encommun.events.commands.make_token import make_token
from encommun.events.commands.revoke_token import revoke_token
from encommun.events.commands.take_role import take_role
from encommun.events.commands.write_axis import AxisText, remove_axis, write_axis
from encommun.events.commands.write_support import remove_support, write_support

__all__ = [
    "AxisText",
    "EventText",
    "describe_event",
    "give_role",
    "make_token",
    "open_event",
    "remove_axis",
    "remove_support",
    "revoke_token",
    "show_event",
    "take_role",
    "write_axis",
    "write_support",
]
