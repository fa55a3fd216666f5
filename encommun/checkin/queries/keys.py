"""Keys that sign tickets. Public halves are kept in the process: the door asks for them at each scan."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from encommun.checkin import codes
from encommun.checkin.models import SigningKey

type Keys = dict[int, Ed25519PublicKey]

_KEPT: dict[int, Keys] = {}


def read_public_keys(event_id: int) -> Keys:
    """The public keys of an event, by number, read again and kept."""
    rows = SigningKey.objects.filter(event_id=event_id).values_list("number", "public_key")
    _KEPT[event_id] = {number: Ed25519PublicKey.from_public_bytes(bytes(key)) for number, key in rows}
    return _KEPT[event_id]


def verify(content: codes.Content, raw: bytes) -> None:
    """Believe a code by the pinned key that it names. A key that is not known yet is looked up once more.

    Raises:
        WrongSignature: no such key, or the signature does not fit it.
    """
    kept = _KEPT.get(content.event, {}).get(content.key)
    if kept is not None:
        try:
            return codes.verify(raw, kept)
        except codes.WrongSignature:
            pass
    fresh = read_public_keys(content.event).get(content.key)
    if fresh is None:
        raise codes.WrongSignature
    return codes.verify(raw, fresh)
