"""What can be done with notes and resources."""

from encommun.commons.commands.notes import ask_for_credit, correct_note, mark_note_done, open_note, save_note
from encommun.commons.commands.resources import publish_resource, revise_resource, withdraw_resource

__all__ = [
    "ask_for_credit",
    "correct_note",
    "mark_note_done",
    "open_note",
    "publish_resource",
    "revise_resource",
    "save_note",
    "withdraw_resource",
]
