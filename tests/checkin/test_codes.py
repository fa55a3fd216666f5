"""The signed code: what goes in comes out, and nothing else is believed."""

from datetime import date

import base45
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from encommun.checkin import codes

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SECRET, PUBLIC = KEY.private_bytes_raw(), KEY.public_key()
#: The order of the curve's group (RFC 8032).
L = 2**252 + 27742317777372353535851937790883648493

days = st.dates(min_value=date(1970, 1, 1), max_value=date(2200, 1, 1))
contents = st.builds(
    codes.Content,
    key=st.integers(0, 2**16 - 1),
    event=st.integers(0, 2**32 - 1),
    ticket=st.binary(min_size=10, max_size=10),
    product=st.integers(0, 2**16 - 1),
    first=days,
    last=days,
    flags=st.integers(0, 255),
)
CONTENT = codes.Content(key=1, event=7, ticket=b"0123456789", product=2, first=date(2018, 9, 13), last=date(2018, 9, 14))


@given(contents)
def test_what_is_packed_is_read_again(content):
    code = codes.sign(content, SECRET)
    read, raw = codes.unpack(code)
    codes.verify(raw, PUBLIC)
    assert read == content
    assert len(code) == 138
    assert len(raw) == 92


def test_the_code_is_alphanumeric_for_a_qr_of_version_6():
    import segno

    code = codes.sign(CONTENT, SECRET)
    image = segno.make(code, error="m", micro=False)
    assert image.designator == "6-M"
    assert image.mode == "alphanumeric"


def test_every_single_flipped_bit_is_refused():
    raw = base45.b45decode(codes.sign(CONTENT, SECRET))
    for bit in range(len(raw) * 8):
        mutated = bytearray(raw)
        mutated[bit // 8] ^= 1 << bit % 8
        with pytest.raises((codes.NotACode, codes.WrongSignature)):
            codes.verify(codes.unpack(base45.b45encode(bytes(mutated)).decode())[1], PUBLIC)


def test_the_second_form_of_a_signature_is_refused():
    """S + L verifies where S is not checked to be below L: one ticket would have two codes."""
    raw = base45.b45decode(codes.sign(CONTENT, SECRET))
    s = int.from_bytes(raw[-32:], "little") + L
    assert s < 2**256
    with pytest.raises(codes.WrongSignature):
        codes.verify(raw[:-32] + s.to_bytes(32, "little"), PUBLIC)


def test_another_key_does_not_sign_for_us():
    other = Ed25519PrivateKey.generate()
    _content, raw = codes.unpack(codes.sign(CONTENT, other.private_bytes_raw()))
    with pytest.raises(codes.WrongSignature):
        codes.verify(raw, PUBLIC)


@settings(max_examples=300)
@given(
    st.one_of(st.text(max_size=200), st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=138, max_size=138))
)
def test_garbage_is_not_a_code(text):
    try:
        _content, raw = codes.unpack(text)
    except codes.NotACode:
        return
    with pytest.raises(codes.WrongSignature):
        codes.verify(raw, PUBLIC)


@pytest.mark.parametrize("change", [lambda c: c[:-1], lambda c: c + "A", lambda c: c.lower(), lambda c: "é" + c[1:], lambda c: ""])
def test_another_length_or_alphabet_is_not_a_code(change):
    with pytest.raises(codes.NotACode):
        codes.unpack(change(codes.sign(CONTENT, SECRET)))


def test_a_code_has_one_writing():
    """base45 that would decode to the same bytes in another writing is refused."""
    code = codes.sign(CONTENT, SECRET)
    assert code == base45.b45encode(codes.unpack(code)[1]).decode()
    with pytest.raises(codes.NotACode):
        codes.unpack(":::" + code[3:])  # 45³ - 1 does not fit two bytes
