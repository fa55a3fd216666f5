"""Letters to groups."""

from encommun.correspondence.models.group_letter import GroupLetter, Recipient
from encommun.correspondence.models.reminder import Reminder
from encommun.correspondence.models.template import LetterTemplate

__all__ = ["GroupLetter", "LetterTemplate", "Recipient", "Reminder"]
