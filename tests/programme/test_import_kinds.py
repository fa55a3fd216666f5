"""Files of many tools, and files that arrive broken: what is in them comes in, what is missing is said with its line."""

import json

import pytest

from encommun.programme.imports import Unreadable, read
from tests.programme.test_import_readers import PARIS

AT_TEN = {"startsAt": "2018-09-13T10:00:00", "endsAt": "2018-09-13T10:45:00"}
SESSIONIZE = {
    "sessions": [{"id": "1", "title": "Un", "description": "d", **AT_TEN, "speakers": ["u"], "categoryItems": [5, 6], "roomId": 7}],
    "speakers": [{"id": "u", "firstName": "Léa", "lastName": "K", "fullName": "Léa K", "sessions": [1]}],
    "categories": [
        {"id": 1, "title": "Track", "items": [{"id": 5, "name": "T"}]},
        {"id": 2, "title": "Session format", "items": [{"id": 6, "name": "Atelier"}]},
    ],
    "rooms": [{"id": 7, "name": "A"}],
}
SESSION = {"id": "1", "title": "Un", "description": "d", "speakers": [{"id": "u", "name": "Léa K"}], "room": "A", **AT_TEN}
OFFSETS = {"start": "2018-09-13T10:00:00+02:00", "end": "2018-09-13T10:45:00+02:00"}
MOMENTS = {
    "startDate": {"date": "2018-09-13", "time": "10:00:00", "tz": "Europe/Paris"},
    "endDate": {"date": "2018-09-13", "time": "10:45:00", "tz": "Europe/Paris"},
}
KINDS = {
    "Sessionize, everything": SESSIONIZE,
    "Sessionize, grid": [
        {
            "date": "2018-09-13T00:00:00",
            "rooms": [{"id": 7, "name": "A", "sessions": [SESSION | {"categories": [{"name": "Track", "categoryItems": [{"name": "T"}]}]}]}],
            "timeSlots": [{"slotStart": "10:00:00", "rooms": [{"id": 7, "name": "A", "session": SESSION}]}],
        }
    ],
    "pretalx, one page of its API": {
        "count": 1, "next": None, "results": [
            {
                "code": "ABC", "title": "Un", "abstract": "d", "track": {"id": 1, "name": {"en": "T"}}, "state": "confirmed",
                "submission_type": {"id": 3, "name": {"en": "Atelier"}}, "speakers": [{"code": "S", "name": "Léa K"}],
                "slots": [{"id": 9, "room": {"id": 1, "name": {"en": "A"}}, **OFFSETS}],
            }
        ],
    },
    "pretalx, its slots": {
        "results": [
            {
                "id": 9, "room": {"id": 1, "name": {"en": "A"}}, **OFFSETS,
                "submission": {"code": "ABC", "title": "Un", "abstract": "d", "track": {"name": {"en": "T"}}, "speakers": [{"name": "Léa K"}]},
            }
        ]
    },
    "pretalx, its widget": {
        "talks": [{"code": "A", "title": "Un", "abstract": "d", "speakers": ["S"], "track": 4, "room": 1, **OFFSETS}],
        "tracks": [{"id": 4, "name": {"en": "T"}}], "rooms": [{"id": 1, "name": {"en": "A"}}], "speakers": [{"code": "S", "name": "Léa K"}],
    },
    "Indico, one contribution": {
        "results": [
            {
                "title": "La rencontre", "description": "x", **MOMENTS,
                "contributions": [{"id": "3", "title": "Un", "description": "d", **MOMENTS, "room": "A", "track": "T", "speakers": [{"first_name": "Léa", "last_name": "K"}]}],
            }
        ]
    },
    "frab, for the web": {
        "conference_events": {"events": [{"id": 1, "title": "Un", "abstract": "d", "track": "T", "room": {"name": "A"}, "speakers": [{"full_public_name": "Léa K"}], "start_time": OFFSETS["start"], "end_time": OFFSETS["end"]}]}
    },
    "schema.org": {
        "@type": "Event", "name": "La rencontre", "startDate": "2018-09-13",
        "subEvent": [{"@type": "Event", "name": "Un", "description": "d", "startDate": OFFSETS["start"], "endDate": OFFSETS["end"], "location": {"name": "A"}, "performer": [{"name": "Léa K"}], "track": "T"}],
    },
    "OpenAgenda": {
        "events": [{"uid": 1, "title": {"fr": "Un"}, "description": {"fr": "d"}, "timings": [{"begin": OFFSETS["start"], "end": OFFSETS["end"]}], "location": {"name": "A"}, "speakers": "Léa K", "track": "T"}]
    },
    "seconds since 1970": [{"title": "Un", "abstract": "d", "start": 1536825600, "end": 1536828300, "room": "A", "speakers": ["Léa K"], "track": "T"}],
    "rooms with their sessions by name": {
        "schedule": {"conference": {"days": [{"date": "2018-09-13", "rooms": {"A": {"x": {"title": "Un", "abstract": "d", "start": "10:00", "duration": "00:45", "persons": [{"name": "Léa K"}], "track": "T"}}}}]}}
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_session_in_the_json_of_each_tool(kind):
    found = read(json.dumps(KINDS[kind]).encode(), zone=PARIS)
    assert [
        (one.title, one.abstract, one.starts_at.isoformat(), one.minutes, one.room, one.track, [who.name for who in one.people])
        for one in found.items
    ] == [("Un", "d", "2018-09-13T10:00:00+02:00", 45, "A", "T", ["Léa K"])]
    assert found.problems == []


def test_formats_are_found_among_categories():
    assert read(json.dumps(SESSIONIZE).encode(), zone=PARIS).items[0].format == "Atelier"


def test_one_object_a_line():
    found = read(b'{"title": "Un", "duration": 5}\n{"title": "Deux", "duration": 5}\n', zone=PARIS)
    assert [one.title for one in found.items] == ["Un", "Deux"]


def test_yaml_is_read_and_its_aliases_are_refused():
    found = read(b"- title: L'un\n  duration: 30\n  speaker: Zo\xc3\xa9\n- title: Deux\n  start: 2018-09-13 10:00:00\n", zone=PARIS)
    assert [(one.where, one.title, one.minutes) for one in found.items] == [("line 1", "L'un", 30), ("line 4", "Deux", 60)]
    with pytest.raises(Unreadable) as refused:
        read(b"- title: &a [x, x]\n  duration: [*a, *a]\n", zone=PARIS)
    assert refused.value.code == "entities"


DAYS = {
    "month first": ("9/13/2018", "2:00 PM"), "in words": ("jeudi 13 septembre 2018", "14h"), "English": ("Sep 13, 2018", "2 pm"),
    "short": ("13/09/18", "14.00"), "dots": ("13.09.2018", "1400"), "first": ("2018/09/13", "14:00:00"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DAYS)
def test_days_and_hours_as_people_write_them(kind):
    day, clock = DAYS[kind]
    found = read(f'Title;Date;Start Time;Duration\nUn;"{day}";{clock};1,5 h\n'.encode(), zone=PARIS)
    assert [(one.starts_at.isoformat(), one.minutes) for one in found.items] == [("2018-09-13T14:00:00+02:00", 90)]


def test_a_table_of_the_united_states_is_so_everywhere():
    found = read(b"title,date,start\nUn,9/13/2018,10:00\nDeux,9/11/2018,10:00\n", zone=PARIS)
    assert [one.starts_at.date().isoformat() for one in found.items] == ["2018-09-13", "2018-09-11"]


def test_a_file_that_was_cut_gives_what_it_has_and_says_so():
    cut_xml = b"<schedule><conference/>\n<day date='2018-09-13'><room name='A'>\n<event id='1'><title>Un</title><start>10:00</start><duration>01:00</duration></event>\n<event id='2'><title>Deu"
    found = read(cut_xml, zone=PARIS)
    assert [one.title for one in found.items] == ["Un"]
    assert [(one.where, one.code) for one in found.problems] == [("line 4", "cut_short"), ("line 4, event 2", "not_ended")]
    found = read(b'{"sessions": [\n{"title": "Un \\"{\\"", "duration": 5},\n{"title": "Deu', zone=PARIS)
    assert [one.title for one in found.items] == ['Un "{"']
    assert [(one.where, one.code) for one in found.problems] == [("line 2", "cut_short")]


def test_xml_without_its_encoding_and_with_signs_of_html():
    body = "<schedule><conference/><day date='2018-09-13'><room name='\xc9t\xe9'><event id='1'><title>D\xe9j\xe0&nbsp;vu &amp; revu</title><start>10:00</start><duration>00:30</duration></event></room></day></schedule>"
    (item,) = read(body.encode("cp1252"), zone=PARIS).items
    assert (item.title, item.room) == ("Déjà vu & revu", "Été")


def test_what_a_calendar_repeats_is_there_each_time():
    body = "\r\n".join([
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Yoga", "DTSTART;TZID=Europe/Paris:20180913T080000", "DURATION:PT30M",
        "RRULE:FREQ=DAILY;UNTIL=20180917T220000Z", "EXDATE;TZID=Europe/Paris:20180914T080000", "LOCATION:A", "END:VEVENT",
        "BEGIN:VEVENT", "UID:1", "RECURRENCE-ID:20180915T060000Z", "SUMMARY:Yoga", "DTSTART;TZID=Europe/Paris:20180915T090000",
        "DURATION:PT30M", "LOCATION:B", "END:VEVENT", "BEGIN:VEVENT", "UID:2", "SUMMARY:Sans fin", "DTSTART:20180913T080000Z",
        "RRULE:FREQ=WEEKLY", "DURATION:PT1H", "END:VEVENT", "BEGIN:VEVENT", "UID:3", "SUMMARY:Un jour", "DTSTART;VALUE=DATE:20180913",
        "END:VEVENT", "END:VCALENDAR",
    ])  # fmt: skip
    found = read(body.encode(), zone=PARIS)
    assert [(f"{one.starts_at:%d %H}", one.room, one.keys[0]) for one in found.items if one.title == "Yoga"] == [
        ("13 08", "A", "uid:1"),
        ("16 08", "A", "uid:1:20180916T080000"),
        ("17 08", "A", "uid:1:20180917T080000"),
        ("15 09", "B", "uid:1:20180915T080000"),
    ]
    assert len([one for one in found.items if one.title == "Sans fin"]) == 9
    assert [(one.code, one.facts.get("count")) for one in found.problems] == [("again", "4"), ("again", "9"), ("time_unread", None)]


def test_bent_items_of_json_are_told_by_their_line():
    body = json.dumps([{"id": "aa", "title": "Un", "start": "tantôt"}, {"id": "bb", "title": "Deux", "start": "?"}], indent=1)
    assert [one.where for one in read(body.encode(), zone=PARIS).problems] == ["line 3", "line 8"]
