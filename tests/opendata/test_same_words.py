"""Every form of a version says the same thing, whatever is in it, and never what the page hides."""

import csv
import io
import json
import re
from datetime import date, datetime, timedelta

import icalendar
import pytest
from lxml import etree

from encommun.opendata.formats import FORMATS
from encommun.programme import commands
from encommun.programme.models import Session
from tests.cast import NOW
from tests.opendata.test_feeds import AT, validator
from tests.programme.conftest import NEXT_DAY, Programme, somebody

HOSTILE = (
    ("🎈 <script>alert(1)</script> & « ’ » ; , \\n", "09:30", "micro"),
    ("=1+1; \u202etxt.exe ]]> <!-- -->", "11:00", "micro"),
    ("Même titre", "14:00", "micro"),
    ("Même titre", "14:00", "maxi"),
    ("Chevauchement dans la salle", "14:30", "micro"),
    ("t" * 150, "16:00", "auditorium"),
)


@pytest.fixture
def hostile(cast) -> Programme:
    made = Programme(cast)
    made.slots()
    people = (
        somebody("Zoé «O’Neill», 🦊", email="z@x.example", name_is_public=True, structure_name="Le | Tube"),
        somebody("Chloé Secrète", email="c@x.example"),
    )
    for title, clock, room in HOSTILE:
        made.placed(
            title,
            clock,
            room=room,
            people=people,
            format_name="Débat, «long»",
            abstract="\t**gras** ]]> \x00\x0b &amp; 🎈\n\n" * 80,
        )
    made.night = made.placed("Bal de minuit et demi", "00:30", day=NEXT_DAY)
    made.long = made.placed("Toute la nuit", "23:30", room="maxi", minutes=300)
    made.session("Sans place")
    made.session("En construction", confirmed=False)
    gone = made.placed("Annulée avant d'être connue", "17:00")
    commands.cancel_session(gone, **made.who)
    # What a database may hold from an older import, and XML may not:
    Session.objects.filter(title="Chevauchement dans la salle").update(
        title="Chevauchement \ufffe dans la salle", abstract="a\x0bb\uffff"
    )
    made.publish()
    return made


def read_xml(body: bytes) -> dict[str, tuple[str, ...]]:
    found = {}
    for event in etree.fromstring(body).iter("event"):
        start = datetime.fromisoformat(event.findtext("date"))
        hours, minutes = map(int, event.findtext("duration").split(":"))
        people = tuple(one.text for one in event.findall("persons/person"))
        assert event.findtext("room") == event.getparent().get("name")
        found[event.get("guid")] = (
            event.findtext("title"),
            start,
            start + timedelta(minutes=hours * 60 + minutes),
            event.findtext("room"),
            people,
        )
    return found


def read_json(body: bytes) -> dict[str, tuple[str, ...]]:
    days = json.loads(body)["schedule"]["conference"]["days"]
    return {
        one["guid"]: (
            one["title"],
            datetime.fromisoformat(one["date"]),
            datetime.fromisoformat(one["end"]),
            room,
            tuple(person["public_name"] for person in one["persons"]),
        )
        for day in days
        for room, here in day["rooms"].items()
        for one in here
    }


def read_v2(body: bytes) -> dict[str, tuple[str, ...]]:
    return {
        one["guid"]: (
            one["title"],
            datetime.fromisoformat(one["start"]),
            datetime.fromisoformat(one["end"]),
            one["room"]["name"],
            tuple(person["name"] for person in one["participants"]),
        )
        for one in json.loads(body)["schedule"]["events"]
        if one["type"] != "BREAK" and one["state"] == "CONFIRMED"
    }


def read_csv(body: bytes) -> dict[str, tuple[str, ...]]:
    return {
        one["guid"]: (
            one["titre"].removeprefix("'"),
            datetime.fromisoformat(one["debut"]),
            datetime.fromisoformat(one["fin"]),
            one["salle"],
            tuple(filter(None, one["personnes"].split("|"))),
        )
        for one in csv.DictReader(io.StringIO(body.decode()))
        if one["debut"] and one["etat"] == "confirmée"
    }


def read_ics(body: bytes) -> dict[str, tuple[str, ...]]:
    return {
        str(one["UID"]): (
            str(one["SUMMARY"]),
            one.decoded("DTSTART"),
            one.decoded("DTEND"),
            ", ".join(str(one["LOCATION"]).split(", ")[:2]),
            tuple(part for part in [str(one["DESCRIPTION"]).split("\n\n")[0]] if part.startswith("Zoé")),
        )
        for one in icalendar.Calendar.from_ical(body).walk("VEVENT")
        if one["STATUS"] == "CONFIRMED"
    }


