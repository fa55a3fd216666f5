"""What readers see."""

import json
import re

import pytest

from encommun.programme import commands
from tests.programme.conftest import NEXT_DAY, somebody

HOME = "/nec-2018/programme/"


def test_before_the_first_version_the_page_says_so(cast, client):
    answer = client.get(HOME)
    assert answer.status_code == 200
    assert "se compose" in answer.text
    assert client.get("/nec-2018/programme/versions/").status_code == 200
    assert client.get("/nec-2018/seances/ABCDEF/").status_code == 404


def test_the_programme_shows_what_is_published_and_only_that(programme, client):
    programme.slots()
    programme.placed("Repair café", people=(somebody("Bruno Le Goff", name_is_public=True), somebody("Chloé Secrète")))
    programme.session("Pas encore placée")
    programme.session("En construction", confirmed=False)
    programme.publish(note="Un mot.")
    programme.placed("Après la version", "14:00")
    text = client.get(HOME).text
    shown = [
        word in text for word in ("Repair café", "Bruno Le Goff", "et une personne", "Pas encore placée", "Déjeuner", "Un mot.")
    ]
    hidden = [word in text for word in ("Chloé", "En construction", "Après la version")]
    assert (shown, hidden) == ([True] * 6, [False] * 3)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("axe=lieux", ["A"]),
        ("jour=2018-09-14", ["C"]),
        ("lieu=stereolux", ["A", "B"]),
        ("format=debat", ["B"]),
        ("q=ECOUTE", ["A"]),
        ("q=bruno", ["B"]),
        ("axe=lieux&format=debat", []),
        ("axe=inconnu&jour=demain&lieu=%00&format=%F0&page=-1&q=", ["A", "B", "C"]),
        ("q=" + "x" * 5000, []),
        ("jour[]=1&axe=lieux&axe=", ["A", "B", "C"]),
    ],
)
def test_the_address_chooses(programme, client, query, titles):
    axis = programme.event.axes.get(slug="lieux")
    programme.placed("A", "11:00", axis=axis, abstract="Une borne d'écoute")
    programme.placed("B", "14:00", format_name="Débat", people=(somebody("Bruno", name_is_public=True),))
    programme.placed("C", "11:00", room="auditorium", day=NEXT_DAY)
    programme.publish()
    answer = client.get(f"{HOME}?{query}")
    assert answer.status_code == 200
    assert re.findall(r'<h4 class="session-title"><a [^>]*>([^<]*)</a>', answer.text) == titles


def test_a_session_after_midnight_stays_on_the_evenings_day(programme, client):
    programme.placed("Bal", "00:30", day=NEXT_DAY)
    programme.publish()
    text = client.get(HOME).text
    assert ('id="2018-09-13"' in text, 'id="2018-09-14"' in text) == (True, False)


def test_the_page_of_a_session(programme, client):
    before, made, after = (
        programme.placed(title, clock) for title, clock in (("Avant", "09:30"), ("Pendant", "11:00"), ("Après", "14:00"))
    )
    commands.edit_session(
        made,
        commands.SessionText(title="Pendant", abstract="**gras** <script>alert(1)</script>", licence="CC-BY-4.0"),
        [somebody("Bruno Le Goff", structure_name="Médiathèque", name_is_public=True), somebody("Secrète", kind="takes_notes")],
        **programme.who,
    )
    programme.publish()
    text = client.get(f"/nec-2018/seances/{made.code}/").text
    for shown in (
        "<strong>gras</strong>",
        "CC BY 4.0",
        "Bruno Le Goff",
        "Médiathèque",
        "Une personne",
        "prend des notes",
        before.title,
        after.title,
    ):
        assert shown in text
    assert "<script>alert" not in text
    assert "Secrète" not in text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
    assert (data["name"], data["startDate"], data["eventStatus"]) == (
        "Pendant",
        "2018-09-13T11:00:00+02:00",
        "https://schema.org/EventScheduled",
    )


def test_a_hostile_title_is_only_text(programme, client):
    made = programme.placed("</script><img src=x onerror=alert(1)>")
    programme.publish()
    for address in (HOME, f"/nec-2018/seances/{made.code}/", "/nec-2018/programme/versions/"):
        assert "<img" not in client.get(address).text.replace("<img class", "")


def test_a_cancelled_session_says_so_and_keeps_its_address(programme, client):
    made = programme.placed()
    programme.publish()
    commands.cancel_session(made, **programme.who)
    programme.publish()
    answer = client.get(f"/nec-2018/seances/{made.code}/")
    assert (answer.status_code, "Cette séance est annulée" in answer.text) == (200, True)
    assert "https://schema.org/EventCancelled" in answer.text
    assert "Annulée" in client.get("/nec-2018/programme/versions/2/").text


def test_a_cancelled_session_that_was_never_published_stays_unknown(programme, client):
    programme.placed("Autre")
    made = programme.placed("Jamais vue", "14:00")
    commands.cancel_session(made, **programme.who)
    programme.publish()
    assert client.get(f"/nec-2018/seances/{made.code}/").status_code == 404


def test_another_event_does_not_know_them(programme, client):
    made = programme.placed()
    programme.publish()
    other = programme.cast.other.slug
    assert client.get(f"/{other}/seances/{made.code}/").status_code == 404
    assert client.get(f"/{other}/programme/versions/1/").status_code == 404
    assert made.title not in client.get(f"/{other}/programme/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_programme_takes_four_statements_and_one_more_the_first_time(programme, client, count, django_assert_num_queries):
    for n in range(count):
        programme.placed(f"Séance {n}", f"{10 + n}:00", people=(somebody(f"Personne {n}", name_is_public=True),))
    programme.publish()
    client.get("/")
    with django_assert_num_queries(5):
        client.get(HOME)
    with django_assert_num_queries(4):
        client.get(HOME + "?q=")


def test_english_says_it_in_english(programme, client):
    programme.placed()
    programme.publish()
    text = client.get("/en" + HOME).text
    assert ("Take it with you" in text, "Thursday 13" in text) == (True, True)
