"""Numbers of bodies, the rounding rule, what an issuer must say, and the legal texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encommun.foundation.refusals import NotAllowed
from encommun.invoicing.commands import keep_issuer, share_issuer
from encommun.invoicing.models import Invoicing, Issuer, Series
from encommun.invoicing.refusals import IssuerIncomplete, PrefixTaken, WrongNumber, WrongPrefix
from encommun.invoicing.rules import (
    REGIMES,
    clean_body_number,
    clean_siren,
    clean_siret,
    meets_demand,
    missing_of,
    net_of,
    notes_for,
)
from tests.cast import NOW
from tests.invoicing.office import ISSUER, issuer


@pytest.mark.parametrize(
    "typed", ["299 999 995 00010", "29999999500010", "299.999.995.00010", "299\u00a0999\u202f995 00010", "299-999-995-00010"]
)
def test_a_siret_is_read_however_it_was_typed(typed):
    assert clean_siret(typed) == "29999999500010"


@pytest.mark.parametrize(
    "typed, why",
    [
        ("2999999950001", "13"),
        ("299999995000100", "15"),
        ("29999999500011", "one digit does not fit"),
        ("2999999950001O", "only digits"),
        ("", "only digits"),
        ("²9999999500010", "only digits"),
    ],
)
def test_a_wrong_siret_is_told_what_is_wrong(typed, why):
    from django.utils import translation

    with translation.override("en"), pytest.raises(WrongNumber) as refused:
        clean_siret(typed)
    assert why in refused.value.sentence


def test_offices_of_la_poste_have_a_check_of_their_own():
    assert clean_siret("356 000 000 49837") == "35600000049837"  # its sum is a multiple of five; Luhn would refuse it
    with pytest.raises(WrongNumber):
        clean_siret("356 000 000 49838")
    assert clean_siret("356 000 000 00048") == "35600000000048"  # the head office passes Luhn


def test_overseas_bodies_have_numbers_of_their_own():
    assert clean_body_number("0 130 054.001", "ridet") == "0130054001"
    assert clean_body_number("b 12345 001", "tahiti") == "B12345001"
    for typed, scheme in (("12", "ridet"), ("29999999500010", "tahiti"), ("29999999500010", "ridet")):
        with pytest.raises(WrongNumber):
            clean_body_number(typed, scheme)


def test_a_siren_is_checked():
    assert clean_siren("123 456 782") == "123456782"
    with pytest.raises(WrongNumber):
        clean_siren("123456789")


def test_the_rounding_rule_on_known_prices():
    """To the nearest cent, halves upwards: 33 × 10000 / 12000 = 27.5."""
    assert [net_of(cents, 2000) for cents in (6000, 3500, 33, 1, 0)] == [5000, 2917, 28, 1, 0]
    assert [net_of(cents, 550) for cents in (6000, 3500)] == [5687, 3318]
    assert net_of(6000, 0) == 6000


@given(st.integers(0, 10_000_000), st.sampled_from([0, 210, 550, 1000, 2000]))
def test_gross_is_net_and_tax_and_the_tax_is_the_rates_to_half_a_cent(gross, rate):
    net = net_of(gross, rate)
    tax = gross - net
    assert 0 <= tax <= gross
    assert abs(tax * 10_000 - net * rate) <= (10_000 + rate) / 2


DEMANDS = {
    ("none", "", ""): True,
    ("service", "A", ""): True,
    ("service", "", "B"): False,
    ("engagement", "", "B"): True,
    ("engagement", "A", ""): False,
    ("service_or_engagement", "A", ""): True,
    ("service_or_engagement", "", "B"): True,
    ("service_or_engagement", "", ""): False,
    ("service_and_engagement", "A", "B"): True,
    ("service_and_engagement", "A", ""): False,
    ("service_and_engagement", "", ""): False,
}


@pytest.mark.parametrize("given, met", DEMANDS.items())
def test_the_five_demands_of_a_public_buyer(given, met):
    demand, service, engagement = given
    asked = {"demand": demand, "service_code": service, "engagement": engagement}
    assert (meets_demand(**asked, to_come=False) is True) == met
    assert meets_demand(**asked, to_come=True) is True
    assert bool(missing_of(demand, service, engagement)) == (not met)


def test_what_chorus_pro_would_reject_in_a_field_is_refused_before():
    for asked in ({"service_code": "MÉDIA;42", "engagement": ""}, {"service_code": "", "engagement": "n°12"}):
        assert not meets_demand(demand="none", **asked, to_come=False)


def test_each_regime_has_its_text_and_its_code():
    kind = Issuer.Regime
    assert {one: (regime.category, regime.code) for one, regime in REGIMES.items()} == {
        kind.OUT_OF_SCOPE: ("O", "VATEX-EU-O"),
        kind.EXEMPT_261: ("E", "VATEX-FR-CGI261-7"),
        kind.FRANCHISE: ("E", "VATEX-FR-FRANCHISE"),
        kind.CHARGED: ("S", ""),
    }
    assert REGIMES[kind.EXEMPT_261].exemption == "Exonération de TVA, article 261, 7-1° du CGI"
    assert REGIMES[kind.FRANCHISE].exemption == "TVA non applicable, article 293 B du CGI"


def test_a_person_owes_neither_fee_nor_penalty():
    assert notes_for("person") == {}
    assert set(notes_for("public")) == set(notes_for("body")) == {"PMT", "PMD", "AAB"}
    assert "40 €" in notes_for("public")["PMT"]


# The issuer


@pytest.mark.parametrize(
    "change, refusal",
    [
        ({"siret": ""}, IssuerIncomplete),
        ({"siret": "123 456 782 00011"}, WrongNumber),
        ({"siren": "299999995"}, IssuerIncomplete),
        ({"regime": "charged"}, IssuerIncomplete),
        ({"regime": "charged", "vat_number": "FR11123456782"}, IssuerIncomplete),
        ({"regime": "none of them"}, IssuerIncomplete),
        ({"vat_number": "FR00123456782"}, WrongNumber),
        ({"iban": "FR76 3000 6000 0112 3456 7890 188"}, WrongNumber),
        ({"name": "  "}, IssuerIncomplete),
        ({"siret": "", "rna": "W442001234"}, IssuerIncomplete),
    ],
)
def test_an_issuer_that_the_law_would_not_find_complete(cast, change, refusal):
    with pytest.raises(refusal):
        keep_issuer(cast.event, replace(ISSUER, **change), prefix="NEC2018", actor=cast.actor("farid"), at=NOW)
    assert not Invoicing.objects.exists()


@pytest.mark.parametrize("prefix", ["", "NEC 2018", "NEC2018/", "NEC_18", "N" * 19, "-A", "ÉTÉ"])
def test_a_prefix_fit_for_every_rule(cast, prefix):
    with pytest.raises(WrongPrefix):
        keep_issuer(cast.event, ISSUER, prefix=prefix, actor=cast.actor("farid"), at=NOW)


def test_only_who_keeps_the_money_says_who_invoices(cast):
    with pytest.raises(NotAllowed):
        keep_issuer(cast.event, ISSUER, prefix="NEC2018", actor=cast.actor("hugo"), at=NOW)


def test_an_association_out_of_scope_may_have_no_siren(cast):
    asked = replace(ISSUER, siret="", rna="W442001234", regime="out_of_scope")
    kept = keep_issuer(cast.event, asked, prefix="nec2018", actor=cast.actor("farid"), at=NOW)
    assert (kept.prefix, kept.issuer.siren, kept.issuer.rna) == ("NEC2018", "", "W442001234")


def test_each_kind_of_document_has_its_series_and_trials_theirs(cast):
    kept = issuer(cast.event)
    starts = sorted(Series.objects.filter(issuer=kept.issuer).values_list("prefix", flat=True))
    assert starts == ["ESSAI-NEC2018-A-", "ESSAI-NEC2018-D-", "ESSAI-NEC2018-F-", "NEC2018-A-", "NEC2018-D-", "NEC2018-F-"]
    longest = Series(prefix=f"ESSAI-{'N' * 18}-F-").numbered(999_999)
    assert len(longest) <= 35


def test_several_issuers_on_one_instance_do_not_know_each_other(cast):
    mine, theirs = issuer(cast.event), issuer(cast.other, prefix="AUTRE", name="Une autre association")
    assert mine.issuer_id != theirs.issuer_id
    with pytest.raises(NotAllowed):
        share_issuer(cast.event, theirs.issuer, prefix="NEC2018", actor=cast.actor("farid"), at=NOW)


def test_one_issuer_for_two_gatherings_counts_apart(cast):
    from encommun.events.commands import give_role
    from encommun.foundation.actor import SYSTEM

    mine = issuer(cast.event)
    give_role(event_slug=cast.other.slug, email=cast.farid.email, role="registration", actor=SYSTEM, at=NOW)
    farid = cast.actor("farid")
    with pytest.raises(PrefixTaken):
        share_issuer(cast.other, mine.issuer, prefix="NEC2018", actor=farid, at=NOW)
    shared = share_issuer(cast.other, mine.issuer, prefix="JDC2018", actor=farid, at=NOW)
    assert shared.issuer == mine.issuer
    with pytest.raises(NotAllowed):  # it invoices for a gathering whose money Aya does not keep
        keep_issuer(cast.event, ISSUER, prefix="NEC2018", actor=cast.actor("aya"), at=NOW)
