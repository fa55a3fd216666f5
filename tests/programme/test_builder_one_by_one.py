"""Each rule and each wish of the builder alone, on a problem so small that only this one decides."""

import pytest

from encommun.programme.builder import SOFT, Builder, Costs, Person, Problem, Programme, Room, Session, breaches

HOUR = 60
IGNORED = dict.fromkeys(SOFT, "ignore")
FIELDS = ("sessions", "rooms", "people", "spans", "step", "travel", "interest", "similar")


def session(key: str, minutes: int = HOUR, **facts: object) -> Session:
    return Session(key=key, title=key, minutes=minutes, **facts)  # type: ignore[arg-type]


def room(key: str, **facts: object) -> Room:
    return Room(**({"key": key, "name": key, "venue": "v", "capacity": 50} | facts))  # type: ignore[arg-type]


def person(**facts: object) -> Person:
    return Person(key="p", name="Paule", **facts)  # type: ignore[arg-type]


def problem(
    *sessions: Session, rooms: tuple[str | Room, ...] = ("a", "b"), people: tuple[Person, ...] = (), **facts: object
) -> Problem:
    made = tuple(one if isinstance(one, Room) else room(one) for one in rooms)
    asked = {"spans": ((0, 2 * HOUR),), "step": HOUR, "levels": IGNORED} | facts
    return Problem(sessions=sessions, rooms=made, people=people, **asked)  # type: ignore[arg-type]


def build(asked: Problem, seed: int) -> Programme:
    return Builder(asked, workers=1, rounds=30, seconds=600, seed=seed).run().programme


