"""Files that nobody would write by accident, and accidents: never a page that breaks, each bent item told with its place."""

import io
import json
import random
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from encommun.programme import commands
from encommun.programme.imports import Unreadable, read
from encommun.programme.models import Session
from encommun.programme.words import of_problem
from tests.programme.test_import_readers import PARIS, xml
from tests.programme.test_importing import AT

#: Values that stand where a text, a number or a list is awaited.
ODD = [
    None, True, -1, 0, 10**30, 1e400, float("nan"), float("-inf"), "", " ", "\x00", "\ud800", "x" * 20_000, "9" * 5000, "Infinity",
    [], {}, [[]], [{}], {"name": []}, {"fr": {"en": {}}}, ["a", 1, None], "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    "2018-13-45T99:99", "<script>alert(1)</script>", "🧶" * 300, "٣٣:٣٣", "²³:00", "-0:0", "P9999999999D", "99999999999:00", "&#x0;",
    "&#999999999;", "\u202e\u200b", "%s %(x)s {y} {0.__class__}", "' OR 1=1 --", "=cmd()", "../../etc/passwd", "Europe", "a\0b",
]  # fmt: skip


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode()


def table(*lines: str) -> bytes:
    return "\n".join(["id,titre,jour,debut,fin,duree,salle,personnes,langue", *lines]).encode()


def whole_json() -> dict:
    event = {
        "id": 1, "guid": "7f0f6a3c-5b0e-4a39-8d31-1d2c1f1d9a10", "code": "ABC", "date": "2018-09-13T10:00:00+02:00", "start": "10:00",
        "end": "2018-09-13T11:00:00+02:00", "duration": "01:00", "room": "A", "title": "Un", "subtitle": "s", "track": {"name": "T"},
        "type": "t", "language": "fr", "abstract": "a", "description": "d", "persons": [{"name": "P", "role": "SPEAKER"}],
        "participants": [], "state": "x",
    }  # fmt: skip
    day = {"index": 1, "date": "2018-09-13", "day_start": "x", "rooms": {"A": [event]}}
    conference = {
        "acronym": "x", "title": "X", "time_zone_name": "Europe/Paris", "rooms": [{"name": "A", "capacity": 9}],
        "tracks": [{"slug": "t", "name": "T"}], "days": [day],
    }  # fmt: skip
    return {"schedule": {"version": "1", "conference": conference, "events": [event | {"id": 2, "title": "Deux"}]}}


def objects() -> list:
    return [
        {
            "id": "1", "title": "Un", "abstract": "a", "description": "d", "start": "2018-09-13T10:00:00+02:00",
            "end": "2018-09-13T11:00:00+02:00", "duration": 60, "room": {"name": "A"}, "track": "T", "speakers": [{"name": "P"}],
            "slots": [{"start": "2018-09-13T10:00:00+02:00", "room": "A"}], "state": "confirmed", "language": "fr", "type": "t",
        }
    ]  # fmt: skip


