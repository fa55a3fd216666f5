"""Signatures are for one purpose, one thing, one epoch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encommun.foundation import codes, signing
from encommun.foundation.refusals import NotFound

TOKEN = signing.link_token("call.proposal", "K7M2QX", 1)


@pytest.mark.parametrize(
    ("purpose", "subject", "epoch", "token"),
    [
        ("commons.note", "K7M2QX", 1, TOKEN),
        ("call.proposal", "K7M2QY", 1, TOKEN),
        ("call.proposal", "K7M2QX", 2, TOKEN),
        ("call.proposal", "K7M2QX", 1, TOKEN[:-1]),
        ("call.proposal", "K7M2QX", 1, ""),
        ("call.proposal", "K7M2QX", 1, "é" * 32),
        ("call.proposal", "K7M2QX\n1", 0, TOKEN),
    ],
)
def test_a_link_for_something_else_is_refused(purpose, subject, epoch, token):
    with pytest.raises(NotFound):
        signing.check_link(purpose, subject, token, epoch)


def test_a_link_fits_whatever_its_capitals():
    signing.check_link("call.proposal", "K7M2QX", TOKEN.upper(), 1)
    assert len(TOKEN) == 32


def test_a_signed_value_comes_back_for_its_purpose_and_in_time():
    token = signing.sign("a", {"n": 1})
    assert signing.unsign("a", token, 60) == {"n": 1}
    for purpose, value, age in (("b", token, 60), ("a", token + "x", 60), ("a", token, -1)):
        with pytest.raises(NotFound):
            signing.unsign(purpose, value, age)


def test_a_sealed_secret_opens_for_its_purpose_only():
    sealed = signing.seal("a", b"key")
    assert signing.unseal("a", sealed) == b"key"
    assert b"key" not in sealed.encode()
    with pytest.raises(NotFound):
        signing.unseal("b", sealed)


def test_a_fingerprint_depends_on_its_purpose():
    assert signing.fingerprint("a", "x") != signing.fingerprint("b", "x")
    assert len(signing.fingerprint("a", "x")) == 16


def test_codes_can_be_read_out():
    code = codes.new_code()
    assert len(code) == 6
    assert set(code) <= set(codes.ALPHABET)
    assert codes.read_code(f" {code[:3].lower()}-{code[3:]} ") == code


@given(st.text())
def test_any_typed_code_is_read_without_error(typed):
    codes.read_code(typed)
