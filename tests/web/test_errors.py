"""Error pages say what happened, and keep what was typed."""

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from encommun.web.views import errors


def test_an_unknown_address_is_said_in_a_sentence(db, client):
    page = client.get("/nulle-part/du-tout/")
    assert page.status_code == 404
    assert "Il n’y a rien ici" in page.text


def test_it_is_said_in_english_too(db, client):
    assert "There is nothing here" in client.get("/en/nowhere/at-all/").text


def test_an_expired_form_gives_back_what_was_typed(cast):
    page = Client(enforce_csrf_checks=True).post("/connexion/", {"email": "bruno@mediatheque.example"})
    assert page.status_code == 403
    assert "bruno@mediatheque.example" in page.text


@pytest.mark.parametrize("session", [False, True])
def test_the_page_of_a_failure_needs_no_database_and_keeps_what_was_typed(settings, session):
    request = RequestFactory().post("/nec-2018/opencall/", {"intention": "Un <atelier>", "csrfmiddlewaretoken": "secret"})
    if session:
        request.COOKIES[settings.SESSION_COOKIE_NAME] = "abc"

    def refuse(*args):
        raise AssertionError("the database was asked")

    with connection.execute_wrapper(refuse):
        page = errors.server_error(request)
    assert page.status_code == 500
    assert "Un &lt;atelier&gt;" in page.text
    assert "secret" not in page.text
