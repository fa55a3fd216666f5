import json

import pytest

from encommun.foundation.holdings import Subject
from encommun.privacy.queries import all_holdings, held_about, register
from tests.privacy.test_consents import said_yes


def open_a_link(client, purpose="call.proposal", code="K7M2QX"):
    client.get("/connexion/")
    session = client.session
    session["links"] = [[purpose, code]]
    session.save()
    client.cookies["encommun-session"] = session.session_key


def test_a_visitor_is_led_to_sign_in_and_back(cast, client):
    for path in (
        "/mon-espace/",
        "/mon-espace/mes-donnees/",
        "/mon-espace/mes-donnees/telecharger/",
        "/mon-espace/mes-donnees/effacer/",
    ):
        assert client.get(path)["Location"].startswith("/connexion/?next=%2Fmon-espace%2F")


def test_my_space_greets_and_offers_the_ways(cast, client):
    cast.sign_in(client, "chloe")
    page = client.get("/mon-espace/").text
    assert "Chloé Martin" in page
    for path in ("/mon-espace/mes-donnees/", "/mon-espace/securite/", "/mon-espace/mes-donnees/effacer/"):
        assert f'href="{path}"' in page


def test_a_secret_link_opens_my_space_with_what_it_proves(cast, client):
    said_yes(cast)
    open_a_link(client)
    assert client.get("/mon-espace/").status_code == 200
    assert "Mon nom peut être publié" in client.get("/mon-espace/mes-donnees/").text


def test_another_link_proves_nothing_of_it(cast, client):
    said_yes(cast)
    open_a_link(client, code="OTHER2")
    assert "Mon nom peut être publié" not in client.get("/mon-espace/mes-donnees/").text


def test_my_data_shows_each_field_with_its_value(cast, client):
    cast.sign_in(client, "chloe")
    page = client.get("/mon-espace/mes-donnees/").text
    assert "chloe@association.example" in page
    assert "6.1.b" in page


def test_the_download_is_json_with_every_holding(cast, client):
    said_yes(cast)
    cast.sign_in(client, "chloe")
    answer = client.get("/mon-espace/mes-donnees/telecharger/")
    assert answer["Content-Disposition"].startswith("attachment;")
    models = [held["model"] for held in json.loads(answer.content)["held"]]
    assert {"people.Account", "privacy.Consent"} <= set(models)


def test_the_download_never_holds_a_secret_or_somebody_else(cast, client):
    cast.sign_in(client, "aya")
    answer = client.get("/mon-espace/mes-donnees/telecharger/").text
    assert "secret" not in answer
    assert "bruno@" not in answer


def test_my_data_asks_the_same_number_of_statements_with_one_and_three_consents(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.sign_in(client, "chloe")
    said_yes(cast)
    client.get("/mon-espace/mes-donnees/")
    with CaptureQueriesContext(connection) as with_one:
        client.get("/mon-espace/mes-donnees/")
    said_yes(cast, text="Deux.")
    said_yes(cast, text="Trois.")
    with django_assert_num_queries(len(with_one)):
        client.get("/mon-espace/mes-donnees/")


def test_the_public_notice_names_every_declared_field(cast, client):
    page = client.get("/donnees-personnelles/")
    assert page["Cache-Control"] == "public, no-cache"
    for holding in all_holdings():
        for name in holding.fields:
            assert f"{holding.model}.{name}" in page.text


def test_every_holding_finds_nothing_about_a_stranger(cast):
    stranger = Subject(account_id=None, emails=frozenset({"personne@exemple.org"}), links=frozenset({("none", "XXXXXX")}))
    assert held_about(stranger) == []


@pytest.mark.parametrize("name", ["aya", "bruno", "chloe"])
def test_every_holding_exports_as_json(cast, name):
    account = cast.accounts[name]
    for held in held_about(Subject(account_id=account.pk, emails=frozenset({account.email}))):
        for row in held.rows:
            json.dumps(held.holding.export(row))


def test_the_register_has_a_basis_and_a_delay_for_everything():
    for _purpose, holdings in register():
        for holding in holdings:
            assert holding.basis.startswith("6.1.")
            assert str(holding.keeps)


def test_the_team_register_is_for_the_one_who_watches_over_data(cast, client):
    cast.sign_in(client, "ines")
    assert client.get("/nec-2018/organisation/donnees/").status_code == 200
    assert "people.Account;email;" in client.get("/nec-2018/organisation/donnees/registre.csv").text
    cast.sign_in(client, "farid")
    assert client.get("/nec-2018/organisation/donnees/").status_code == 404
