import pytest

from encommun.demo.codes import code_now
from encommun.demo.data import take_letters_along
from encommun.demo.names import CAST
from encommun.mailing.commands import File, write_letter
from encommun.mailing.models import Letter
from tests.cast import NOW


def wrote(to="chloe@association.example", dedupe="demo", files=()):
    return write_letter(
        "people/letters/login_code",
        to=to,
        language="fr",
        at=NOW,
        dedupe=dedupe,
        context={"code": "1234-5678", "minutes": 15, "instance_name": "Encommun"},
        files=files,
    )


def test_the_page_shows_the_cast_and_the_code_of_this_moment(cast, client):
    page = client.get("/demo/").text
    for member in CAST.values():
        assert member.email in page
    assert code_now().code in page


def test_an_empty_demo_says_so(cast, client):
    assert client.get("/demo/").status_code == 200


def test_letters_are_listed_newest_first_and_filtered_by_address(cast, client):
    wrote()
    wrote("bruno@mediatheque.example", "demo2")
    page = client.get("/demo/").text
    assert page.index("· 2 juillet")
    assert page.index("bruno@mediatheque.example ·") < page.index("chloe@association.example ·")
    filtered = client.get("/demo/?a=chloe").text
    assert "bruno@mediatheque.example ·" not in filtered
    assert "chloe@association.example ·" in filtered


@pytest.mark.parametrize("query", ["?a=%00", "?a=" + "x" * 5000, "?page=abc", "?page=99999", "?a='\"><script>"])
def test_a_strange_filter_is_answered(cast, client, query):
    answer = client.get(f"/demo/{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_letter_is_readable_with_its_links_and_never_runs_anything(cast, client):
    letter = wrote()
    Letter.objects.update(text="Bonjour <script>alert(1)</script>\nhttps://exemple.org/lien/abc/")
    page = client.get(f"/demo/lettres/{letter.pk}/").text
    assert "<script>alert" not in page
    assert 'href="https://exemple.org/lien/abc/"' in page


def test_a_file_is_downloaded_and_never_shown(cast, client):
    letter = wrote(files=(File(name="pass é.html", content_type="text/html", content=b"<b>"),))
    answer = client.get(f"/demo/fichiers/{letter.attachments.get().pk}/")
    assert (answer["Content-Type"], answer.content) == ("application/octet-stream", b"<b>")
    assert answer["Content-Disposition"].startswith("attachment;")


def test_what_does_not_exist_is_not_found(cast, client):
    assert client.get("/demo/lettres/999/").status_code == client.get("/demo/fichiers/999/").status_code == 404


def test_the_list_asks_the_same_number_of_statements_with_one_and_three_letters(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wrote()
    with CaptureQueriesContext(connection) as with_one:
        client.get("/demo/")
    wrote(dedupe="two")
    wrote(dedupe="three")
    with django_assert_num_queries(len(with_one)):
        client.get("/demo/")


def test_a_demo_that_moves_to_another_address_takes_its_letters_along(cast):
    kept, other = wrote(), wrote(dedupe="other")
    Letter.objects.filter(pk=kept.pk).update(
        text="Voici http://127.0.0.1:8000/lien/a/ .", html='<a href="http://127.0.0.1:8000/x/">'
    )
    Letter.objects.filter(pk=other.pk).update(text="http://127.0.0.1:80001/ et rien d’autre", html="")
    take_letters_along("http://127.0.0.1:8000", "http://127.0.0.1:8100")
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.text, kept.html) == ("Voici http://127.0.0.1:8100/lien/a/ .", '<a href="http://127.0.0.1:8100/x/">')
    assert other.text == "http://127.0.0.1:80001/ et rien d’autre"
