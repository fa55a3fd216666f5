"""What can be done with letters to groups."""

from encommun.correspondence.commands.raise_reminders import raise_reminders
from encommun.correspondence.commands.release_letter import release_letter
from encommun.correspondence.commands.save_template import remove_template, save_template
from encommun.correspondence.commands.set_reminder import ReminderText, remove_reminder, set_reminder
from encommun.correspondence.commands.write_group_letter import drop_letter, edit_letter, write_group_letter
from encommun.correspondence.commands.write_to_recipients import write_to_recipients

__all__ = [
    "ReminderText",
    "drop_letter",
    "edit_letter",
    "raise_reminders",
    "release_letter",
    "remove_reminder",
    "remove_template",
    "save_template",
    "set_reminder",
    "write_group_letter",
    "write_to_recipients",
]
