"""What can be done about people's data: consent, withdraw, erase, purge."""

from encommun.privacy.commands.erase_person import erase_person, what_erasing_would_do
from encommun.privacy.commands.give_consent import give_consent
from encommun.privacy.commands.purge import purge
from encommun.privacy.commands.withdraw_consent import withdraw_consent, withdraw_consents

__all__ = ["erase_person", "give_consent", "purge", "what_erasing_would_do", "withdraw_consent", "withdraw_consents"]
