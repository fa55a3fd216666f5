"""What can be done with accounts."""

from encommun.people.commands.add_second_factor import add_application, add_passkey
from encommun.people.commands.count_try import count_try
from encommun.people.commands.end_sessions import end_sessions
from encommun.people.commands.open_account import open_account
from encommun.people.commands.remove_second_factor import remove_second_factor
from encommun.people.commands.renew_recovery_codes import renew_recovery_codes
from encommun.people.commands.update_account import update_account

__all__ = [
    "add_application",
    "add_passkey",
    "count_try",
    "end_sessions",
    "open_account",
    "remove_second_factor",
    "renew_recovery_codes",
    "update_account",
]
