"""Versions: what is in them, what they change, and that nothing changes them."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.programme import commands
from encommun.programme.models import ProgrammeVersion, PublishedPerson
from encommun.programme.queries import latest_version, programme_of, publishing_of, sessions_of_axis
from encommun.programme.refusals import DraftChanged, NothingChanged, NothingToPublish
from encommun.programme.words import of_change
from tests.cast import NOW
from tests.programme.conftest import somebody


def kinds(version: ProgrammeVersion) -> list[str]:
    return [change["kind"] for change in version.changes]


def test_only_those_who_compose_publish(programme, cast):
    programme.placed()
    with pytest.raises(NotAllowed):
        commands.publish_programme(cast.event, actor=cast.actor("farid"), at=NOW)


def test_without_a_confirmed_session_there_is_nothing_to_publish(programme):
    programme.session("En construction", confirmed=False)
    with pytest.raises(NothingToPublish):
        programme.publish()


def test_the_same_draft_is_not_published_twice(programme):
    programme.placed(people=(somebody("Bruno", email="b@x.example", name_is_public=True),))
    programme.publish()
    with pytest.raises(NothingChanged) as refused:
        programme.publish()
    assert refused.value.details == {"number": 1}


def test_a_draft_that_changed_since_it_was_read_is_not_published(programme):
    made = programme.placed()
    seen = publishing_of(programme.event).digest
    commands.edit_session(made, commands.SessionText(title="Autre"), **programme.who)
    with pytest.raises(DraftChanged):
        programme.publish(seen=seen)


def test_a_version_never_changes(programme):
    programme.placed()
    version = programme.publish()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(TypeError):
        ProgrammeVersion.objects.update(note="non")
    with pytest.raises(TypeError):
        ProgrammeVersion.objects.all().delete()


def test_the_database_refuses_too(programme):
    programme.placed()
    version = programme.publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        super(type(ProgrammeVersion.objects.all()), ProgrammeVersion.objects.filter(pk=version.pk)).update(note="non")


def test_a_version_holds_confirmed_sessions_and_no_name(programme):
    people = (somebody("Bruno Le Goff", email="b@x.example", name_is_public=True), somebody("Chloé Martin", email="c@x.example"))
    placed, waiting = programme.placed(people=people), programme.session("Sans place")
    programme.session("En construction", confirmed=False)
    version = programme.publish()
    assert [one["code"] for one in version.content["sessions"]] == [placed.code, waiting.code]
    assert "Bruno" not in str(version.content) + str(version.changes)
    assert "x.example" not in str(version.content) + str(version.changes)
    shown = programme_of(programme.event, version).find(placed.code)
    assert (shown.names, shown.unnamed) == (["Bruno Le Goff"], 1)
    entry = Entry.objects.get(kind="programme.version_published")
    assert entry.facts == {"number": 1}


def test_a_person_keeps_her_number_and_loses_her_name_when_she_asks(programme):
    bruno = somebody("Bruno Le Goff", email="b@x.example", name_is_public=True)
    made = programme.placed(people=(bruno,))
    first = programme.publish()
    number = PublishedPerson.objects.get().number
    commands.edit_session(made, commands.SessionText(title="Autre titre"), [bruno], **programme.who)
    second = programme.publish()
    assert kinds(second) == ["title"]
    assert PublishedPerson.objects.get().number == number
    hidden = {"email": "b@x.example", "name": "Bruno Le Goff", "structure_name": "", "name_is_public": False}
    commands.introduce_person(made, **hidden, **programme.who)
    names = [programme_of(programme.event, one).find(made.code).names for one in (first, second)]
    assert names == [[], []]


def test_changes_are_told_in_words(programme):
    moved, roomed, gone = (programme.placed(title, clock) for title, clock in (("A", "09:30"), ("B", "11:00"), ("C", "14:00")))
    later = programme.session("D")
    programme.publish()
    commands.place_session(moved, room=programme.room("maxi"), starts_at=programme.moment("16:00"), **programme.who)
    commands.place_session(roomed, room=programme.room("maxi"), starts_at=programme.moment("11:00"), **programme.who)
    commands.cancel_session(gone, **programme.who)
    commands.place_session(later, room=programme.room("micro"), starts_at=programme.moment("17:00"), **programme.who)
    version = programme.publish()
    with translation.override("fr"):
        said = {change["title"]: of_change(change, programme.event.zone).replace("\u00a0", " ") for change in version.changes}
    assert said == {
        "A": "Déplacée : jeudi 13 septembre à 16 h, Salle Maxi au lieu de jeudi 13 septembre à 9 h 30, Salle Micro",
        "B": "Autre salle, même heure : Salle Maxi au lieu de Salle Micro",
        "C": "Annulée",
        "D": "A maintenant sa place : jeudi 13 septembre à 17 h, Salle Micro",
    }
    with translation.override("en"):
        assert of_change(version.changes[0], programme.event.zone).startswith("Other room, same time")


def test_every_other_change_has_a_kind(programme):
    a, b, c = (
        programme.placed(title, clock, people=(somebody(title),))
        for title, clock in (("A", "09:30"), ("B", "11:00"), ("C", "14:00"))
    )
    programme.publish()
    commands.edit_session(a, commands.SessionText(title="A2", abstract="Plus long"), **programme.who)
    commands.edit_session(b, commands.SessionText(title="B"), [somebody("X"), somebody("Y")], **programme.who)
    commands.unplace_session(c, **programme.who)
    programme.slots()
    assert sorted(kinds(programme.publish())) == ["frame", "people", "text", "title", "unplaced"]
    commands.cancel_session(a, **programme.who)
    assert kinds(programme.publish()) == ["cancelled"]
    commands.confirm_session(a, **programme.who)
    version = programme.publish()
    assert kinds(version) == ["restored"]
    with translation.override("fr"):
        assert all(
            "{" not in of_change(change, programme.event.zone)
            for one in programme.event.programme_versions.all()
            for change in one.changes
        )


def test_sequence_counts_changes_of_the_session_only(programme):
    a, b = programme.placed("A", "09:30"), programme.placed("B", "11:00")
    programme.publish()
    commands.edit_session(a, commands.SessionText(title="A2"), **programme.who)
    version = programme.publish()
    assert {one["code"]: one["sequence"] for one in version.content["sessions"]} == {a.code: 1, b.code: 0}


def test_moving_the_draft_does_not_move_what_is_published(programme):
    made = programme.placed()
    programme.publish()
    commands.unplace_session(made, **programme.who)
    shown = programme_of(programme.event, latest_version(programme.event)).find(made.code)
    assert shown.starts_at == programme.moment("11:00")


def test_sessions_of_an_axis(programme):
    axis = programme.event.axes.get(slug="lieux")
    made, gone = programme.placed("A", axis=axis), programme.placed("B", "14:00", axis=axis)
    programme.placed("C", "16:00")
    programme.publish()
    commands.cancel_session(gone, **programme.who)
    programme.publish()
    assert [one["code"] for one in sessions_of_axis(programme.event, "lieux")] == [made.code]
    assert sessions_of_axis(programme.cast.other, "lieux") == []
