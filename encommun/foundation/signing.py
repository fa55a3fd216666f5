"""The one place that signs: secret links, ticket keys at rest, stable identifiers. The purpose is in the salt.

Tickets themselves are signed with Ed25519 by ``checkin``; their private keys are sealed here.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing as django_signing

from encommun.foundation.refusals import NotFound

LINK_VERSION = 1


def _key(purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"encommun.{purpose}".encode(), "sha256")


def link_token(purpose: str, subject: str, epoch: int = 0) -> str:
    """The secret part of a personal link: 160 bits over purpose, subject and epoch, in lower-case base32.

    Raising the ``epoch`` kept on an object revokes the links given so far.
    """
    message = f"{LINK_VERSION}\n{purpose}\n{subject}\n{epoch}".encode()
    digest = hmac.digest(_key("link"), message, "sha256")[:20]
    return base64.b32encode(digest).decode().lower()


def check_link(purpose: str, subject: str, token: str, epoch: int = 0) -> None:
    """Accept a personal link.

    Raises:
        NotFound: the token was not made for this purpose, subject and epoch.
    """
    if not hmac.compare_digest(link_token(purpose, subject, epoch).encode(), token.lower().encode()):
        raise NotFound()


def sign(purpose: str, value: object) -> str:
    """A value that travels through a browser or a mail and comes back unchanged. JSON types only."""
    return django_signing.dumps(value, salt=f"encommun.{purpose}", compress=True)


def unsign(purpose: str, token: str, max_age: int) -> object:
    """The value signed for this purpose at most ``max_age`` seconds ago.

    Raises:
        NotFound: changed, made for another purpose, or too old.
    """
    try:
        return django_signing.loads(token, salt=f"encommun.{purpose}", max_age=max_age)
    except django_signing.BadSignature as error:
        raise NotFound() from error


def seal(purpose: str, secret: bytes) -> str:
    """Encrypt a secret for the database (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return Fernet(base64.urlsafe_b64encode(_key(f"seal.{purpose}"))).encrypt(secret).decode()


def unseal(purpose: str, sealed: str) -> bytes:
    """Decrypt what ``seal`` made.

    Raises:
        NotFound: sealed for another purpose or under another secret key.
    """
    try:
        return Fernet(base64.urlsafe_b64encode(_key(f"seal.{purpose}"))).decrypt(sealed.encode())
    except InvalidToken as error:
        raise NotFound() from error


def fingerprint(purpose: str, value: str) -> str:
    """A keyed hash that names a value in logs and limits without showing it (16 hexadecimal characters)."""
    return hmac.digest(_key(f"fingerprint.{purpose}"), value.encode(), "sha256").hex()[:16]


def secret_hash(secret: str) -> str:
    """How a 256-bit random secret is stored: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
