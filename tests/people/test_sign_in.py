import re

import pytest
from allauth.mfa.models import Authenticator

from encommun.demo.codes import code_now
from encommun.demo.names import CAST
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.people.models import Account, Tries

pytestmark = pytest.mark.django_db


def last_code(email):
    letter = Letter.objects.filter(recipient=email, kind="people.login_code").latest("id")
    return re.search(r"\d{4}-\d{4}", letter.subject)[0]


def ask(client, email="chloe@association.example", **more):
    return client.post("/connexion/", {"email": email, **more})


def forget_tries():
    Tries.objects.all().delete()


def test_a_known_and_an_unknown_address_get_the_same_answer(cast, client):
    known, unknown = ask(client), ask(client, "nouvelle@exemple.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"]) == (302, "/connexion/code/")
    assert Letter.objects.filter(kind="people.login_code").count() == 2
    assert Account.objects.filter(email="nouvelle@exemple.org").count() == 1


def test_the_number_of_statements_does_not_tell_who_is_known(cast, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        ask(client)


def test_the_code_of_the_letter_signs_in_and_the_session_rotates(cast, client):
    ask(client)
    before = client.cookies["encommun-session"].value
    answer = client.post("/connexion/code/", {"code": last_code("chloe@association.example")})
    assert (answer.status_code, answer["Location"]) == (302, "/mon-espace/")
    assert client.cookies["encommun-session"].value != before
    assert client.get("/mon-espace/").status_code == 200


def test_the_code_may_be_typed_without_its_dash(cast, client):
    ask(client)
    answer = client.post("/connexion/code/", {"code": last_code("chloe@association.example").replace("-", " ")})
    assert answer.status_code == 302


def test_a_wrong_code_is_kept_and_explained(cast, client):
    ask(client)
    answer = client.post("/connexion/code/", {"code": "0000-0000"})
    assert answer.status_code == 422
    assert 'value="0000-0000"' in answer.text
    assert client.get("/mon-espace/").status_code == 302


def test_an_empty_code_is_an_error_of_the_form(cast, client):
    ask(client)
    assert client.post("/connexion/code/", {"code": ""}).status_code == 422


def test_five_wrong_codes_end_the_try(cast, client):
    ask(client)
    for _n in range(5):
        answer = client.post("/connexion/code/", {"code": "0000-0000"})
    assert (answer.status_code, answer["Location"]) == (302, "/connexion/")
    forget_tries()
    assert client.post("/connexion/code/", {"code": last_code("chloe@association.example")})["Location"] == "/connexion/"


def test_an_address_that_is_none_keeps_what_was_typed(cast, client):
    answer = ask(client, "pas une adresse")
    assert answer.status_code == 422
    assert 'value="pas une adresse"' in answer.text


def test_the_sixth_try_in_a_minute_for_an_account_waits(cast, client):
    answers = [ask(client).status_code for _n in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]


def test_the_twenty_first_try_in_a_minute_from_a_place_waits(cast, client):
    answers = [ask(client, f"personne{n}@exemple.org").status_code for n in range(21)]
    assert answers == [302] * 20 + [429]


def test_a_forged_forwarded_address_does_not_escape_the_limit(cast, client):
    for n in range(20):
        client.post("/connexion/", {"email": f"personne{n}@exemple.org"}, headers={"X-Forwarded-For": f"203.0.113.{n}"})
    answer = client.post("/connexion/", {"email": "encore@exemple.org"}, headers={"X-Forwarded-For": "203.0.113.99"})
    assert answer.status_code == 429


def test_another_letter_has_another_code_and_the_former_no_longer_works(cast, client):
    ask(client)
    former = last_code("chloe@association.example")
    assert client.post("/connexion/code/autre/")["Location"] == "/connexion/code/"
    assert last_code("chloe@association.example") != former
    assert client.post("/connexion/code/", {"code": former}).status_code == 422
    assert client.post("/connexion/code/", {"code": last_code("chloe@association.example")}).status_code == 302


def test_the_way_back_is_kept(cast, client):
    ask(client, next="/mon-espace/mes-donnees/")
    answer = client.post("/connexion/code/", {"code": last_code("chloe@association.example")})
    assert answer["Location"] == "/mon-espace/mes-donnees/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/" + "a" * 600]
)
def test_the_way_back_never_leads_elsewhere(cast, client, elsewhere):
    ask(client, next=elsewhere)
    answer = client.post("/connexion/code/", {"code": last_code("chloe@association.example")})
    assert answer["Location"] == "/mon-espace/"


