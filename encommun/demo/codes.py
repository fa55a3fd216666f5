"""The second-factor code of this very moment, for the demo's cast."""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from encommun.demo.cast import DEMO_TOTP_SECRET


@dataclass(frozen=True)
class CodeNow:
    """A code and how many seconds it still lives."""

    code: str
    seconds: int


def code_now() -> CodeNow:
    """What an application would show now. The machine's clock counts, whatever day the demo plays."""
    counter, spent = divmod(int(time.time()), app_settings.TOTP_PERIOD)
    return CodeNow(format_hotp_value(hotp_value(DEMO_TOTP_SECRET, counter)), app_settings.TOTP_PERIOD - spent)
