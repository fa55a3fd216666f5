import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from encommun.foundation.refusals import NotFound
from encommun.journal.models import Entry
from encommun.people.commands import (
    add_application,
    end_sessions,
    open_account,
    remove_second_factor,
    renew_recovery_codes,
    update_account,
)
from encommun.people.models import Account
from encommun.people.queries import factors_of
from encommun.people.refusals import AlreadyAdded, WrongCode
from tests.cast import NOW

SECRET = "GEZDGNBVGY3TQOJQ"


def right_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in_now(cast, client, name):
    """As if the code of the letter had just been typed."""
    cast.sign_in(client, name)
    session = client.session
    method = "mfa" if factors_of(cast.accounts[name]).exist else "code"
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    from allauth.account.internal.userkit import user_id_to_str

    session["account_authentication_methods_user"] = user_id_to_str(cast.accounts[name])
    session.save()
    return client


def test_nobody_changes_the_account_of_another(cast):
    bruno = cast.actor("bruno")
    for command in (
        lambda: update_account(cast.chloe, name="x", language="fr", actor=bruno, at=NOW),
        lambda: add_application(cast.chloe, secret=SECRET, code=right_code(), actor=bruno, at=NOW),
        lambda: remove_second_factor(cast.aya, Authenticator.objects.get(user=cast.aya).pk, actor=bruno, at=NOW),
        lambda: renew_recovery_codes(cast.aya, actor=bruno, at=NOW),
        lambda: end_sessions(cast.chloe, actor=bruno, at=NOW),
    ):
        with pytest.raises(NotFound):
            command()


def test_an_application_needs_a_right_code(cast):
    with pytest.raises(WrongCode):
        add_application(cast.chloe, secret=SECRET, code="000000", actor=cast.actor("chloe"), at=NOW)
    assert not factors_of(cast.chloe).exist


def test_there_is_one_application_an_account(cast):
    add_application(cast.chloe, secret=SECRET, code=right_code(), actor=cast.actor("chloe"), at=NOW)
    with pytest.raises(AlreadyAdded):
        add_application(cast.chloe, secret=SECRET, code=right_code(), actor=cast.actor("chloe"), at=NOW)


def test_an_application_comes_with_recovery_codes_and_is_recorded_without_its_secret(cast):
    add_application(cast.chloe, secret=SECRET, code=right_code(), actor=cast.actor("chloe"), at=NOW)
    factors = factors_of(cast.chloe)
    assert len(factors.recovery_codes) == 10
    assert SECRET not in json.dumps(factors.application.data)
    entry = Entry.objects.get(kind="people.second_factor_added")
    assert (entry.actor, entry.about, entry.facts) == (
        f"account:{cast.chloe.pk}",
        f"people.Account:{cast.chloe.pk}",
        {"type": "totp"},
    )


def test_removing_the_last_factor_removes_the_recovery_codes(cast):
    add_application(cast.chloe, secret=SECRET, code=right_code(), actor=cast.actor("chloe"), at=NOW)
    remove_second_factor(cast.chloe, factors_of(cast.chloe).application.pk, actor=cast.actor("chloe"), at=NOW)
    assert Authenticator.objects.filter(user=cast.chloe).count() == 0
    with pytest.raises(NotFound):
        renew_recovery_codes(cast.chloe, actor=cast.actor("chloe"), at=NOW)


def test_new_recovery_codes_replace_the_former(cast):
    add_application(cast.chloe, secret=SECRET, code=right_code(), actor=cast.actor("chloe"), at=NOW)
    former = factors_of(cast.chloe).recovery_codes
    assert set(renew_recovery_codes(cast.chloe, actor=cast.actor("chloe"), at=NOW)).isdisjoint(former)


def test_opening_an_account_twice_makes_one(db):
    first = open_account(email=" Zoe@Exemple.org ", language="fr", at=NOW)
    assert open_account(email="zoe@exemple.org", language="en", at=NOW) == first
    assert Entry.objects.filter(kind="people.account_opened").count() == 1


def test_pages_of_the_account_ask_to_sign_in(cast, client):
    for path in ("/mon-espace/securite/", "/mon-espace/securite/application/", "/mon-espace/second-facteur/"):
        assert client.get(path)["Location"].startswith("/connexion/?next=%2Fmon-espace")