def read_jsonld(body: bytes) -> dict[str, tuple[str, ...]]:
    return {
        one["@id"].removeprefix("urn:uuid:"): (
            one["name"],
            datetime.fromisoformat(one["startDate"]),
            datetime.fromisoformat(one["endDate"]),
            one["location"]["name"],
            tuple(person["name"] for person in one.get("performer", ())),
        )
        for one in json.loads(body)["subEvent"]
        if one["eventStatus"].endswith("EventScheduled")
    }


READERS = {"xml": read_xml, "json": read_json, "json_v2": read_v2, "csv": read_csv, "ics": read_ics, "jsonld": read_jsonld}


def drawn(text: str) -> str:
    """What XML cannot hold is left out of XML; compared without it."""
    return text.replace("\ufffe", "")


def test_every_form_says_the_same(hostile, client):
    assert set(READERS) == set(FORMATS)
    bodies = {name: client.get(AT + one.name).content for name, one in FORMATS.items()}
    said = {
        name: {guid: (drawn(title), *rest) for guid, (title, *rest) in read(bodies[name]).items()} for name, read in READERS.items()
    }
    assert len(said["xml"]) == len(HOSTILE) + 2
    assert {title for title, *_rest in said["xml"].values()} >= {HOSTILE[0][0], "Même titre", "t" * 150}
    for name, found in said.items():
        assert found == said["json"], name


def test_no_form_says_what_the_page_hides(hostile, client):
    names = [*(one.name for one in FORMATS.values()), "programme.atom", "programme/versions/1/programme.xml", "programme/"]
    for name in names:
        text = client.get(AT + name).text.replace("\r\n ", "")
        for hidden in ("Chloé", "Secr", "x.example", "En construction", "Annulée avant"):
            assert hidden not in text, (name, hidden)


def test_the_files_fit_their_schemas_on_hostile_content(hostile, client):
    jsonschema = pytest.importorskip("jsonschema")
    schema = etree.XMLSchema(etree.parse(str(validator("schedule.xml.xsd"))))
    schema.validate(etree.fromstring(client.get(f"{AT}programme.xml").content))
    assert list(schema.error_log) == []
    for name, file in (("schedule.json.schema.json", "programme.json"), ("schedule-v2.json.schema.json", "programme-v2.json")):
        rules = json.loads(validator(name).read_text())
        body = json.loads(client.get(AT + file).content)
        checked = jsonschema.validators.validator_for(rules)(rules, format_checker=jsonschema.FormatChecker())
        assert [(error.json_path, error.message) for error in checked.iter_errors(body)] == []


def test_a_night_session_is_on_the_evenings_day_everywhere(hostile, client):
    xml = etree.fromstring(client.get(f"{AT}programme.xml").content)
    day = xml.find(f".//event[@guid='{hostile.night.guid}']").getparent().getparent()
    rows = {row["guid"]: row["jour"] for row in csv.DictReader(io.StringIO(client.get(f"{AT}programme.csv").text))}
    assert (day.get("date"), rows[str(hostile.night.guid)], rows[str(hostile.long.guid)]) == ("2018-09-13",) * 3


def test_two_rooms_of_one_name_stay_two(hostile, client):
    room = hostile.room("maxi")
    room.name = hostile.room("micro").name
    room.save()
    commands.publish_programme(hostile.event, actor=hostile.hugo, at=NOW)
    found = read_xml(client.get(f"{AT}programme.xml").content)
    assert len(found) == len(HOSTILE) + 2
    assert {room for *_rest, room, _people in found.values()} >= {"Salle Micro, Stereolux", "Salle Micro, Stereolux (2)"}


def test_a_cancelled_session_says_so_where_the_form_can(hostile, client):
    made = Session.objects.get(title=HOSTILE[1][0].replace("\u202e", ""))
    commands.cancel_session(made, **hostile.who)
    commands.publish_programme(hostile.event, actor=hostile.hugo, at=NOW)
    guid = str(made.guid)
    for name in ("xml", "json"):
        assert guid not in client.get(AT + FORMATS[name].name).text
    v2 = json.loads(client.get(f"{AT}programme-v2.json").content)["schedule"]["events"]
    assert [one["state"] for one in v2 if one.get("guid") == guid] == ["CANCELED"]
    assert f'"{guid}","{made.code}","annulée"' in client.get(f"{AT}programme.csv").text
    # The first version still says what it said.
    assert guid in client.get(f"{AT}programme/versions/1/programme.xml").text


