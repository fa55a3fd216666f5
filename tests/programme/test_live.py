"""What is live, what is kept for oneself, what goes on paper and on other sites."""

import io
import json
import re
from datetime import timedelta

import pytest

from encommun.foundation.refusals import NotAllowed
from encommun.programme import commands
from encommun.programme.models import MyProgramme, PublishedPerson
from encommun.programme.queries import later_in, latest_version, now_and_next, pause_at, programme_of
from tests.cast import NOW
from tests.programme.conftest import NEXT_DAY, somebody

AT = "/nec-2018/programme/"


@pytest.fixture
def published(programme):
    programme.slots()
    axis = programme.event.axes.get(slug="donnees")
    programme.one = programme.placed("Repair café 🎈", "11:00", axis=axis, people=(somebody("Bruno Le Goff", name_is_public=True),))
    programme.two = programme.placed("Débat", "14:00", room="maxi", format_name="Débat", language="en")
    programme.ball = programme.placed("Bal", "00:30", room="maxi", day=NEXT_DAY)
    programme.publish()
    return programme


def test_the_stream_says_the_version_and_when_to_ask_again(published, client):
    answer = client.get(f"{AT}direct/")
    assert (answer["Content-Type"], answer.text) == ("text/event-stream; charset=utf-8", "retry: 2000\nid: 1\ndata: 1\n\n")
    commands.place_session(published.one, room=published.room("maxi"), starts_at=published.moment("16:00"), **published.who)
    published.publish()
    assert "data: 2" in client.get(f"{AT}direct/").text


def test_before_the_first_version_the_stream_says_nought(cast, client):
    assert "data: 0" in client.get(f"{AT}direct/").text
    assert client.get(f"{AT}ecran/").status_code == 404
    assert client.get(f"{AT}mien/").status_code == 200


def test_from_any_version_to_any_other(published, client):
    commands.place_session(published.one, room=published.room("maxi"), starts_at=published.moment("11:00"), **published.who)
    published.publish()
    commands.cancel_session(published.two, **published.who)
    published.publish()
    told = json.loads(client.get(f"{AT}versions/1..3/changements.json").content)["changes"]
    assert [(one["title"], one["kind"]) for one in told] == [("Repair café 🎈", "moved"), ("Débat", "cancelled")]
    assert told[0]["words"].replace("\u00a0", " ") == "Autre salle, même heure : Salle Maxi au lieu de Salle Micro"
    text = client.get(f"{AT}versions/1..3/").text
    assert ("Salle Maxi au lieu de" in text.replace("\u00a0", " "), "Annulée" in text) == (True, True)
    back = json.loads(client.get(f"{AT}versions/3..1/changements.json").content)["changes"]
    assert [one["kind"] for one in back] == ["moved", "restored"]
    assert json.loads(client.get(f"{AT}versions/2..2/changements.json").content)["changes"] == []
    assert client.get(f"{AT}versions/1..9/").status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("langue=en", ["Débat"]),
        ("salle=stereolux/micro", ["Repair café 🎈"]),
        ("acces=plain-pied&vue=liste", ["Repair café 🎈", "Débat", "Bal"]),
        ("acces=x", ["Repair café 🎈", "Débat", "Bal"]),
    ],
)
def test_room_language_and_access_are_chosen_in_the_address(published, client, query, titles):
    answer = client.get(f"{AT}?{query}")
    assert re.findall(r'<h4 class="session-title"><a [^>]*>([^<]*)</a>', answer.text) == titles
    assert ("is-grid" in answer.text) == ("vue=liste" not in query)


def test_now_and_next_in_each_room(published):
    whole = programme_of(published.event, latest_version(published.event))
    found = {
        one.room.name: (one.now and one.now.title, one.next and one.next.title)
        for one in now_and_next(whole, published.moment("11:30"))
    }
    assert found == {"Salle Micro": ("Repair café 🎈", None), "Salle Maxi": (None, "Débat")}
    assert [one.title for one in later_in(whole, "stereolux/maxi", published.moment("15:30"))] == ["Bal"]
    assert now_and_next(whole, published.moment("23:00", NEXT_DAY)) == []


def test_screens_show_rooms_and_refuse_unknown_ones(published, client):
    assert "Salle Micro" in client.get(f"{AT}ecran/").text
    assert "Repair café" in client.get(f"{AT}salles/stereolux/micro/").text
    assert client.get(f"{AT}salles/stereolux/aucune/").status_code == 404


