"""Consents, and receipts of erasures."""

from encommun.privacy.models.consent import Consent
from encommun.privacy.models.erasure import Erasure

__all__ = ["Consent", "Erasure"]