def test_the_calendar_of_an_axis_and_of_a_person(hostile, client):
    axis = hostile.event.axes.get(slug="donnees")
    made = hostile.placed("Dans l'axe", "18:00", axis=axis)
    version = hostile.publish()
    body = client.get(f"{AT}axes-de-travail/donnees/programme.ics").content
    calendar = icalendar.Calendar.from_ical(body)
    assert [str(one["UID"]) for one in calendar.walk("VEVENT")] == [str(made.guid)]
    number = next(one["people"][0]["person"] for one in version.content["sessions"] if one["people"])
    body = client.get(f"{AT}personnes/{number}/programme.ics").content
    assert len(icalendar.Calendar.from_ical(body).walk("VEVENT")) == len(HOSTILE)
    assert client.get(f"{AT}personnes/{number + 1}/programme.ics").status_code == 404
    assert client.get(f"{AT}axes-de-travail/inconnu/programme.ics").status_code == 404


def test_the_feed_tells_each_change(hostile, client):
    moved = Session.objects.filter(title="Même titre").first()
    commands.place_session(moved, room=hostile.room("micro"), starts_at=hostile.moment("15:30"), **hostile.who)
    commands.publish_programme(hostile.event, actor=hostile.hugo, at=NOW + timedelta(hours=1))
    feed = etree.fromstring(client.get(f"{AT}programme.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [one.findtext(f"{atom}title").replace("\u00a0", " ") for one in feed.findall(f"{atom}entry")]
    assert len(titles) == 2
    assert titles[0].startswith("Même titre : Autre moment, même salle")
    assert "Première version" in titles[1]
    ids = [one.findtext(f"{atom}id") for one in feed.findall(f"{atom}entry")]
    assert len(set(ids)) == 2


# What the applications do with schedule.xml, read in their source: each would rather show nothing than guess.


def fosdem_companion(root) -> set[str]:
    """Any value that is missing or not a number ends the whole load."""
    conference = root.find("conference")
    assert all(conference.findtext(name) for name in ("acronym", "title", "base_url"))
    found = set()
    for day in root.findall("day"):
        int(day.attrib["index"])
        date.fromisoformat(day.attrib["date"])
        assert all(datetime.fromisoformat(day.attrib[name]).tzinfo for name in ("start", "end"))
        for event in day.iter("event"):
            int(event.attrib["id"])
            assert datetime.fromisoformat(event.findtext("date")).tzinfo
            assert re.fullmatch(r"\d\d:\d\d(:\d\d)?", event.findtext("duration"))
            assert all(int(person.attrib["id"]) > 0 for person in event.iter("person"))
            assert all(link.get("href") for link in event.iter("link"))
            found.add(event.attrib["guid"])
    return found


def event_fahrplan(root) -> set[str]:
    """Days need an end and a number; a session stands on the day that lists it, its moment comes from its date."""
    assert root.findtext("version")
    assert all(
        datetime.fromisoformat(day.attrib["end"]) > datetime.fromisoformat(day.attrib["start"]) for day in root.findall("day")
    )
    for event in root.iter("event"):
        hours, minutes = event.findtext("duration").split(":")
        assert int(hours) * 60 + int(minutes) > 0
        assert re.fullmatch(r"\d\d:\d\d", event.findtext("start"))
        assert event.findtext("date")[11:16] == event.findtext("start")
        assert event.find("recording/optout") is not None
    return {event.attrib["guid"] for event in root.iter("event")}


def giggity(root) -> set[str]:
    """Events without an id, a title, a moment or a length are dropped without a word."""
    return {
        event.attrib["guid"]
        for event in root.iter("event")
        if event.get("id") and event.findtext("title") and event.findtext("date") and event.findtext("duration")
    }


def engelsystem(root) -> set[str]:
    """Events are known by their guid, in a room that has a name; no optout would mean one."""
    for room in root.iter("room"):
        assert room.get("name") or room.getparent().tag == "event"
    return {event.attrib["guid"] for event in root.iter("event") if event.getparent().get("name") == event.findtext("room")}


def voc(root) -> set[str]:
    """c3tt and its kin: acronym, then room, title, type, date, start, duration of each event."""
    assert root.findtext("conference/acronym")
    needed = ("room", "title", "date", "start", "duration")
    return {event.attrib["guid"] for event in root.iter("event") if all(event.findtext(name) for name in needed)}


@pytest.mark.parametrize("client_of", [fosdem_companion, event_fahrplan, giggity, engelsystem, voc])
def test_each_application_finds_every_session(hostile, client, client_of):
    body = client.get("/nec-2018/programme.xml").content
    assert (b"<schedule" in body[:1024], b"<conference" in body[:1024]) == (True, True)
    root = etree.fromstring(body)
    assert len(set(root.xpath("//event/@id"))) == len(root.xpath("//event"))
    assert client_of(root) == set(read_xml(body))
