"""What is odd in a draft, case by case."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from encommun.programme.queries.checks import Placed, Span, check
from encommun.programme.words import WARNINGS, of_warning


def at(clock: str) -> datetime:
    return datetime(2018, 9, 13, *map(int, clock.split(":")), tzinfo=UTC)


def one(code: str, starts: str, ends: str, room: int = 1, venue: int = 1, people: str = "", plenary: bool = False) -> Placed:
    return Placed(
        code=code,
        title=code,
        room=room,
        room_name=f"salle {room}",
        venue=venue,
        starts_at=at(starts),
        ends_at=at(ends),
        is_plenary=plenary,
        people={name: name for name in people.split()},
        has_note_taker=True,
    )


SLOTS = [
    Span(starts_at=at("10:00"), ends_at=at("12:00"), is_break=False),
    Span(starts_at=at("12:00"), ends_at=at("13:00"), is_break=True),
    Span(starts_at=at("13:00"), ends_at=at("18:00"), is_break=False),
]

CASES = {
    "nothing": ([one("A", "10:00", "11:00"), one("B", "10:00", "11:00", room=2)], []),
    "back to back is no clash": ([one("A", "10:00", "11:00", people="x"), one("B", "11:00", "12:00", people="x")], []),
    "same room": ([one("A", "10:00", "11:00"), one("B", "10:59", "11:30")], ["room"]),
    "same person": ([one("A", "10:00", "11:00", people="x"), one("B", "10:30", "11:00", room=2, people="x y")], ["person"]),
    "two venues without time": ([one("A", "10:00", "11:00", people="x"), one("B", "11:10", "12:00", 2, 2, "x")], ["walk"]),
    "two venues with time": ([one("A", "10:00", "11:00", people="x"), one("B", "11:15", "12:00", 2, 2, "x")], []),
    "one venue needs no time": ([one("A", "10:00", "11:00", people="x"), one("B", "11:00", "12:00", 2, 1, "x")], []),
    "plenary": ([one("A", "10:00", "11:00", plenary=True), one("B", "10:30", "11:30", room=2)], ["plenary"]),
    "break": ([one("A", "11:30", "12:30")], ["break"]),
    "outside": ([one("A", "17:30", "18:30")], ["outside"]),
}


@pytest.mark.parametrize("name", CASES)
def test_the_case(name):
    sessions, kinds = CASES[name]
    assert [warned.kind for warned in check(sessions, SLOTS)] == kinds


def test_a_session_without_note_taker_is_only_for_information():
    lonely = Placed(**{**vars_of(one("A", "10:00", "11:00")), "has_note_taker": False})
    assert [(warned.kind, warned.is_info) for warned in check([lonely], SLOTS)] == [("no_notes", True)]


def test_without_slots_nothing_is_outside():
    assert check([one("A", "03:00", "04:00")], []) == []


def with_facts(code: str, starts: str, ends: str, room: int = 1, **facts) -> Placed:
    return Placed(**{**vars(one(code, starts, ends, room)), **facts})


MORE = {
    "room closed": ([with_facts("A", "10:00", "11:00", closed=((at("10:30"), at("12:00")),))], ["closed"]),
    "room lacks": ([with_facts("A", "10:00", "11:00", lacks=("capacity", "stage"), public=50, capacity=30)], ["capacity", "lacks"]),
    "person away": (
        [with_facts("A", "10:00", "11:00", people={"x": "X"}, spans={"x": [(at("10:30"), at("12:00"))]})],
        ["available"],
    ),
    "hours wished for": (
        [
            with_facts(
                "A",
                "10:00",
                "11:00",
                people={"x": "X", "y": "Y"},
                wishes={"x": [(at("11:00"), at("12:00"))], "": [(at("13:00"), at("18:00"))], "y": [(at("09:00"), at("12:00"))]},
            )
        ],
        ["wished", "wished_itself"],
    ),
    "hours far away": (
        [
            with_facts(
                "A", "10:00", "11:00", people={"x": "X", "y": "Y"}, zones={"x": ZoneInfo("Pacific/Noumea"), "y": ZoneInfo("UTC")}
            )
        ],
        ["zone"],
    ),
    "spans that touch": (
        [
            with_facts(
                "A", "10:00", "11:00", people={"x": "X"}, spans={"x": [(at("09:00"), at("10:30")), (at("10:30"), at("12:00"))]}
            )
        ],
        [],
    ),
    "parts in the wrong order": ([one("A", "10:00", "11:00"), with_facts("B", "10:30", "11:30", 2, continues="A")], ["order"]),
    "parts apart": ([one("A", "10:00", "11:00"), with_facts("B", "13:00", "14:00", continues="A", at_once=True)], ["at_once"]),
    "two in English": ([with_facts(c, "10:00", "11:00", n, language="en") for n, c in enumerate("AB")], ["language"]),
    "a stand beside a plenary": (
        [one("A", "10:00", "11:00", plenary=True), with_facts("B", "10:00", "12:00", 2, kind="stand")],
        [],
    ),
    "a hall that holds several": ([with_facts(c, "10:00", "11:00", shares=True) for c in "AB"], []),
}


@pytest.mark.parametrize("name", MORE)
def test_the_case_with_more_facts(name):
    sessions, kinds = MORE[name]
    assert [warned.kind for warned in check(sessions, SLOTS)] == kinds


def test_the_way_between_two_venues_counts():
    sessions = [one("A", "10:00", "11:00", people="x"), one("B", "11:20", "12:00", 2, 2, "x")]
    assert [warned.facts["minutes"] for warned in check(sessions, SLOTS, {(1, 2): 25, (2, 1): 25})] == [25]


def test_each_kind_has_its_sentence():
    found = [warned for sessions, _kinds in (*CASES.values(), *MORE.values()) for warned in check(sessions, SLOTS)]
    assert {warned.kind for warned in found} | {"no_notes"} == set(WARNINGS)
    assert all("{" not in of_warning(warned) for warned in found)


def vars_of(placed: Placed) -> dict:
    return {name: getattr(placed, name) for name in placed.__dataclass_fields__}