def test_somebody_with_a_second_factor_is_asked_for_it(cast, client):
    email = CAST["aya"].email
    ask(client, email, next="/nec-2018/organisation/")
    answer = client.post("/connexion/code/", {"code": last_code(email)})
    assert answer["Location"] == "/connexion/second-facteur/"
    assert client.get("/nec-2018/organisation/").status_code == 302
    assert client.get("/connexion/second-facteur/").status_code == 200
    wrong = client.post("/connexion/second-facteur/", {"code": "12"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.text
    right = client.post("/connexion/second-facteur/", {"code": code_now().code})
    assert right["Location"] == "/nec-2018/organisation/"
    assert client.get("/nec-2018/organisation/").status_code == 200


def test_a_code_of_the_application_works_once(cast, client, client_again):
    email, code = CAST["aya"].email, code_now().code
    for browser, status in ((client, 302), (client_again, 422)):
        ask(browser, email)
        browser.post("/connexion/code/", {"code": last_code(email)})
        assert browser.post("/connexion/second-facteur/", {"code": code}).status_code == status


def test_a_recovery_code_takes_the_place_of_the_second_factor_once(cast, client, client_again):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    email = CAST["aya"].email
    code = RecoveryCodes.activate(cast.aya).get_unused_codes()[0]
    for browser, status in ((client, 302), (client_again, 422)):
        ask(browser, email)
        browser.post("/connexion/code/", {"code": last_code(email)})
        assert browser.post("/connexion/second-facteur/", {"code": code}).status_code == status


def test_second_factor_tries_are_counted(cast, client):
    email = CAST["aya"].email
    ask(client, email)
    client.post("/connexion/code/", {"code": last_code(email)})
    answers = [client.post("/connexion/second-facteur/", {"code": "000000"}).status_code for _n in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_forged_passkey_answer_is_refused_with_a_page(cast, client):
    for credential in (
        "",
        "{",
        "[]",
        "{}",
        '{"response": {}}',
        '{"response": {"userHandle": "AAAA"}, "id": "x", "rawId": "x", "type": "public-key"}',
    ):
        answer = client.post("/connexion/cle/", {"credential": credential})
        assert (answer.status_code, answer["Location"]) == (302, "/connexion/")


def test_a_forged_passkey_as_second_factor_is_refused_with_a_page(cast, client):
    email = CAST["aya"].email
    ask(client, email)
    client.post("/connexion/code/", {"code": last_code(email)})
    assert client.post("/connexion/second-facteur/", {"credential": '{"response": {"a": 1}}'}).status_code == 422


def test_passkey_options_are_given_to_anybody(cast, client):
    options = client.get("/connexion/cle/").json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"


def test_pages_of_the_process_lead_back_when_nothing_was_asked(cast, client):
    for path in ("/connexion/code/", "/connexion/second-facteur/"):
        assert client.get(path)["Location"] == "/connexion/"
    assert client.post("/connexion/code/autre/")["Location"] == "/connexion/"


def test_machines_that_fill_the_trap_get_no_letter(cast, client):
    ask(client, website="https://spam.example")
    assert Letter.objects.count() == 0


def test_signing_out_is_a_post_and_forgets_everything(cast, client):
    cast.sign_in(client, "chloe")
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/")["Location"] == "/"
    assert client.get("/mon-espace/").status_code == 302


def test_a_closed_account_is_told_so(cast, client):
    cast.chloe.is_active = False
    cast.chloe.save()
    ask(client)
    answer = client.post("/connexion/code/", {"code": last_code("chloe@association.example")}, follow=True)
    assert answer.status_code == 403
    assert client.get("/mon-espace/").status_code == 302


def test_secrets_of_second_factors_are_sealed(cast):
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.filter(user=cast.aya).first().data)


def test_opening_an_account_is_recorded_without_the_address(cast, client):
    ask(client, "nouvelle@exemple.org")
    entry = Entry.objects.get(kind="people.account_opened")
    assert entry.about == f"people.Account:{Account.objects.get(email='nouvelle@exemple.org').pk}"
    assert entry.facts == {}


def test_english_pages_lead_to_english_pages(cast, client):
    assert client.post("/en/connexion/", {"email": "chloe@association.example"})["Location"] == "/en/connexion/code/"
    assert Letter.objects.latest("id").subject.startswith("Your code: ")