def places(value, path=()):
    """Every place in a nest of lists and mappings."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from places(one, (*path, key))


def bent(value, path, odd):
    if not path:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = bent(copy[path[0]], path[1:], odd)
    return copy


def survives(body: bytes):
    """Read, or refused with a reason; every problem has its sentence."""
    try:
        found = read(body, zone=PARIS)
    except Unreadable:
        return None
    assert len({key for item in found.items for key in item.keys}) == sum(len(item.keys) for item in found.items)
    for one in found.problems:
        of_problem(one).encode()
    return found


@pytest.mark.parametrize("make", [whole_json, objects])
def test_any_odd_value_anywhere_in_json_is_read_or_refused(make):
    for path in places(make()):
        for odd in ODD:
            survives(json.dumps(bent(make(), path, odd)).encode())


def test_files_cut_mixed_and_scratched_are_read_or_refused():
    chance = random.Random(7)
    bodies = [
        xml("<event id='1' guid='x'><title>Un</title><start>10:00</start><duration>01:00</duration><persons><person id='1'>P</person></persons></event>"),
        json.dumps(whole_json()).encode(),
        json.dumps(objects()).encode(),
        calendar("UID:1", "SUMMARY:Un", "DTSTART;TZID=Europe/Paris:20180913T100000", "DURATION:PT1H", "LOCATION:A", "RECURRENCE-ID:2"),
        table('1,Un,13/09/2018,10:00,11:00,60,A,"P, Q",fr'),
    ]  # fmt: skip
    for body in bodies:
        for _n in range(400):
            scratched = bytearray(body)
            for _m in range(chance.randint(1, 6)):
                at = chance.randrange(len(scratched))
                what = chance.random()
                if what < 0.3:
                    del scratched[at : at + chance.randint(1, 30)]
                elif what < 0.6:
                    scratched[at] = chance.randrange(256)
                elif what < 0.8:
                    scratched[at:at] = chance.choice(bodies)[: chance.randint(1, 60)]
                else:
                    scratched[at:at] = chance.choice([one for one in ODD if isinstance(one, str)])[:60].encode("utf-8", "replace")
                if not scratched:
                    scratched = bytearray(b" ")
            survives(bytes(scratched))


LONG = "x" * 250
HOSTILE = {
    "ids that say they are a second time": table("1,Un", "1,Deux", "1#2,Trois", "1#2,Quatre"),
    "ids that differ far from the end": table(f"a{LONG},Un", f"b{LONG},Deux"),
    "a guid twice": json.dumps([one | {"guid": "7f0f6a3c-5b0e-4a39-8d31-1d2c1f1d9a10"} for one in objects() * 2]).encode(),
    "rooms that overlap": xml(
        *(f"<event id='{n}'><title>{n}</title><start>10:00</start><duration>02:00</duration></event>" for n in range(3))
    ),
    "midnight": xml("<event id='1'><title>Bal</title><start>00:30</start><duration>24:00</duration></event>"),
    "html and emoji": xml("<event id='1'><title>🧶 &lt;b&gt;x&lt;/b&gt;</title><abstract>&lt;script&gt;x&lt;/script&gt;🧶</abstract></event>"),
    "a zero byte late in a table": table(*(f"{n},T{n}" for n in range(900)), "9\x00,Un\x00,,,,,A\x00,P\x00,f\x00"),
    "a zero byte in a calendar": calendar("UID:a\x00b", "SUMMARY:U\x00n", "LOCATION:A\x00", "DTSTART;TZID=a\x00b:20180913T100000"),
    "a surrogate in a name of json": json.dumps({"\ud800\x00": objects()}).encode(),
    "a lie about the encoding": b'<?xml version="1.0" encoding="utf-8"?>' + xml("<event id='1'><title>\xe9t\xe9</title></event>"),
    "an encoding that is none": b'<?xml version="1.0" encoding="klingon"?>' + xml("<event id='1'><title>Un</title></event>"),
    "no dates at all": xml("<event id='1'><title>Un</title></event>", day=""),
    "a day that is not": xml("<event id='1'><title>Un</title><start>10:00</start></event>", day="2018-02-31"),
    "the last day of all": xml("<event id='1'><title>Un</title><start>03:00</start></event>", day="9999-12-31", conference="<day_change>05:00</day_change>"),
    "the last day in a table": table("1,Un,9999-12-31,03:00,02:00,,A,P,fr", "2,Deux,0001-01-01,03:00,,,A,P,fr"),
    "a title of a million signs": table(f"1,{'t ' * 500_000}"),
    "a deep nest": xml("<event id='1'><title>Un</title><abstract>" + "<b>" * 5000 + "x" + "</b>" * 5000 + "</abstract></event>"),
    "names of nobody": table('1,Un,,,,,,";;, ,|\n",fr'),
    "two thousand people": table(f'1,Un,,,,,,"{";".join(f"P{n}" for n in range(2000))}",fr'),
    "a column named as another": b"titre,titre,titre\na,b,c\n",
    "a formula": table("1,=HYPERLINK(\"x\"),,,,,@A,+P,fr"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_pass_through_the_page_without_breaking_it(programme, client, name):
    programme.cast.sign_in(client, "hugo")
    given = client.post(AT, {"file": SimpleUploadedFile("a", HOSTILE[name])})
    assert given.status_code in (302, 422)
    if given.status_code == 302:
        page = client.get(given["Location"])
        done = client.post(given["Location"], {"is_confirmed": "on", "makes_axes": "on", "names_are_public": "on", "bring": ""})
        assert (page.status_code, done.status_code) == (200, 302)
        assert Session.objects.count() >= 1
        assert "\x00" not in "".join(Session.objects.values_list("title", flat=True))
        again = commands.preview_import(
            programme.event, read(HOSTILE[name], zone=programme.event.zone), commands.ImportWish(), **programme.who
        )
        assert again.new == []


def test_ids_that_look_like_numbered_ones_stay_apart():
    found = read(HOSTILE["ids that say they are a second time"], zone=PARIS)
    assert [item.title for item in found.items] == ["Un", "Deux", "Trois", "Quatre"]
    assert [(one.where, one.code) for one in found.problems] == [("line 3", "id_again"), ("line 5", "id_again")]
    assert len({key for item in read(HOSTILE["ids that differ far from the end"], zone=PARIS).items for key in item.keys}) == 2


def test_ten_megabytes_are_read_within_seconds():
    line = "<event id='{n}' guid='{n:032x}'><title>Séance {n}</title><start>10:00</start><abstract>{text}</abstract></event>"
    body = xml(*(line.format(n=n, text="é " * 650) for n in range(4900)))
    start = time.perf_counter()
    found = read(body, zone=PARIS)
    assert (len(body) > 9_000_000, len(found.items)) == (True, 4900)
    assert time.perf_counter() - start < 15


def test_a_workbook_that_swells_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"\0" * 210_000_000)
    with pytest.raises(Unreadable) as refused:
        read(packed.getvalue(), zone=PARIS)
    assert refused.value.code == "too_big"
