"""Readers of other programmes: real files of others, and hostile ones."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from encommun.programme.imports import Unreadable, read
from encommun.programme.imports.texts import clock_in, length_in, markdown_of, moment, names_in

SCHEDULES = Path(__file__).resolve().parents[3] / "shared" / "data" / "schedules"
PARIS = ZoneInfo("Europe/Paris")

#: File -> sessions, rooms that hold sessions, days, people by name.
COUNTED = {
    "fosdem-2012.xml": (442, 23, 2, 430),  # 513 lines of people, 430 names
    "fosdem-2018.xml": (689, 31, 2, 651),
    "fosdem-2025.xml": (943, 29, 2, 991),  # two of the 992 have the same name
    "31c3.xml": (138, 4, 4, 197),  # two of the 198 have the same name
    "jres_2022.ics": (120, 15, 4, 0),
    "pyconfr-2024.json": (76, 10, 3, 77),  # 68 and 8 sprints
    "sotm-2022-talks.json": (86, 5, 3, 88),
    "foss4g2026.en.json": (301, 0, 0, 0),
    "foss4g2026.fr.json": (301, 0, 0, 0),
    "frab-camp2019.json": (79, 2, 5, 90),
    "pretalx-democon.json": (36, 2, 3, 27),
    "hub-schedule2.json": (2, 2, 4, 4),
    "voc-invalid-example.json": (1, 1, 1, 1),
    "voctosched-indico.json": (37, 0, 3, 33),
    "halfnarp-33c3-talks.json": (149, 4, 4, 191),
    "gpn11.csv": (29, 2, 4, 31),
    "pyconuk-2016-talks.yml": (69, 0, 0, 68),
}


def schedule(name: str) -> bytes:
    path = SCHEDULES / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the checkout")
    return path.read_bytes()


@pytest.mark.parametrize("name", COUNTED)
def test_a_file_of_others_is_read_whole(name):
    found = read(schedule(name), zone=PARIS)
    rooms = {item.room for item in found.items if item.room}
    people = {one.name for item in found.items for one in item.people}
    assert (len(found.items), len(rooms), len(found.days), len(people)) == COUNTED[name]
    assert [one for one in found.problems if one.is_left_out] == []
    keys = [key for item in found.items for key in item.keys]
    assert len(keys) == len(set(keys))


def test_what_is_no_programme_is_refused_with_its_reason():
    with pytest.raises(Unreadable) as refused:
        read(schedule("europython-2014-penta-like.xml"), zone=PARIS)
    assert refused.value.code == "entries_xml"


def test_a_workbook_without_titles_asks_for_the_column():
    found = read(schedule("csplib-GECCO19.xlsx"), zone=PARIS)
    assert (found.items, [one.code for one in found.problems]) == ([], ["no_title_column"])


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><schedule><day><event><title>&b;</title></event></day></schedule>'
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule><day><event><title>&a;</title></event></day></schedule>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"   \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (LAUGHS, "entities"),
        (XXE, "entities"),
        (XXE.decode().encode("utf-16"), "entities"),
        (b"<html><body>no</body></html>", "other_xml"),
        (b"<schedule></schedule>", "other_xml"),
        (b"<", "not_xml"),
        (b"{", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"{}", "nothing_in_it"),
        (b"[1, 2, null]", "nothing_in_it"),
        (b'{"schedule": {"conference": {"days": "x"}}}', "nothing_in_it"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no_event"),
        (b"%PDF-1.7\n...", "other_file"),
        (b"PK\x03\x04 not a zip", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "other_file"),
        (b"x" * (12 * 1024 * 1024 + 1), "too_big"),
    ],
)
def test_hostile_files_are_refused_with_their_reason(body, code):
    with pytest.raises(Unreadable) as refused:
        read(body, zone=PARIS)
    assert refused.value.code == code


def xml(*events: str, conference: str = "<title>X</title>", day: str = "2018-09-13") -> bytes:
    return f"<schedule><conference>{conference}</conference><day date='{day}'><room name='A'>{''.join(events)}</room></day></schedule>".encode()


def test_bad_items_are_reported_one_by_one_and_the_rest_is_read():
    found = read(
        xml(
            "<event id='1'><title>Bon</title><start>10:00</start><duration>01:00</duration></event>",
            "<event id='2'><title> </title><start>10:00</start></event>",
            "<event id='3'><title>Sans heure</title><start>tantôt</start><duration>00:30</duration></event>",
            "<event id='1'><title>Bon</title><start>10:00</start><duration>01:00</duration></event>",
            "<event id='1'><title>Autre</title><start>11:00</start></event>",
            f"<event id='5'><title>{'t' * 400}</title><start>12:00</start><duration>99:00</duration></event>",
        ),
        zone=PARIS,
    )
    assert [(item.title[:10], item.keys) for item in found.items] == [
        ("Bon", ("id:X:1",)),
        ("Sans heure", ("id:X:3",)),
        ("Autre", ("id:X:1#2",)),
        ("t" * 10, ("id:X:5",)),
    ]
    assert [(one.where, one.code, one.is_left_out) for one in found.problems] == [
        ("line 1, event 2", "no_title", True),
        ("line 1, event 3", "time_unread", False),
        ("line 1, event 1", "repeated", True),
        ("line 1, event 1", "no_length", False),
        ("line 1, event 1", "id_again", False),
        ("line 1, event 5", "title_cut", False),
        ("line 1, event 5", "too_long", False),
    ]
    assert (found.items[-1].minutes, found.items[-1].abstract) == (1440, "t" * 400)


def test_times_after_midnight_stay_on_the_evenings_day():
    body = xml(
        "<event id='1'><title>Bal</title><start>00:30</start><duration>01:00</duration></event>",
        "<event id='2'><title>Tôt</title><date>2018-09-14T00:30:00+02:00</date><start>00:30</start><duration>01:00</duration></event>",
        conference="<title>X</title><day_change>05:00:00</day_change>",
    )
    found = read(body, zone=PARIS)
    assert {item.starts_at.isoformat() for item in found.items} == {"2018-09-14T00:30:00+02:00"}
    assert [day.isoformat() for day in found.days] == ["2018-09-13"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_table_in_any_encoding_and_with_any_line_ends(encoding, ends):
    lines = ["Titre;Jour;Début;Durée;Salle;Intervenants", '"Médiation; « où ? »";13/09/2018;9h30;1h15;Grande salle;Zoé, Aïcha']
    found = read(ends.join(lines).encode(encoding), zone=PARIS)
    [item] = found.items
    assert (item.title, item.starts_at.isoformat(), item.minutes, item.room, [one.name for one in item.people]) == (
        "Médiation; « où ? »",
        "2018-09-13T09:30:00+02:00",
        75,
        "Grande salle",
        ["Zoé", "Aïcha"],
    )
    assert item.where == "line 2"


def test_a_table_follows_the_mapping_that_was_chosen():
    body = b"a,b,c\nUn,2018-09-13T10:00,Maxi\n"
    assert [one.code for one in read(body, zone=PARIS).problems] == ["no_title_column"]
    [item] = read(body, zone=PARIS, mapping={"title": "a", "start": "b", "room": "c"}).items
    assert (item.title, item.starts_at.isoformat(), item.room) == ("Un", "2018-09-13T10:00:00+02:00", "Maxi")


def test_html_becomes_markdown_without_anything_that_acts():
    text = markdown_of(
        '<p>Un <b>mot</b> <a href="https://a.example/x">ici</a><br>là</p><ul><li>un</li><li>deux</li></ul><script>alert(1)</script><a href="javascript:x">non</a>'
    )
    assert text == "Un **mot** [ici](https://a.example/x)\nlà\n\n- un\n- deux\n\nnon"
    assert markdown_of("5 < 6 et 7 > 3") == "5 < 6 et 7 > 3"


def test_emoji_stay_and_control_characters_go():
    body = json.dumps({"talks": [{"title": "🎈 fin\x0b\x00", "start": "2018-09-13T10:00"}]}).encode()
    assert [item.title for item in read(body, zone=PARIS).items] == ["🎈 fin"]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("01:30", 90),
        ("1:30", 90),
        ("1h30", 90),
        ("PT1H30M", 90),
        ("90", 90),
        ("90 min", 90),
        ("1:02:00:00", 1560),
        ("x", None),
        (True, None),
        (90.4, 90),
    ],
)
def test_lengths(typed, minutes):
    assert length_in(typed) == minutes


@pytest.mark.parametrize(
    ("typed", "clock"), [("9:30", "09:30"), ("09h30", "09:30"), ("9 h", "09:00"), ("0930", "09:30"), ("25:00", None), ("", None)]
)
def test_times_of_day(typed, clock):
    found = clock_in(typed)
    assert (found.strftime("%H:%M") if found else None) == clock


@pytest.mark.parametrize(
    "typed",
    [
        "0001-01-01T00:00",
        "9999-12-31T23:59:59+14:00",
        "2018-02-30T10:00",
        "2018-09-13",
        "x",
        None,
        5,
        {},
        {"date": "x", "tz": "../../etc"},
    ],
)
def test_odd_moments_never_raise(typed):
    body = json.dumps({"talks": [{"title": "x", "start": typed}]}).encode()
    assert len(read(body, zone=PARIS).items) == 1
    moment(typed, PARIS)


def test_names():
    assert names_in("Zoé, Aïcha; Zoé\nBob") == ["Zoé, Aïcha", "Zoé", "Bob"]
    assert names_in([{"first_name": "Zoé", "last_name": "B."}, {"public_name": "Bob"}, "Zoé B.", None, 3]) == ["Zoé B.", "Bob", "3"]
