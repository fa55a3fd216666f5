"""The feeds say what the pages say, in the shape that readers want."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from lxml import etree

from encommun.programme import commands
from tests.cast import NOW
from tests.programme.conftest import NEXT_DAY, Programme, somebody

VALIDATORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "validators"
AT = "/nec-2018/"


@pytest.fixture
def programme(cast) -> Programme:
    made = Programme(cast)
    made.slots()
    axis = cast.event.axes.get(slug="donnees")
    made.people = (
        somebody("Bruno Le Goff", email="b@x.example", name_is_public=True),
        somebody("Chloé Secrète", email="c@x.example"),
    )
    made.one = made.placed(
        "Données, « et » après ; 🎈 ?", axis=axis, abstract="Un *long* texte, " * 30, people=made.people, format_name="Débat"
    )
    made.night = made.placed("Bal", "00:30", day=NEXT_DAY, people=made.people)
    made.waiting = made.session("Sans place")
    made.building = made.session("En construction", confirmed=False)
    made.publish()
    return made


def validator(name: str) -> Path:
    path = VALIDATORS / name
    if not path.exists():
        pytest.skip(f"the schema {name} is not beside the checkout")
    return path


@pytest.mark.parametrize("language", ["", "/en"])
def test_schedule_xml_fits_its_schema(programme, client, language):
    answer = client.get(f"{language}{AT}programme.xml")
    schema = etree.XMLSchema(etree.parse(str(validator("schedule.xml.xsd"))))
    schema.validate(etree.fromstring(answer.content))
    assert list(schema.error_log) == []


def test_readers_find_schedule_and_conference_at_once(programme, client):
    start = client.get(f"{AT}programme.xml").content[:1024]
    assert (b"<schedule" in start, b"<conference" in start) == (True, True)


def test_schedule_xml_has_what_each_reader_asks(programme, client):
    root = etree.fromstring(client.get(f"{AT}programme.xml").content)
    first = root.find(f".//event[@guid='{programme.one.guid}']")
    person = first.find("persons/person")
    assert first.get("id") == str(programme.one.pk)
    assert [one.text for one in first.findall("persons/person")] == ["Bruno Le Goff"]
    assert (int(person.get("id")) > 0, len(person.get("guid"))) == (True, 36)
    assert (first.findtext("start"), first.findtext("duration"), first.findtext("date")) == (
        "11:00",
        "01:00",
        "2018-09-13T11:00:00+02:00",
    )
    night = root.find(f".//event[@guid='{programme.night.guid}']")
    assert night.getparent().getparent().get("date") == "2018-09-13"
    assert [day.get("index") for day in root.findall("day")] == ["1", "2"]


def test_schedule_json_fits_its_schema(programme, client):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(validator("schedule.json.schema.json").read_text())
    body = json.loads(client.get(f"{AT}programme.json").content)
    errors = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker()).iter_errors(body)
    assert [error.message for error in errors] == []


def test_the_calendar_is_read_by_another_reader(programme, client):
    body = client.get(f"{AT}programme.ics").content
    lines = body.split(b"\r\n")
    assert (max(map(len, lines)) <= 75, b"\n" in body.replace(b"\r\n", b"")) == (True, False)
    calendar = icalendar.Calendar.from_ical(body)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    event = next(one for one in calendar.walk("VEVENT") if one["UID"] == str(programme.one.guid))
    assert event["SUMMARY"] == "Données, « et » après ; 🎈 ?"
    assert event.decoded("DTSTART") == programme.one.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert (event.decoded("DTSTAMP"), event["SEQUENCE"], event["STATUS"]) == (NOW, 0, "CONFIRMED")
    assert event["LOCATION"] == "Salle Micro, Stereolux, 4 boulevard Léon-Bureau, 44200 Nantes"


def test_a_cancelled_session_stays_in_the_calendar_and_says_so(programme, client):
    commands.cancel_session(programme.one, actor=programme.hugo, at=NOW)
    commands.publish_programme(programme.event, actor=programme.hugo, at=NOW + timedelta(days=1))
    calendar = icalendar.Calendar.from_ical(client.get(f"{AT}programme.ics").content)
    found = {one["UID"]: (one["STATUS"], one["SEQUENCE"]) for one in calendar.walk("VEVENT")}
    assert found == {str(programme.one.guid): ("CANCELLED", 1), str(programme.night.guid): ("CONFIRMED", 0)}
    assert str(programme.one.guid) not in client.get(f"{AT}programme.xml").text


def test_all_feeds_name_the_same_sessions_and_nothing_hidden(programme, client):
    texts = {name: client.get(f"{AT}programme.{name}").text for name in ("ics", "xml", "json")}
    unfolded = texts | {"ics": texts["ics"].replace("\r\n ", "")}
    for text in unfolded.values():
        assert str(programme.one.guid) in text
        assert str(programme.night.guid) in text
        assert "Bruno Le Goff" in text
        for hidden in ("Chloé", "x.example", str(programme.building.guid), "En construction", "Sans place"):
            assert hidden not in text


def test_one_session_for_a_calendar(programme, client):
    answer = client.get(f"{AT}seances/{programme.one.code}/seance.ics")
    assert [one["UID"] for one in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")] == [str(programme.one.guid)]
    assert client.get(f"{AT}seances/{programme.waiting.code}/seance.ics").status_code == 404
    assert client.get(f"{AT}seances/{programme.building.code}/seance.ics").status_code == 404


def test_asked_again_with_its_etag_a_feed_answers_304(programme, client):
    for name in ("programme.ics", "programme.xml", "programme.json", "lieux.csv"):
        first = client.get(AT + name)
        assert client.get(AT + name, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["ics", "xml", "json"])
def test_before_the_first_version_feeds_are_empty_and_valid(cast, client, name):
    answer = client.get(f"{AT}programme.{name}")
    assert answer.status_code == 200
    if name == "xml":
        schema = etree.XMLSchema(etree.parse(str(validator("schedule.xml.xsd"))))
        assert schema.validate(etree.fromstring(answer.content))


def test_venues_follow_the_national_standard(programme, client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{AT}lieux.csv").text)))
    assert [(row["id"], row["code_postal"], row["commune"]) for row in rows] == [
        ("stereolux", "44200", "Nantes"),
        ("ecole-d-architecture", "44200", "Nantes"),
    ]
    assert all(row[name] for row in rows for name in ("pivot", "nom", "adresse", "date_maj"))


def test_the_page_of_open_data_lists_them(programme, client):
    text = client.get(f"{AT}donnees/").text
    for address in ("programme.ics", "programme.xml", "programme.json", "lieux.csv"):
        assert f"{AT}{address}" in text
    assert "Licence Ouverte 2.0" in text
