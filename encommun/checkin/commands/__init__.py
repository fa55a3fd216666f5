"""What can be done with tickets and at the door."""

from encommun.checkin.commands.issue_tickets import issue_tickets, reissue_ticket, revoke_tickets
from encommun.checkin.commands.keep_door import keep_door
from encommun.checkin.commands.make_signing_key import make_signing_key
from encommun.checkin.commands.redeem import Outcome, redeem
from encommun.checkin.commands.undo_scan import undo_scan
from encommun.checkin.commands.welcome_walk_in import WalkIn, welcome_walk_in

__all__ = [
    "Outcome",
    "WalkIn",
    "issue_tickets",
    "keep_door",
    "make_signing_key",
    "redeem",
    "reissue_ticket",
    "revoke_tickets",
    "undo_scan",
    "welcome_walk_in",
]
