"""Bringing a programme from elsewhere: into the draft, without doubling, and out again."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.places.models import Room
from encommun.programme import commands
from encommun.programme.imports import read
from encommun.programme.models import Part, ProgrammeFile, Session
from encommun.programme.refusals import DatesFixed, NothingToImport
from tests.cast import NOW
from tests.programme.test_import_readers import COUNTED, schedule, xml

PARIS = ZoneInfo("Europe/Paris")
AT = "/nec-2018/organisation/programme/importer/"
ALL = commands.ImportWish(names_are_public=True)


def bring(programme, body: bytes, wish: commands.ImportWish = ALL, **more) -> commands.Imported:
    found = read(body, zone=programme.event.zone, **more)
    return commands.import_programme(programme.event, found, wish, **programme.who)


def test_only_those_who_compose_bring(programme):
    found = read(xml("<event id='1'><title>A</title></event>"), zone=PARIS)
    for actor in (VISITOR, programme.cast.actor("chloe")):
        with pytest.raises(NotAllowed):
            commands.import_programme(programme.event, found, ALL, actor=actor, at=NOW)


def test_a_file_without_sessions_is_refused(programme):
    found = read(b'{"schedule": {"conference": {"title": "X", "days": [{"date": "2018-09-13", "rooms": {}}]}}}', zone=PARIS)
    with pytest.raises(NothingToImport):
        commands.import_programme(programme.event, found, ALL, **programme.who)


def test_dates_are_not_taken_once_something_is_placed(programme):
    programme.placed()
    body = xml("<event id='1'><title>A</title><start>10:00</start></event>", day="2030-01-01")
    with pytest.raises(DatesFixed):
        bring(programme, body, commands.ImportWish(takes_dates=True))
    assert Session.objects.count() == 1


FIRST = xml(
    "<event id='1' guid='0d4a7d60-7dd7-4f2c-9f1b-2f1d4ad5a111'><title>Un</title><start>10:00</start><duration>01:00</duration><track>Données</track><persons><person>Zoé</person><person>Bob</person></persons></event>",
    "<event id='2'><title>Deux</title><start>11:00</start><duration>00:30</duration></event>",
    "<event id='3'><title>Hors jours</title><date>2031-01-01T10:00:00+01:00</date><duration>00:30</duration></event>",
)


def test_sessions_come_with_their_rooms_axes_and_people(programme):
    done = bring(programme, FIRST)
    assert (len(done.new), done.rooms, [one.code for one in done.problems]) == (3, ["A"], ["outside_days"])
    one = Session.objects.get(title="Un")
    assert (str(one.guid), one.room.name, one.starts_at, one.minutes, one.state) == (
        "0d4a7d60-7dd7-4f2c-9f1b-2f1d4ad5a111",
        "A",
        programme.moment("10:00"),
        60,
        "confirmed",
    )
    assert [(part.name, part.name_is_public) for part in one.parts.all()] == [("Zoé", True), ("Bob", True)]
    assert str(one.axis) == "Données"
    assert Session.objects.get(title="Hors jours").is_placed is False
    entry = Entry.objects.get(kind="programme.imported")
    assert entry.facts == {"file": "schedule.xml", "new": 3, "changed": 0, "same": 0, "left_out": 0}


def test_names_stay_with_the_team_unless_they_agreed(programme):
    bring(programme, FIRST, commands.ImportWish())
    assert set(Part.objects.values_list("name_is_public", flat=True)) == {False}


def test_the_same_file_again_makes_nothing_twice(programme):
    first = bring(programme, FIRST)
    counts = Session.objects.count(), Room.objects.count(), Part.objects.count(), programme.event.axes.count()
    again = bring(programme, FIRST)
    assert (again.new, again.changed, sorted(again.same)) == ([], [], sorted(first.new))
    assert (Session.objects.count(), Room.objects.count(), Part.objects.count(), programme.event.axes.count()) == counts


def test_what_the_file_changed_changes_and_what_the_team_changed_stays(programme):
    bring(programme, FIRST)
    ours = Session.objects.get(title="Deux")
    commands.edit_session(ours, commands.SessionText(title="Deux, mieux dit"), **programme.who)
    done = bring(
        programme, FIRST.replace(b"<title>Un<", b"<title>Un autre<").replace(b"<person>Bob</person>", b"<person>Aya</person>")
    )
    changed = Session.objects.get(title="Un autre")
    assert (done.changed, len(done.same)) == ([changed.code], 2)
    assert sorted(part.name for part in changed.parts.all()) == ["Aya", "Zoé"]
    assert Session.objects.filter(title="Deux, mieux dit").exists()


def test_our_own_file_comes_back_to_the_same_sessions(programme, client):
    made = programme.placed("Aller et retour", people=())
    programme.publish()
    for name in ("programme.xml", "programme.json", "programme-v2.json", "programme.ics", "programme.csv"):
        done = bring(programme, client.get(f"/nec-2018/{name}").content)
        assert (done.new, done.rooms) == ([], []), name
    assert Session.objects.get().code == made.code
    assert Session.objects.get().starts_at == made.starts_at


def test_a_guid_of_another_gathering_is_not_taken_from_it(programme):
    bring(programme, FIRST)
    other = programme.cast.other
    commands.import_programme(other, read(FIRST, zone=PARIS), ALL, actor=SYSTEM, at=NOW)
    assert sorted(Session.objects.filter(title="Un").values_list("event__slug", flat=True)) == sorted(["nec-2018", other.slug])


@pytest.mark.parametrize("name", COUNTED)
def test_every_file_comes_in_is_published_and_goes_out_whole(programme, client, name):
    body = schedule(name)
    found = read(body, zone=PARIS)
    dates = commands.ImportWish(names_are_public=True, takes_dates=bool(found.days))
    done = commands.import_programme(programme.event, found, dates, **programme.who)
    sessions, rooms, days, _people = COUNTED[name]
    assert (len(done.new), len([one for one in done.problems if one.is_left_out])) == (sessions, 0)
    programme.event = Event.objects.get(pk=programme.event.pk)
    version = programme.publish()
    assert len(version.content["sessions"]) == sessions
    again = commands.import_programme(programme.event, read(body, zone=PARIS), ALL, **programme.who)
    assert (again.new, len(again.same)) == ([], sessions)
    placed = sum(item.starts_at is not None for item in found.items)
    for form in ("programme.xml", "programme.json"):
        out = read(client.get(f"/nec-2018/{form}").content, zone=PARIS)
        held = {item.room for item in out.items}
        # Sessions with a time and no room stand in a room to be named.
        extra = len({not item.room for item in found.items if item.starts_at and not item.room})
        names = {one.name.casefold() for item in found.items if item.starts_at for one in item.people}
        assert (len(out.items), len(held), len({one.name.casefold() for item in out.items for one in item.people})) == (
            placed,
            rooms + extra,
            len(names),
        )
        assert {item.title for item in out.items} == {item.title for item in found.items if item.starts_at}
        if days:
            assert len([day for day in out.days if day in found.days]) == days


def test_the_page_previews_then_brings(programme, client):
    programme.cast.sign_in(client, "hugo")
    answer = client.post(AT, {"file": SimpleUploadedFile("a.xml", FIRST)})
    page = answer["Location"]
    assert (answer.status_code, Session.objects.count()) == (302, 0)
    text = client.get(page).text
    assert ("3 nouvelles séances" in text.replace("\u00a0", " "), Session.objects.count()) == (True, 0)
    wish = {"is_confirmed": "on", "makes_axes": "on", "venue": "stereolux"}
    assert client.post(page, wish | {"look": ""}).status_code == 200
    assert Session.objects.count() == 0
    assert client.post(page, wish | {"bring": ""})["Location"] == "/nec-2018/organisation/programme/"
    assert (Session.objects.count(), ProgrammeFile.objects.count()) == (3, 0)
    assert client.post(page, wish | {"bring": ""})["Location"] == AT
    assert Session.objects.count() == 3


def test_a_table_whose_columns_are_unknown_asks_for_them(programme, client):
    programme.cast.sign_in(client, "hugo")
    page = client.post(AT, {"file": SimpleUploadedFile("a.csv", b"a;b;c\nUn;2018-09-13 10:00;Maxi\n")})["Location"]
    text = client.get(page).text
    assert 'name="column_title"' in text
    wish = {"is_confirmed": "on", "column_title": "a", "column_start": "b", "column_room": "c"}
    client.post(page, wish | {"bring": ""})
    assert Session.objects.get().starts_at == programme.moment("10:00")


@pytest.mark.parametrize("body", [b"", b"<a>", b"{", b"\x00\x01\x02" * 400, b"%PDF"])
def test_what_cannot_be_read_is_said_beside_the_field(programme, client, body):
    programme.cast.sign_in(client, "hugo")
    answer = client.post(AT, {"file": SimpleUploadedFile("x.bin", body)})
    assert (answer.status_code, ProgrammeFile.objects.count()) == (422, 0)


def test_files_that_nobody_brought_in_are_forgotten(programme):
    commands.keep_file(programme.event, file_name="a", body=b"x", **programme.who)
    commands.forget_files(at=NOW + timedelta(hours=23))
    assert ProgrammeFile.objects.count() == 1
    commands.forget_files(at=NOW + timedelta(hours=25))
    assert ProgrammeFile.objects.count() == 0


def test_the_days_become_those_of_the_file(programme):
    bring(
        programme,
        xml("<event id='1'><title>A</title><start>10:00</start></event>", day="2030-01-02"),
        commands.ImportWish(takes_dates=True),
    )
    event = Event.objects.get(pk=programme.event.pk)
    assert (event.starts_on, event.ends_on, Session.objects.get().is_placed) == (date(2030, 1, 2), date(2030, 1, 2), True)
