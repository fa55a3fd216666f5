"""Pages that show several packages."""

import json
import re

import pytest
from django.test import Client

from encommun.events.models import Axis


def structured(page) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)[1])


def test_the_instance_lists_its_gatherings(cast, client):
    page = client.get("/")
    assert re.findall(r'<h2><a href="([^"]+)"', page.text) == ["/nec-2018/", "/journee-des-communs-2018/"]


def test_the_home_page_says_what_when_where_and_who(cast, client):
    page = client.get("/nec-2018/")
    for words in ("13 et 14\N{NO-BREAK SPACE}septembre 2018", "Nantes", "Stereolux", "École d", "La Mednum", "PiNG", "Lieux"):
        assert words in page.text, words
    assert 'Commun<span class="mark">[s]</span>' in page.text


def test_a_gathering_without_call_passes_or_programme_has_a_home_page(cast, client):
    page = client.get("/journee-des-communs-2018/")
    assert page.status_code == 200
    assert "Le programme se construit" in page.text


def test_the_home_page_asks_as_much_with_more_axes(cast, client, django_assert_max_num_queries):
    client.get("/nec-2018/?n=0")  # the stamps are read now, not below
    with django_assert_max_num_queries(20) as few:
        client.get("/nec-2018/?n=1")
    Axis.objects.create(event=cast.event, slug="autre", title={"fr": "Autre"}, position=9)
    with django_assert_max_num_queries(20) as more:
        client.get("/nec-2018/?n=2")
    assert len(more) == len(few)


def test_structured_data_describes_the_gathering(cast, client):
    data = structured(client.get("/nec-2018/"))
    assert {name: data[name] for name in ("@type", "name", "startDate", "endDate")} == {
        "@type": "Event",
        "name": "Numérique en Commun[s]",
        "startDate": "2018-09-13",
        "endDate": "2018-09-14",
    }
    assert [place["name"] for place in data["location"]] == ["Stereolux", "École d'architecture de Nantes"]
    assert [body["name"] for body in data["organizer"]] == ["La Mednum", "Mission Société Numérique", "PiNG"]


def test_each_axis_has_a_page(cast, client):
    assert client.get("/nec-2018/axes-de-travail/").status_code == 200
    assert "<h1>Données</h1>" in client.get("/nec-2018/axes-de-travail/donnees/").text
    assert "<h1>Data</h1>" in client.get("/en/nec-2018/axes-de-travail/donnees/").text
    assert client.get("/nec-2018/axes-de-travail/ailleurs/").status_code == 404


@pytest.mark.parametrize("address", ["/accessibilite/", "/mentions-legales/", "/ui/", "/en/accessibilite/"])
def test_pages_of_the_instance_need_no_event(db, client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/nec-2018/", "/nec-2018/axes-de-travail/lieux/", "/accessibilite/", "/ui/"])
def test_public_pages_are_the_same_for_everyone(cast, address):
    seen_by_nobody, seen_by_aya = Client().get(address), cast.sign_in(Client(), "aya").get(address)
    assert seen_by_nobody.content == seen_by_aya.content
    assert seen_by_nobody.headers["Cache-Control"] == "public, no-cache"


def test_each_page_names_itself_in_each_language(cast, client):
    page = client.get("/en/nec-2018/")
    assert '<link rel="canonical" href="http://testserver/en/nec-2018/">' in page.text
    assert '<link rel="alternate" hreflang="fr" href="http://testserver/nec-2018/">' in page.text
    assert '<html lang="en">' in page.text


def test_no_page_holds_a_style_or_a_script_of_its_own(cast, client):
    for address in ("/", "/nec-2018/", "/nec-2018/axes-de-travail/", "/ui/"):
        text = client.get(address).text
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=", text) == []
        assert {kind for kind in re.findall(r"<script([^>]*)>", text) if "src=" not in kind} <= {' type="application/ld+json"'}
