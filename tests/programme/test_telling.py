"""«Ce qui change pour vous»: once a day at most, only to those concerned."""

from datetime import timedelta

import pytest

from encommun.mailing.models import Letter
from encommun.programme import commands
from encommun.programme.letters import tell_of_changes
from tests.cast import NOW
from tests.programme.conftest import somebody

HOUR = timedelta(hours=1)


@pytest.fixture
def published(programme):
    programme.one = programme.placed("Repair café", "11:00", people=(somebody("Bruno", email="bruno@x.example"),))
    programme.two = programme.placed("Débat", "14:00", people=(somebody("Zoé", email="zoe@x.example"),))
    programme.publish()
    tell_of_changes(at=NOW)
    return programme


def move(programme, clock: str) -> None:
    commands.place_session(programme.one, room=programme.room("maxi"), starts_at=programme.moment(clock), **programme.who)
    programme.publish()


def letters() -> list[str]:
    return list(Letter.objects.filter(kind="programme.changes").order_by("pk").values_list("recipient", flat=True))


def test_a_first_version_and_a_draft_tell_nobody(published):
    commands.place_session(published.one, room=published.room("maxi"), starts_at=published.moment("16:00"), **published.who)
    assert (tell_of_changes(at=NOW + HOUR), letters()) == (0, [])


def test_only_those_concerned_are_told_what_changes_for_them(published):
    move(published, "16:00")
    assert tell_of_changes(at=NOW + HOUR) == 1
    letter = Letter.objects.get(kind="programme.changes")
    text = letter.text.replace("\u00a0", " ")
    assert (letter.recipient, "Repair café" in text, "16 h, Salle Maxi" in text, "Débat" in text) == (
        "bruno@x.example",
        True,
        True,
        False,
    )
    assert tell_of_changes(at=NOW + HOUR) == 0


def test_once_a_day_at_most_and_then_all_that_changed(published):
    move(published, "16:00")
    tell_of_changes(at=NOW + HOUR)
    move(published, "17:00")
    assert tell_of_changes(at=NOW + 5 * HOUR) == 0
    move(published, "09:30")
    assert tell_of_changes(at=NOW + 26 * HOUR) == 1
    last = Letter.objects.filter(kind="programme.changes").latest("pk").text.replace("\u00a0", " ")
    assert ("9 h 30" in last, "16 h" in last) == (True, True)


def test_what_was_put_back_before_the_letter_is_not_told(published):
    move(published, "16:00")
    commands.place_session(published.one, room=published.room("micro"), starts_at=published.moment("11:00"), **published.who)
    published.publish()
    assert tell_of_changes(at=NOW + HOUR) == 0


def test_those_who_keep_a_session_are_told_if_they_asked(published):
    chloe = published.cast.actor("chloe")
    commands.keep_sessions(published.event, [published.one.code], actor=chloe, at=NOW)
    move(published, "16:00")
    tell_of_changes(at=NOW + HOUR)
    assert published.cast.chloe.email not in letters()
    commands.choose_letters(published.event, wants=True, actor=chloe, at=NOW)
    tell_of_changes(at=NOW + HOUR)
    move(published, "17:00")
    tell_of_changes(at=NOW + 26 * HOUR)
    assert published.cast.chloe.email in letters()


def test_after_the_gathering_nobody_is_told(published):
    move(published, "16:00")
    assert tell_of_changes(at=NOW + timedelta(days=400)) == 0