def test_a_screen_may_stand_alone_and_says_the_pause(published, client):
    full = client.get(f"{AT}ecran/?plein=1").text
    assert ('class="hall is-full"' in full, "Revenir au site" in full) == (True, True)
    assert "Pour un écran dans le hall" in client.get(f"{AT}ecran/").text
    whole = programme_of(published.event, latest_version(published.event))
    assert [pause_at(whole, published.moment(clock)) is not None for clock in ("12:29", "12:30", "13:59", "14:00")] == [
        False,
        True,
        True,
        False,
    ]


def test_the_page_of_a_person_names_only_who_agreed(published, client):
    number = PublishedPerson.objects.get().number
    text = client.get(f"/nec-2018/personnes/{number}/").text
    assert ("Bruno Le Goff" in text, "Repair café" in text, "Débat" in text) == (True, True, False)
    assert client.get(f"/nec-2018/personnes/{number + 1}/").status_code == 404
    published.one.parts.update(name_is_public=False)
    published.publish()
    assert client.get(f"/nec-2018/personnes/{number}/").status_code == 404


def test_other_sites_may_show_the_embedded_page_and_no_other(published, client):
    answer = client.get(f"{AT}integrer/?axe=donnees")
    assert ("frame-ancestors *" in answer["Content-Security-Policy"], "X-Frame-Options" in answer) == (True, False)
    assert ("Repair café" in answer.text, "Débat" in answer.text, "<script" in answer.text) == (True, False, False)
    for page in (AT, f"{AT}mien/", f"{AT}ecran/"):
        other = client.get(page)
        assert ("frame-ancestors 'none'" in other["Content-Security-Policy"], other["X-Frame-Options"]) == (True, "DENY")


def test_the_service_worker_keeps_the_programme_and_nothing_of_the_account(published, client):
    answer = client.get(f"{AT}hors-ligne.js")
    assert answer["Content-Type"].startswith("text/javascript")
    pages = re.search(r"const PAGES = (\[.*\]);", answer.text)[1]
    assert json.loads(pages) == ["/nec-2018/programme/", "/nec-2018/programme/mien/"]


@pytest.mark.parametrize("name", ["programme", "poche", "grands-caracteres", "portes"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_programme_on_paper(published, client, name, language):
    pypdf = pytest.importorskip("pypdf")
    answer = client.get(f"{language}{AT}papier/{name}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert all(word in text for word in ("Repair café", "Débat", "Bal", "Bruno Le Goff"))
    width = round(float(pages[0].mediabox.width) / 72 * 25.4)
    assert width == (105 if name == "poche" else 210)


def test_a_paper_that_does_not_exist(published, client):
    assert client.get(f"{AT}papier/autre.pdf").status_code == 404


def test_the_same_page_for_everyone_also_for_my_programme(published, client):
    first = client.get(f"{AT}mien/").content
    published.cast.sign_in(client, "chloe")
    assert client.get(f"{AT}mien/").content == first


def test_mine_across_devices(published, client):
    assert client.get(f"{AT}mien/compte/").status_code == 302
    published.cast.sign_in(client, "chloe")
    draft = published.session("Brouillon")
    client.post(f"{AT}mien/compte/garder/", {"codes": f"{published.one.code} ZZZZZZ {draft.code} {published.one.code}"})
    mine = MyProgramme.objects.get()
    assert [one.code for one in mine.sessions.all()] == [published.one.code]
    text = client.get(f"{AT}mien/compte/").text
    address = re.search(r"/nec-2018/programme/mien/\d+/[a-z2-7]+/programme\.ics", text)[0]
    client.logout()
    body = client.get(address).text
    assert (body.count("BEGIN:VEVENT"), str(published.one.guid) in body) == (1, True)
    published.cast.sign_in(client, "chloe")
    client.post(f"{AT}mien/compte/changer/", {"renew": "yes"})
    client.post(f"{AT}mien/compte/changer/", {"letters": "yes"})
    client.post(f"{AT}mien/compte/changer/", {"let_go": published.one.code})
    mine.refresh_from_db()
    assert (mine.epoch, mine.wants_letters, mine.sessions.count()) == (1, True, 0)
    assert client.get(address).status_code == 404


def test_nobody_keeps_without_an_account(published):
    from encommun.foundation.actor import VISITOR

    with pytest.raises(NotAllowed):
        commands.keep_sessions(published.event, [published.one.code], actor=VISITOR, at=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_my_account_takes_the_same_number_of_statements(published, client, count, django_assert_max_num_queries):
    published.cast.sign_in(client, "chloe")
    codes = [published.one.code, published.two.code, published.ball.code][:count]
    commands.keep_sessions(published.event, codes, actor=published.cast.actor("chloe"), at=NOW + timedelta(hours=1))
    with django_assert_max_num_queries(14):
        client.get(f"{AT}mien/compte/")