PAULE = ("p",)
#: rule -> (problem, a programme that breaks it and nothing else, the breaches)
RULES = {
    "one thing per room and time": (
        problem(session("s"), session("t"), rooms=("a",)),
        {"s": (0, "a"), "t": (0, "a")},
        ["room"],
    ),
    "nobody in two places": (
        problem(session("s", people=PAULE), session("t", people=PAULE), people=(person(),)),
        {"s": (0, "a"), "t": (0, "b")},
        ["person"],
    ),
    "time to walk between venues": (
        problem(
            session("s", people=PAULE, fixed_room="a"),
            session("t", people=PAULE, fixed_room="b"),
            rooms=("a", room("b", venue="w")),
            people=(person(),),
            spans=((0, 150),),
            step=30,
            travel={("v", "w"): 30},
        ),
        {"s": (0, "a"), "t": (60, "b")},
        ["travel"],
    ),
    "hours of presence": (
        problem(session("s", people=PAULE), people=(person(windows=((HOUR, 2 * HOUR),)),)),
        {"s": (0, "a")},
        ["available"],
    ),
    "equipment": (
        problem(session("s", needs=frozenset({"stage"})), rooms=("a", room("b", has=frozenset({"stage"})))),
        {"s": (0, "a")},
        ["needs"],
    ),
    "step-free access": (
        problem(session("s", needs=frozenset({"step_free"})), rooms=("a", room("b", has=frozenset({"step_free"})))),
        {"s": (0, "a")},
        ["needs"],
    ),
    "capacity": (
        problem(session("s", least_capacity=80), rooms=("a", room("b", capacity=80))),
        {"s": (0, "a")},
        ["capacity"],
    ),
    "capacity in the layout asked for": (
        problem(session("s", least_capacity=40, layout="round"), rooms=(room("a", capacities={"round": 20}), "b")),
        {"s": (0, "a")},
        ["capacity"],
    ),
    "a fixed time": (problem(session("s", fixed_start=HOUR)), {"s": (0, "a")}, ["fixed_time"]),
    "a fixed room": (problem(session("s", fixed_room="b")), {"s": (0, "a")}, ["fixed_room"]),
    "order of parts": (
        problem(session("s", after="t"), session("t")),
        {"s": (0, "a"), "t": (HOUR, "a")},
        ["order"],
    ),
    "parts without a pause, in one room": (
        problem(session("s", after="t", at_once=True), session("t"), spans=((0, 4 * HOUR),)),
        {"t": (0, "a"), "s": (HOUR, "b")},
        ["order"],
    ),
    "no session across a break": (
        problem(session("s", 2 * HOUR), spans=((0, HOUR), (2 * HOUR, 4 * HOUR))),
        {"s": (0, "a")},
        ["outside"],
    ),
    "nothing beside a plenary": (
        problem(session("s", alone=True), session("t")),
        {"s": (0, "a"), "t": (0, "b")},
        ["alone"],
    ),
    "a closed room": (
        problem(session("s"), rooms=(room("a", closed=((0, 90),)), room("b", closed=((0, HOUR),)))),
        {"s": (HOUR, "a")},
        ["closed"],
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_seen_when_it_is_broken_and_kept_by_what_is_built(rule):
    asked, broken, kinds = RULES[rule]
    assert [one.kind for one in breaches(asked, broken)] == kinds
    for seed in range(2):
        assert breaches(asked, build(asked, seed)) == []


def test_a_room_for_several_things_holds_them_at_once():
    asked = problem(session("s"), session("t"), rooms=(room("a", several=True),), spans=((0, HOUR),))
    assert build(asked, 0) == {"s": (0, "a"), "t": (0, "a")}


def test_stands_go_on_beside_a_plenary():
    asked = problem(session("s", alone=True), session("t", aside=True), spans=((0, HOUR),))
    built = build(asked, 0)
    assert (breaches(asked, built), sorted(built)) == ([], ["s", "t"])


TWO = (session("s"), session("t"))
BESIDE, PARTED = {"s": (0, "a"), "t": (0, "b")}, {"s": (0, "a"), "t": (HOUR, "b")}
AFAR = person(good=((HOUR, 2 * HOUR),), bearable=((0, 2 * HOUR),))
#: what -> (rule, problem, a programme that does not meet it, one that does)
WISHES = {
    "wanted by the same people": ("clash", problem(*TWO, interest={("s", "t"): 3}), BESIDE, PARTED),
    "an axis not beside itself": ("axes", problem(session("s", axis="x"), session("t", axis="x")), BESIDE, PARTED),
    "an axis in one room": (
        "rooms_per_axis",
        problem(session("s", axis="x"), session("t", axis="x")),
        PARTED,
        {"s": (0, "a"), "t": (HOUR, "a")},
    ),
    "formats that alternate": ("rhythm", problem(session("s", format="f"), session("t", format="f")), BESIDE, PARTED),
    "a room large enough for the interest": (
        "room_fit",
        problem(session("s", expected=60), rooms=("a", room("b", capacity=60))),
        {"s": (0, "a")},
        {"s": (0, "b")},
    ),
    "a room not much too large": (
        "room_fit",
        problem(session("s", expected=10), rooms=("a", room("b", capacity=20))),
        {"s": (0, "a")},
        {"s": (0, "b")},
    ),
    "a time that the session wishes": (
        "wishes",
        problem(session("s", wished=((HOUR, 2 * HOUR),))),
        {"s": (0, "a")},
        {"s": (HOUR, "a")},
    ),
    "a time that a person would rather have": (
        "wishes",
        problem(session("s", people=PAULE), people=(person(rather=((HOUR, 2 * HOUR),)),)),
        {"s": (0, "a")},
        {"s": (HOUR, "a")},
    ),
    "close subjects apart": ("similar", problem(*TWO, similar={("s", "t"): 1}), BESIDE, PARTED),
    "the time that was announced": ("change", problem(session("s", now=(HOUR, "a"))), {"s": (0, "a")}, {"s": (HOUR, "a")}),
    "the room that was announced": ("change", problem(session("s", now=(0, "b"))), {"s": (0, "a")}, {"s": (0, "b")}),
    "a kind hour for somebody far away": (
        "zones",
        problem(session("s", people=PAULE), people=(AFAR,)),
        {"s": (0, "a")},
        {"s": (HOUR, "a")},
    ),
}


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_alone_decides_and_weighs_nothing_once_it_is_ignored(wish):
    rule, asked, unmet, met = WISHES[wish]
    assert breaches(asked, unmet) == breaches(asked, met) == []
    assert Costs(asked).unmet(unmet) == []  # ignored
    weighed = Problem(**{name: getattr(asked, name) for name in FIELDS} | {"levels": IGNORED | {rule: "nice"}})
    assert [one.rule for one in Costs(weighed).unmet(unmet)] == [rule]
    assert Costs(weighed).unmet(met) == []
    for seed in range(2):
        assert Costs(weighed).total(build(weighed, seed)) == 0


def test_each_wish_is_tried_here():
    assert {rule for rule, *_rest in WISHES.values()} == set(SOFT)


def test_what_must_be_is_not_sold_for_what_is_nice():
    """Forty close pairs beside each other rather than one hour that must be."""
    ours = [session("s", wished=((HOUR, 2 * HOUR),)), *(session(f"t{n}", fixed_start=HOUR, fixed_room=f"r{n}") for n in range(40))]
    asked = problem(
        *ours,
        rooms=("a", *(f"r{n}" for n in range(40))),
        similar={("s", f"t{n}"): 1 for n in range(40)},
        levels=IGNORED | {"wishes": "must", "similar": "nice"},
    )
    assert build(asked, 0)["s"][0] == HOUR
