"""A gathering is made, described, shown; its axes and the bodies behind it."""

from datetime import date

import pytest
from typer.testing import CliRunner

from encommun.__main__ import app
from encommun.call.models import Proposal
from encommun.events.commands import (
    AxisText,
    EventText,
    describe_event,
    open_event,
    remove_axis,
    remove_support,
    show_event,
    write_axis,
    write_support,
)
from encommun.events.commands.describe_event import OF_THE_INSTANCE
from encommun.events.models import Event
from encommun.events.refusals import AddressTaken, AddressWrong, AxisUsed, EndsBeforeItStarts, NameMissing, TooLong, UnknownZone
from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.web.urls import urlpatterns
from tests.cast import NOW

DAY = date(2027, 3, 4)
TEXT = EventText(
    name="Nos savoirs", starts_on=DAY, ends_on=DAY, contact_email="Bonjour@Exemple.org", purpose={"fr": "Partager.", "en": " "}
)


def last_kind():
    return Entry.objects.latest("id").kind


def test_only_who_runs_the_instance_opens_a_gathering(cast):
    with pytest.raises(NotAllowed):
        open_event("nos-savoirs", TEXT, actor=cast.actor("aya"), at=NOW)


@pytest.mark.parametrize("slug", ["", "Nos Savoirs", "été", "a--b", "-a", "x" * 61])
def test_an_address_is_plain(cast, slug):
    with pytest.raises(AddressWrong):
        open_event(slug, TEXT, actor=SYSTEM, at=NOW)


@pytest.mark.parametrize("slug", ["nec-2018", "mon-espace"])
def test_an_address_is_given_once(cast, slug):
    with pytest.raises(AddressTaken):
        open_event(slug, TEXT, actor=SYSTEM, at=NOW)


def test_no_gathering_takes_the_place_of_a_page_of_the_instance():
    def firsts(patterns):
        for pattern in patterns:
            first = str(pattern.pattern).partition("/")[0]
            yield from [first] if first else firsts(getattr(pattern, "url_patterns", []))

    assert set(firsts(urlpatterns)) - {"", "<slug:event>"} - OF_THE_INSTANCE == set()


@pytest.mark.parametrize(
    "change, refusal",
    [
        ({"name": " \0"}, NameMissing),
        ({"ends_on": date(2027, 3, 3)}, EndsBeforeItStarts),
        ({"ends_on": date(2028, 3, 4)}, TooLong),
        ({"timezone": "Paris"}, UnknownZone),
    ],
)
def test_what_cannot_be_is_refused(cast, change, refusal):
    facts = {"name": "Nos savoirs", "starts_on": DAY, "ends_on": DAY} | change
    with pytest.raises(refusal):
        describe_event(cast.event, EventText(**facts), actor=cast.actor("aya"), at=NOW)


def test_a_gathering_begins_hidden_and_is_shown(cast, client):
    event = open_event("nos-savoirs", TEXT, actor=SYSTEM, at=NOW)
    assert (event.acronym, event.contact_email, event.purpose, event.is_public) == (
        "nossavoirs",
        "bonjour@exemple.org",
        {"fr": "Partager."},
        False,
    )
    assert last_kind() == "events.opened"
    assert client.get("/nos-savoirs/").status_code == 404
    show_event(event, is_public=True, actor=SYSTEM, at=NOW)
    assert last_kind() == "events.shown"
    assert client.get("/nos-savoirs/").status_code == 200


def test_the_command_line_makes_the_gathering_and_its_coordination_or_nothing(db):
    asked = ["create-event", "nos-savoirs", "--name", "Nos savoirs", "--starts", "2027-03-04", "--contact", "jo@exemple.org"]
    done = CliRunner().invoke(app, asked)
    assert (done.exit_code, "/nos-savoirs/organisation/" in done.stdout) == (0, True)
    event = Event.objects.get(slug="nos-savoirs")
    assert [(one.account.email, one.role) for one in event.memberships.all()] == [("jo@exemple.org", "coordination")]
    again = CliRunner().invoke(app, asked)
    assert (again.exit_code, Event.objects.filter(slug="nos-savoirs").count()) == (1, 1)


