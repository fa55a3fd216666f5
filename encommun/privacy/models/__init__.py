"""Consents."""

from encommun.privacy.models.consent import Consent

__all__ = ["Consent"]
