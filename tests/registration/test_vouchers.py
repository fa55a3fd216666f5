from datetime import timedelta

import pytest

from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.registration import refusals
from encommun.registration.commands import (
    VoucherText,
    make_voucher,
    release_ended_vouchers,
    set_fund,
    withdraw_voucher,
)
from encommun.registration.models import Quota, Reserve, Voucher
from encommun.registration.queries import what_does_not_hold
from tests.cast import NOW
from tests.registration.desk import open_sale

FIXED, BOTH = 1, 2  # numbers of the passes of the desk: one day, two days


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=5)
    return cast.event


@pytest.fixture
def make(event, cast):
    return lambda **asked: make_voucher(
        event, VoucherText(**({"kind": "share", "value": 20} | asked)), actor=cast.actor("farid"), at=NOW
    )


def taken(event):
    return list(Quota.objects.filter(event=event).values_list("taken", flat=True))


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "magic"},
        {"value": 0},
        {"value": 101},
        {"kind": "amount", "value": 0},
        {"uses": 0},
        {"uses": 10_001},
        {"code": "AB"},
        {"code": "ÉTÉ 2018"},
        {"code": "X" * 21},
        {"valid_from": NOW, "valid_until": NOW},
        {"passes": [9]},
        {"reserves": True},
        {"reserves": True, "passes": [FIXED]},
        {"reserves": True, "passes": [FIXED, BOTH]},
        {"kind": "fund"},
    ],
)
def test_a_code_that_contradicts_itself_is_refused(make, asked):
    with pytest.raises(refusals.VoucherDoesNotHold):
        make(**asked)
    assert Voucher.objects.count() == 0


def test_codes_are_made_by_registration_and_are_unique(event, cast, make):
    with pytest.raises(NotAllowed):
        make_voucher(event, VoucherText(kind="share", value=20), actor=VISITOR, at=NOW)
    assert make(code="merci-2018").code == "MERCI2018"
    with pytest.raises(refusals.VoucherDoesNotHold):
        make(code="MERCI 2018")
    assert len(make().code) == 8
    with pytest.raises(NotAllowed):
        withdraw_voucher(Voucher.objects.first(), actor=cast.actor("driss"), at=NOW)


@pytest.mark.parametrize(
    "kind, value, price, off",
    [
        ("amount", 1000, 3500, 1000),
        ("amount", 9999, 3500, 3500),
        ("share", 33, 100, 33),
        ("share", 50, 3501, 1750),
        ("share", 100, 3500, 3500),
        ("fixed", 1000, 3500, 2500),
        ("fixed", 9000, 3500, 0),
        ("fund", 0, 3500, 3500),
        ("open", 0, 3500, 0),
    ],
)
def test_what_a_code_takes_off(kind, value, price, off):
    assert Voucher(kind=kind, value=value).off(price) == off


def test_a_code_that_keeps_places_takes_them_and_gives_them_back(event, cast, make):
    made = make(passes=[BOTH], uses=3, reserves=True)
    assert (taken(event), [*what_does_not_hold()]) == ([3, 3], [])
    one_day = make(passes=[FIXED], uses=2, reserves=True, reserved_day=event.days[0], valid_until=NOW + timedelta(hours=1))
    assert (taken(event), [*what_does_not_hold()]) == ([5, 3], [])
    with pytest.raises(refusals.SoldOut):
        make(passes=[BOTH], uses=1, reserves=True)
    assert release_ended_vouchers(at=NOW) == 0
    assert release_ended_vouchers(at=NOW + timedelta(hours=2)) == 1
    assert release_ended_vouchers(at=NOW + timedelta(hours=2)) == 0
    assert taken(event) == [3, 3]
    withdraw_voucher(made, actor=cast.actor("farid"), at=NOW)
    withdraw_voucher(made, actor=cast.actor("farid"), at=NOW)
    assert (taken(event), Reserve.objects.filter(places__gt=0).count(), [*what_does_not_hold()]) == ([0, 0], 0, [])
    assert one_day.is_living(NOW)


def test_a_code_is_claimed_by_one_statement_within_its_dates(make):
    voucher = make(uses=3, valid_from=NOW, valid_until=NOW + timedelta(days=1))
    claim = Voucher.objects.claim
    assert not claim(voucher.pk, 1, NOW - timedelta(seconds=1))
    assert not claim(voucher.pk, 1, NOW + timedelta(days=2))
    assert not claim(voucher.pk, 4, NOW)
    assert [claim(voucher.pk, 2, NOW), claim(voucher.pk, 2, NOW), claim(voucher.pk, 1, NOW)] == [True, False, True]


TEAM = "/nec-2018/organisation/inscriptions/codes/"


def test_the_team_makes_and_withdraws_codes_on_pages(event, cast, client):
    cast.sign_in(client, "farid")
    assert "Pas encore de code" in client.get(TEAM).text
    typed = {"kind": "amount", "cents": "10,50", "uses": "5", "code": "asso-nantes", "note": "Pour l’association"}
    wrong = client.post(f"{TEAM}nouveau/", typed | {"cents": "dix"})
    assert (wrong.status_code, 'value="dix"' in wrong.text) == (422, True)
    assert client.post(f"{TEAM}nouveau/", typed | {"cents": ""}).status_code == 422
    page = client.post(f"{TEAM}nouveau/", typed, follow=True)
    assert "ASSONANTES" in page.text
    voucher = Voucher.objects.get()
    assert (voucher.value, voucher.uses, voucher.note) == (1050, 5, "Pour l’association")
    assert "ASSONANTES" in client.get(TEAM).text
    client.post(f"{TEAM}{voucher.pk}/retirer/")
    assert "ce code est retiré" in client.get(f"{TEAM}{voucher.pk}/").text.lower()
    share = client.post(f"{TEAM}nouveau/", {"kind": "share", "percent": "25", "uses": "1"})
    assert share.status_code == 302


def test_the_fund_is_public_once_it_is_open(event, cast, client):
    address = "/nec-2018/inscriptions/pass-suspendus/"
    assert client.get(address).status_code == 404
    set_fund(event, text={"fr": "Écrivez à *Farid*."}, is_open=True, actor=cast.actor("farid"), at=NOW)
    assert "<em>Farid</em>" in client.get(address).text
    cast.sign_in(client, "farid")
    assert client.post(f"{TEAM}fonds/", {"text_fr": "Un mot à l’accueil."}).status_code == 302
    assert "Le fonds est fermé" in client.get(address).text
    assert client.get(f"{TEAM}fonds/").status_code == 200