def test_an_old_session_signs_in_again_before_a_change_of_weight(cast, client):
    cast.sign_in(client, "chloe")
    answer = client.get("/mon-espace/securite/application/")
    assert answer["Location"] == "/mon-espace/securite/encore/?next=%2Fmon-espace%2Fsecurite%2Fapplication%2F"
    assert "encore=1&amp;next=/mon-espace/securite/application/" in client.get(answer["Location"]).text
    assert client.get("/connexion/?encore=1").status_code == 200


def test_a_letter_is_not_enough_to_change_an_account_with_a_second_factor(cast, client):
    cast.sign_in(client, "aya")
    session = client.session
    from allauth.account.internal.userkit import user_id_to_str

    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = user_id_to_str(cast.aya)
    session.save()
    number = Authenticator.objects.get(user=cast.aya).pk
    assert client.post(f"/mon-espace/securite/{number}/retirer/")["Location"].startswith("/mon-espace/securite/encore/")
    assert factors_of(cast.aya).exist


def test_adding_an_application_by_its_page(cast, client):
    sign_in_now(cast, client, "chloe")
    page = client.get("/mon-espace/securite/application/?next=/mon-espace/")
    secret = client.session["mfa.totp.secret"]
    assert "data:image/svg+xml" in page.text
    wrong = client.post("/mon-espace/securite/application/", {"code": "000000", "next": "/mon-espace/"})
    assert wrong.status_code == 422
    assert client.session["mfa.totp.secret"] == secret
    right = client.post("/mon-espace/securite/application/", {"code": right_code(secret), "next": "/mon-espace/"})
    assert right["Location"] == "/mon-espace/securite/codes-de-secours/?next=/mon-espace/"
    codes = client.get(right["Location"])
    assert 'href="/mon-espace/"' in codes.text
    assert factors_of(cast.chloe).recovery_codes[0] in codes.text


def test_a_role_sleeps_until_a_second_factor_and_the_team_page_says_so(cast, client):
    Authenticator.objects.filter(user=cast.hugo).delete()
    sign_in_now(cast, client, "hugo")
    assert client.get("/nec-2018/organisation/")["Location"] == "/mon-espace/second-facteur/?next=%2Fnec-2018%2Forganisation%2F"
    assert "/mon-espace/second-facteur/" in client.get("/mon-espace/").text
    assert client.get("/mon-espace/second-facteur/").status_code == 200
    TOTP.activate(cast.hugo, SECRET)
    assert client.get("/nec-2018/organisation/").status_code == 200


def test_a_team_page_leads_a_visitor_to_the_sign_in_page_and_a_member_to_nothing(cast, client):
    assert client.get("/nec-2018/organisation/")["Location"] == "/connexion/?next=%2Fnec-2018%2Forganisation%2F"
    cast.sign_in(client, "chloe")
    assert client.get("/nec-2018/organisation/").status_code == 404


def test_a_passkey_page_refuses_nonsense_with_what_was_typed(cast, client):
    sign_in_now(cast, client, "chloe")
    assert client.get("/mon-espace/securite/cle/").status_code == 200
    for credential in ("", "{", "[]", "{}", '{"response": {"clientDataJSON": "x"}}'):
        answer = client.post("/mon-espace/securite/cle/", {"name": "Mon téléphone", "credential": credential})
        assert answer.status_code == 422
        assert "Mon téléphone" in answer.text


def test_the_account_page_keeps_and_saves(cast, client):
    cast.sign_in(client, "chloe")
    assert client.post("/mon-espace/securite/", {"name": "Chloé M.", "language": "xx"}).status_code == 422
    client.post("/mon-espace/securite/", {"name": "Chloé M.", "language": "en"})
    chloe = Account.objects.get(pk=cast.chloe.pk)
    assert (chloe.name, chloe.language) == ("Chloé M.", "en")


def test_signing_out_elsewhere_ends_other_sessions_and_not_this_one(cast, client, client_again):
    cast.sign_in(client, "chloe")
    cast.sign_in(client_again, "chloe")
    client.post("/mon-espace/securite/fermer-les-autres/")
    assert client.get("/mon-espace/").status_code == 200
    assert client_again.get("/mon-espace/").status_code == 302
