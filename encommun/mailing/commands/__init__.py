"""What can be done with letters."""

from encommun.mailing.commands.send_letters import send_letters
from encommun.mailing.commands.write_letter import File, write_letter

__all__ = ["File", "send_letters", "write_letter"]
