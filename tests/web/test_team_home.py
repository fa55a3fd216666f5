"""The team's first page."""

import re

import pytest


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
