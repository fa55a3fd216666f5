"""The signed code of a ticket: pack, sign, read, verify. Pure: no database, no clock.

92 bytes, written in base45 (RFC 9285) so that a QR code holds them as 138 alphanumeric characters (version 6, level M)::

    version 1 · key 2 · event 4 · ticket 10 (random) · product 2 · from 4 · to 4 (days since 1970) · flags 1 | signature 64

The algorithm belongs to the version (1: Ed25519) and is not negotiated. There is no name, address or link in it.
"""

import struct
from dataclasses import dataclass
from datetime import date, timedelta

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
FIELDS = struct.Struct(">BHI10sHIIB")
SIGNATURE = 64
LENGTH = FIELDS.size + SIGNATURE
CHARACTERS = LENGTH // 2 * 3
_EPOCH = date(1970, 1, 1)


class NotACode(Exception):
    """What was shown is not a code of ours in form: another length, another alphabet, another version."""


class WrongSignature(Exception):
    """It has the form of a ticket, and was not signed by the key that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a code says.

    Attributes:
        key: number of the event's signing key.
        event: number of the event.
        ticket: the ticket's 10 random bytes.
        product: number of the pass type in the event.
        first, last: the first and the last day on which it may be shown.
    """

    key: int
    event: int
    ticket: bytes
    product: int
    first: date
    last: date
    flags: int = 0

    def packed(self) -> bytes:
        """The bytes that are signed."""
        days = ((day - _EPOCH).days for day in (self.first, self.last))
        return FIELDS.pack(VERSION, self.key, self.event, self.ticket, self.product, *days, self.flags)


def sign(content: Content, private_key: bytes) -> str:
    """The code of a ticket."""
    packed = content.packed()
    return base45.b45encode(packed + Ed25519PrivateKey.from_private_bytes(private_key).sign(packed)).decode()


def unpack(code: str) -> tuple[Content, bytes]:
    """What a code says, not yet believed, and its bytes.

    Raises:
        NotACode: it does not have the form of one.
    """
    if len(code) != CHARACTERS:
        raise NotACode("length")
    try:
        raw = base45.b45decode(code)
    except (ValueError, UnicodeEncodeError) as error:
        raise NotACode("alphabet") from error
    if len(raw) != LENGTH or base45.b45encode(raw).decode() != code:
        raise NotACode("encoding")
    version, key, event, ticket, product, first, last, flags = FIELDS.unpack(raw[: FIELDS.size])
    if version != VERSION:
        raise NotACode("version")
    try:
        days = [_EPOCH + timedelta(days=number) for number in (first, last)]
    except OverflowError as error:
        raise NotACode("days") from error
    return Content(key=key, event=event, ticket=ticket, product=product, first=days[0], last=days[1], flags=flags), raw


def verify(raw: bytes, public_key: Ed25519PublicKey) -> None:
    """Believe the bytes of a code.

    Raises:
        WrongSignature: they were changed, or signed with another key. OpenSSL refuses S ≥ L too (RFC 8032, 5.1.7), so
            that a signature has no second form.
    """
    try:
        public_key.verify(raw[FIELDS.size :], raw[: FIELDS.size])
    except InvalidSignature as error:
        raise WrongSignature from error