def test_others_do_not_describe(cast):
    for act in (
        lambda: describe_event(cast.event, TEXT, actor=cast.actor("hugo"), at=NOW),
        lambda: show_event(cast.event, is_public=False, actor=cast.actor("emma"), at=NOW),
        lambda: write_axis(cast.event, AxisText(title={"fr": "Eau"}), actor=cast.actor("hugo"), at=NOW),
        lambda: remove_axis(cast.event.axes.first(), actor=cast.actor("hugo"), at=NOW),
        lambda: write_support(cast.event, name="X", kind="hosts", actor=cast.actor("hugo"), at=NOW),
        lambda: remove_support(cast.event.supports.first(), actor=cast.actor("hugo"), at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_axis_keeps_its_address_and_leaves_only_when_nothing_is_under_it(cast):
    aya = cast.actor("aya")
    with pytest.raises(NameMissing):
        write_axis(cast.event, AxisText(title={"fr": " "}), actor=aya, at=NOW)
    axis = write_axis(cast.event, AxisText(title={"fr": "L’eau vive"}, hue="fourth"), actor=aya, at=NOW)
    assert (axis.slug, axis.position, last_kind()) == ("leau-vive", 4, "events.axis_written")
    assert write_axis(cast.event, AxisText(title={"fr": "L’eau vive"}), actor=aya, at=NOW).slug != axis.slug
    write_axis(cast.event, AxisText(title={"fr": "Les eaux"}), axis=axis, actor=aya, at=NOW)
    assert (axis.slug, axis.title["fr"], axis.hue) == ("leau-vive", "Les eaux", "first")
    Proposal.objects.create(event=cast.event, code="ABCDEF", title="Puits", axis=axis, created_at=NOW, saved_at=NOW)
    with pytest.raises(AxisUsed):
        remove_axis(axis, actor=aya, at=NOW)
    Proposal.objects.all().delete()
    remove_axis(axis, actor=aya, at=NOW)
    assert (last_kind(), cast.event.axes.filter(slug="leau-vive").exists()) == ("events.axis_removed", False)


def test_a_structure_stands_behind_the_gathering(cast):
    aya = cast.actor("aya")
    with pytest.raises(NameMissing):
        write_support(cast.event, name=" ", kind="hosts", actor=aya, at=NOW)
    one = write_support(cast.event, name="Stereolux", kind="hosts", url="https://stereolux.example/", actor=aya, at=NOW)
    assert (one.structure.url, one.position, last_kind()) == ("https://stereolux.example/", 6, "events.support_written")
    remove_support(one, actor=aya, at=NOW)
    assert (last_kind(), cast.event.supports.count()) == ("events.support_removed", 6)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(cast, client):
    aya = cast.sign_in(client, "aya")
    page = "/nec-2018/organisation/rencontre/"
    typed = {
        "name": "NEC",
        "starts_on": "2018-09-14",
        "ends_on": "2018-09-13",
        "contact_email": "c@nec.example",
        "timezone": "Europe/Paris",
    }
    answer = aya.post(page, typed)
    assert (answer.status_code, 'value="NEC"' in answer.text, "avant le premier" in answer.text) == (422, True, True)
    assert aya.post(page, typed | {"ends_on": "2018-09-15"}).status_code == 302
    assert str(Event.objects.get(slug="nec-2018").ends_on) == "2018-09-15"
    assert aya.post(f"{page}axes/nouveau/", {"title_fr": "Eau", "hue": "fourth"}).status_code == 302
    assert aya.post(f"{page}axes/nouveau/", {"title_fr": "", "hue": "fourth"}).status_code == 422
    assert aya.post(f"{page}axes/eau/modifier/", {"remove": "1"}).status_code == 302
    assert aya.post(f"{page}structures/nouvelle/", {"name": "Stereolux", "kind": "hosts"}).status_code == 302
    assert aya.get(f"{page}axes/rien/modifier/").status_code == 404
    assert aya.get(f"{page}structures/999999/").status_code == 404
    aya.post(f"{page}montrer/", {"hide": "1"})
    assert client.get("/nec-2018/").status_code == 404
