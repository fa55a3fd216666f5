"""The team's first page."""

import re
from datetime import timedelta

import pytest

from encommun.call.models import Call
from encommun.programme.models import Session
from encommun.web.queries import to_do_of
from tests.cast import NOW


def sections(page) -> list[str]:
    return re.findall(r'<section aria-labelledby="(\w+)"', page.text)


def team_links(page) -> list[str]:
    nav = re.search(r'<nav class="team-nav".*?</nav>', page.text, re.S)[0]
    return re.findall(r'href="/nec-2018/([^"]*)"', nav)


def test_others_find_nothing_there(cast, client):
    assert cast.sign_in(client, "bruno").get("/nec-2018/organisation/").status_code == 404
    assert cast.sign_in(client, "emma").get("/nec-2018/organisation/").status_code == 404


@pytest.mark.parametrize(
    "who, expected",
    [
        ("hugo", ["proposals", "programme"]),
        ("farid", ["bookings"]),
        ("gaelle", ["commons"]),
        ("driss", []),
        ("aya", ["proposals", "programme", "bookings", "commons"]),
    ],
)
def test_each_role_sees_what_waits_for_it(cast, client, who, expected):
    page = cast.sign_in(client, who).get("/nec-2018/organisation/")
    assert page.status_code == 200
    assert sections(page) == expected


@pytest.mark.parametrize(
    "who, opened",
    [
        ("hugo", [f"organisation/{page}" for page in ("", "propositions/", "choix/", "programme/", "courriers/")]),
        ("driss", ["organisation/", "accueil/"]),
        ("gaelle", ["organisation/", "organisation/notes/", "organisation/courriers/"]),
    ],
)
def test_the_menu_holds_what_the_role_opens(cast, client, who, opened):
    assert team_links(cast.sign_in(client, who).get("/nec-2018/organisation/")) == [*opened, ""]


def test_what_waits_comes_first_in_words_with_the_page_where_it_is_done(cast, client):
    assert "Rien n’attend" in cast.sign_in(client, "hugo").get("/nec-2018/organisation/").text
    Session.objects.create(event=cast.event, code="ABCDEF", title="Réparer ensemble", created_at=NOW)
    page = cast.sign_in(client, "hugo").get("/nec-2018/organisation/")
    tasks = re.findall(r'<li><span>(.*?)</span> <a class="button[^"]*" href="([^"]*)">(.*?)</a>', page.text)
    assert tasks == [("1 séance n’a pas de salle ou pas d’horaire", "/nec-2018/organisation/programme/", "Placer")]


@pytest.mark.parametrize(
    "at, states",
    [
        (NOW - timedelta(days=200), ["next", "next", "next", "next"]),
        (NOW, ["now", "next", "next", "next"]),
        (NOW + timedelta(days=40), ["past", "now", "next", "next"]),
        (NOW + timedelta(days=74), ["past", "past", "now", "next"]),
        (NOW + timedelta(days=100), ["past", "past", "past", "now"]),
    ],
)
def test_the_gathering_stands_at_one_stage(cast, at, states):
    if not Call.objects.filter(event=cast.event).exists():
        Call.objects.create(event=cast.event, opens_at=NOW - timedelta(days=60), closes_at=NOW + timedelta(days=17))
    assert [stage.state for stage in to_do_of(cast.actor("aya"), cast.event, at=at).stages] == states
