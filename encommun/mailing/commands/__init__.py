"""What can be done with letters."""

from encommun.mailing.commands.note_bounce import note_bounce
from encommun.mailing.commands.send_letters import send_letters
from encommun.mailing.commands.write_letter import File, write_letter, write_words

__all__ = ["File", "note_bounce", "send_letters", "write_letter", "write_words"]
