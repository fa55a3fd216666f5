"""The engine against brute force on small programmes, and what it says when nothing fits. No database here."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encommun.programme.builder import Builder, Costs, Person, Problem, Programme, Room, Session, Wish, breaches, conflict, findings
from encommun.programme.builder.verify import Breach

HOUR = 60


def build(problem: Problem, **how: object) -> tuple[Programme, list[Breach], int]:
    """One worker and a measure of time that no load changes."""
    built = Builder(problem, workers=1, rounds=40, seconds=600, **how).run()  # type: ignore[arg-type]
    return built.programme, built.breaches, built.cost


def every_programme(problem: Problem) -> Iterator[Programme]:
    """Each way to place all sessions."""
    choices = []
    for one in problem.sessions:
        starts = sorted({*problem.starts(one.minutes), *([one.fixed_start] if one.fixed_start is not None else [])})
        choices.append([(start, room.key) for start in starts for room in problem.rooms])
    for places in product(*choices):
        yield {one.key: place for one, place in zip(problem.sessions, places, strict=True)}


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to four sessions in two rooms of two venues, with people, needs, wishes and pins."""
    people = tuple(
        Person(key=f"p{n}", name=f"P{n}", windows=draw(st.sampled_from([(), ((0, 120),), ((60, 240),)]))) for n in range(2)
    )
    rooms = tuple(
        Room(
            key=f"r{n}",
            name=f"R{n}",
            venue=f"v{n}",
            capacity=draw(st.sampled_from([10, 50])),
            has=draw(st.sampled_from([frozenset(), frozenset({"projector"})])),
            closed=draw(st.sampled_from([(), ((0, 60),)])),
        )
        for n in range(2)
    )
    sessions = tuple(
        Session(
            key=f"s{n}",
            title=f"S{n}",
            minutes=draw(st.sampled_from([60, 120])),
            people=tuple(draw(st.sets(st.sampled_from(["p0", "p1"]), max_size=2))),
            needs=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"projector"})])),
            expected=draw(st.sampled_from([0, 30])),
            axis=draw(st.sampled_from(["", "a"])),
            format=draw(st.sampled_from(["", "f"])),
            fixed_start=draw(st.sampled_from([None, None, None, 60])),
            alone=draw(st.sampled_from([False, False, False, True])),
            after="s0" if n and draw(st.booleans()) and draw(st.booleans()) else None,
            at_once=draw(st.booleans()),
            now=draw(st.sampled_from([None, (0, "r0"), (60, "r1")])),
        )
        for n in range(draw(st.integers(1, 4)))
    )
    return Problem(
        sessions=sessions,
        rooms=rooms,
        people=people,
        spans=((0, 120), (120, 240)),
        step=60,
        travel={("v0", "v1"): draw(st.sampled_from([0, 30]))},
        interest={("s0", "s1"): 3},
        levels={"clash": "matters"},
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_the_least_cost_is_the_one_of_brute_force(problem: Problem) -> None:
    costs = Costs(problem)
    valid = [costs.total(one) for one in every_programme(problem) if not breaches(problem, one)]
    programme, broken, cost = build(problem)
    assert (not broken, cost if valid else None) == (bool(valid), min(valid) if valid else None)
    if valid:
        assert breaches(problem, programme) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_a_contradiction_is_told_only_when_there_is_one_and_dropping_what_it_offers_mends_it(problem: Problem) -> None:
    exists = any(not breaches(problem, one) for one in every_programme(problem))
    found = conflict(problem, seconds=20, workers=1)
    if exists:
        assert found is None
    elif found is not None and found.relax:
        dropped = {(wish.kind, wish.key) for wish in found.relax}
        names = {"fixed_time", "fixed_room", "available", "needs", "capacity", "closed", "order", "alone"}

        def forgiven(breach: Breach) -> bool:
            keys = {*breach.sessions, breach.detail}
            return breach.kind in names and any(kind == breach.kind and key in keys for kind, key in dropped)

        assert any(all(forgiven(one) for one in breaches(problem, programme)) for programme in every_programme(problem))


def session(key: str, minutes: int = HOUR, **facts: object) -> Session:
    return Session(key=key, title=key, minutes=minutes, **facts)  # type: ignore[arg-type]


def room(key: str, **facts: object) -> Room:
    return Room(**({"key": key, "name": key, "venue": "v", "capacity": 50} | facts))  # type: ignore[arg-type]


def asked(*sessions: Session, rooms: tuple[Room, ...] = (room("a"),), people: tuple[Person, ...] = (), hours: int = 2) -> Problem:
    return Problem(sessions=sessions, rooms=rooms, people=people, spans=((0, hours * HOUR),), step=HOUR)


@pytest.mark.parametrize(
    ("problem", "kinds"),
    [
        (asked(session("s"), rooms=()), ["no_rooms"]),
        (asked(session("s"), session("t"), session("u")), ["too_much"]),
        (asked(session("s", 180)), ["too_much", "too_long"]),
        (asked(session("s", needs=frozenset({"stage"}))), ["no_equipment"]),
        (asked(session("s", least_capacity=80)), ["no_capacity"]),
        (asked(session("s", people=("p",)), people=(Person(key="p", name="P", windows=((0, 30),)),)), ["person_hours"]),
        (
            asked(session("s", fixed_start=0, fixed_room="a"), session("t", fixed_start=0, fixed_room="a")),
            ["pins_room"],
        ),
        (asked(session("s", after="t"), session("t", after="s")), ["order_turns", "order_turns"]),
        (asked(session("s"), session("t")), []),
    ],
)
def test_what_cannot_fit_is_seen_before_solving(problem: Problem, kinds: list[str]) -> None:
    assert [one.kind for one in findings(problem)] == kinds


def test_the_core_names_the_wishes_that_contradict_and_none_besides() -> None:
    early = Person(key="p", name="P", windows=((0, HOUR),))
    problem = asked(
        session("s", people=("p",)),
        session("t", fixed_start=0, fixed_room="a"),
        session("free", needs=frozenset()),
        rooms=(room("a"),),
        people=(early,),
        hours=4,
    )
    found = conflict(problem, workers=1)
    assert found is not None
    assert set(found.core) == {Wish("available", "p"), Wish("fixed_time", "t")}
    assert found.relax == (Wish("fixed_time", "t"),)
    assert found.minimal is True


def test_one_worker_with_a_measured_time_says_the_same_thing_twice() -> None:
    problem = Problem(
        sessions=tuple(session(f"s{n}", people=(f"p{n % 4}",), axis=f"a{n % 3}") for n in range(70)),
        rooms=tuple(room(f"r{n}") for n in range(8)),
        people=tuple(Person(key=f"p{n}", name=f"P{n}") for n in range(4)),
        spans=((0, 12 * HOUR), (1440, 1440 + 12 * HOUR)),
        step=HOUR,
    )
    assert build(problem, seed=5) == build(problem, seed=5)


def test_a_built_programme_stays_when_one_session_must_leave_its_hour() -> None:
    sessions = tuple(session(f"s{n}") for n in range(6))
    rooms = (room("a"), room("b"))
    first, _broken, _cost = build(asked(*sessions, rooms=rooms, hours=4))
    there = {key: Session(key=key, title=key, minutes=HOUR, now=place) for key, place in first.items()}
    there["s0"] = Session(key="s0", title="s0", minutes=HOUR, now=first["s0"], wished=(), people=("p",))
    late = tuple((a, a + HOUR) for a in (0, HOUR, 2 * HOUR, 3 * HOUR) if a != first["s0"][0])
    again = asked(*there.values(), rooms=rooms, people=(Person(key="p", name="P", windows=late),), hours=4)
    second, broken, _cost = build(again, keep=True)
    assert broken == []
    assert [key for key in first if second[key] != first[key]] == ["s0"]
