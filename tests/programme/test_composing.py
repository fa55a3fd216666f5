"""Making, placing, confirming and cancelling sessions."""

import pytest

from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.places.models import Room, Venue
from encommun.programme import commands
from encommun.programme.models import Session
from encommun.programme.refusals import (
    LengthImpossible,
    NothingToPutBack,
    OutsideDays,
    RoomElsewhere,
    SessionCancelled,
    SessionNotCancelled,
    SlotEndsFirst,
    SlotsOverlap,
    TitleMissing,
)
from encommun.programme.rules import day_of
from tests.cast import NOW
from tests.programme.conftest import NEXT_DAY, somebody


@pytest.mark.parametrize("who", ["chloe", "driss", "emma", "farid"])
def test_only_those_who_compose_make_sessions(programme, cast, who):
    with pytest.raises(NotAllowed):
        commands.make_session(cast.event, commands.SessionText(title="Non"), actor=cast.actor(who), at=NOW)


def test_a_session_has_a_title(programme):
    with pytest.raises(TitleMissing):
        programme.session("  \u200b ")


def test_making_a_session_records_its_state_and_no_name(programme):
    made = programme.session("Repair  café", (somebody("Bruno", email="Bruno@Mediatheque.example"), somebody(" ")), confirmed=False)
    part = made.parts.get()
    assert (made.title, made.state, len(made.code)) == ("Repair café", Session.State.BUILDING, 6)
    assert (part.email, part.account_id, part.name_is_public) == ("bruno@mediatheque.example", programme.cast.bruno.pk, False)
    entry = Entry.objects.get(kind="programme.session_made")
    assert (entry.about, entry.facts) == (f"programme.Session:{made.code}", {"state": "building"})


def test_editing_changes_text_and_people(programme):
    made = programme.session("Avant", (somebody("Bruno"),))
    commands.edit_session(made, commands.SessionText(title="Après", minutes=30), [somebody("Chloé")], **programme.who)
    made.refresh_from_db()
    assert (made.title, made.minutes, [part.name for part in made.parts.all()]) == ("Après", 30, ["Chloé"])


def test_places_that_the_gathering_does_not_have_are_refused(programme):
    made = programme.session()
    elsewhere = Room.objects.create(venue=Venue.objects.create(slug="ailleurs", name="Ailleurs"), slug="a", name="A", capacity=1)
    with pytest.raises(RoomElsewhere):
        commands.place_session(made, room=elsewhere, starts_at=programme.moment("11:00"), **programme.who)
    with pytest.raises(OutsideDays):
        commands.place_session(made, room=programme.room("maxi"), starts_at=NOW, **programme.who)
    with pytest.raises(LengthImpossible):
        commands.place_session(made, room=programme.room("maxi"), starts_at=programme.moment("11:00"), minutes=2, **programme.who)


def test_a_move_is_undone_and_done_again(programme):
    made = programme.placed(clock="11:00", room="micro")
    commands.place_session(made, room=programme.room("maxi"), starts_at=programme.moment("14:00"), minutes=45, **programme.who)
    commands.put_back(made, **programme.who)
    made.refresh_from_db()
    assert (made.room.slug, made.starts_at, made.minutes) == ("micro", programme.moment("11:00"), 60)
    commands.put_back(made, **programme.who)
    made.refresh_from_db()
    assert (made.room.slug, made.starts_at, made.minutes) == ("maxi", programme.moment("14:00"), 45)


def test_what_was_never_moved_is_not_put_back(programme):
    with pytest.raises(NothingToPutBack):
        commands.put_back(programme.session(), **programme.who)


def test_unplacing_takes_room_and_time_away(programme):
    made = programme.placed()
    commands.unplace_session(made, **programme.who)
    made.refresh_from_db()
    assert (made.is_placed, made.room, made.starts_at) == (False, None, None)


def test_a_cancelled_session_is_not_moved_until_confirmed_again(programme):
    made = programme.placed()
    commands.cancel_session(made, **programme.who)
    with pytest.raises(SessionCancelled):
        commands.cancel_session(made, **programme.who)
    with pytest.raises(SessionCancelled):
        commands.unplace_session(made, **programme.who)
    commands.confirm_session(made, **programme.who)
    with pytest.raises(SessionNotCancelled):
        commands.confirm_session(made, **programme.who)
    assert made.is_placed


def test_the_evening_ends_at_five_in_the_morning(programme):
    made = programme.placed(clock="00:30", day=NEXT_DAY)
    assert day_of(made.starts_at, programme.event.zone).day == 13


def test_slots_hold_together(programme):
    slot = lambda a, b: commands.SlotText(starts_at=programme.moment(a), ends_at=programme.moment(b))  # noqa: E731
    with pytest.raises(SlotEndsFirst):
        commands.set_slots(programme.event, [slot("11:00", "10:00")], **programme.who)
    with pytest.raises(SlotsOverlap):
        commands.set_slots(programme.event, [slot("10:00", "11:00"), slot("10:30", "12:00")], **programme.who)
    commands.set_slots(programme.event, [slot("11:00", "12:00"), slot("10:00", "11:00")], **programme.who)
    assert [f"{one.starts_at.astimezone(programme.event.zone):%H:%M}" for one in programme.event.slots.all()] == ["10:00", "11:00"]
