"""The published instances: read leniently, solved validly, judged by code of our own that agrees with the library's rules."""

import json
from pathlib import Path

import pytest

from benchmarks import varied
from encommun.programme.builder import cosplib
from encommun.programme.builder.cosplib import annealing
from encommun.programme.builder.cosplib.first import first_cells
from encommun.programme.builder.cosplib.local import LocalSearch, ready

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench" / "scheduling"


def instance(**facts):
    submissions = [
        {"id": f"x{n}", "track": "A" if n < 2 else "B", "slots": 1, "order": 0, "presenters": [f"p{n}"], "attendees": []}
        for n in range(4)
    ]
    return {
        "name": "small",
        "weights": {"rooms_per_track": 1, "parallel_tracks": 1, "consecutive_tracks": 1, "submissions_order": 5},
        "sessions": [{"id": "s1", "slots": 1}, {"id": "s2", "slots": 1}],
        "rooms": ["r1", "r2"],
        "tracks": [{"id": "A"}, {"id": "B"}],
        "submissions": submissions,
    } | facts


def solved(data, seconds=8):
    ready().wait()
    found = cosplib.read(data)
    return found, cosplib.Search(found, seconds=seconds, workers=1).run()


def test_missing_sections_count_as_empty_and_the_best_is_found():
    found, outcome = solved(instance())
    assert outcome.score is not None
    assert (outcome.score.hard, outcome.score.objective) == ([], 0)
    written = cosplib.written(found, outcome.programme)
    assert sorted(one for cell in written["schedule"] for one in cell["slots"]) == ["x0", "x1", "x2", "x3"]


@pytest.mark.parametrize(
    ("change", "reason", "least"),
    [
        ({"sessions": [{"id": "s1", "slots": 1}]}, "the submissions take 4 slots; all rooms and sessions together have 2", 2),
        (
            {"submissions": [{"id": "long", "track": "A", "slots": 3, "presenters": []}]},
            "long takes 3 slots; the longest session has 1",
            1,
        ),
        (
            {
                "tracks": [{"id": "A"}, {"id": "B"}, {"id": "C"}],
                "submissions": [{"id": f"x{t}", "track": t, "slots": 1, "presenters": ["Zoé"]} for t in "ABC"],
            },
            "Zoé presents in 3 tracks; there are 2 sessions, and one track a room",
            1,
        ),
    ],
)
def test_what_cannot_fit_is_said_in_words_and_the_rest_is_built(change, reason, least):
    found, outcome = solved(instance(**change))
    assert reason in outcome.reasons
    written = cosplib.written(outcome.instance, outcome.programme or {})
    placed = [one for cell in written["schedule"] for one in cell["slots"] if one]
    assert len(outcome.left_out) == least
    assert sorted([*placed, *outcome.left_out]) == sorted(one.name for one in found.submissions)
    assert outcome.score is None or outcome.score.hard == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"sessions": 3},
        instance(submissions=[]),
        instance(rooms=[]),
        instance(rooms=["r", "r"]),
        instance(submissions=[{"id": "x"}]),
    ],
)
def test_what_is_no_instance_is_refused(data):
    with pytest.raises(cosplib.Unreadable):
        cosplib.read(data)


def test_people_are_never_in_two_rooms_of_a_session():
    data = instance()
    for one in data["submissions"]:
        one["presenters"] = ["p"] if one["id"] in ("x0", "x2") else [one["id"]]
    found, outcome = solved(data)
    place = {name: cell["session"] for cell in cosplib.written(found, outcome.programme)["schedule"] for name in cell["slots"]}
    assert place["x0"] != place["x2"]


def test_the_smallest_published_instance_is_solved_as_well_as_anybody_did():
    path = BENCH / "N2OR.json"
    if not path.exists():
        pytest.skip("the published instances are not beside the checkout")
    found = cosplib.read(json.loads(path.read_text(encoding="utf-8")))

    def told(_at, objective, _bound):
        if objective <= 1:
            search.stop()

    search = cosplib.Search(found, seconds=300, workers=2, told=told)  # over in a second, or in some on a busy machine
    outcome = search.run()
    assert outcome.score is not None
    assert (outcome.score.hard, outcome.score.objective) == ([], 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_search_can_be_stopped_at_any_moment(workers):
    found = cosplib.read(
        instance(
            weights={"submissions_sessions": 1},
            submissions=[
                {"id": f"x{n}", "track": "A", "slots": 1, "presenters": [], "session_penalty": {"s1": 3, "s2": 2}} for n in range(3)
            ],
        )
    )
    search = cosplib.Search(found, seconds=60, workers=workers, told=lambda *_told: search.stop())
    outcome = search.run()
    assert outcome.seconds < 20
    assert outcome.score is not None
    assert outcome.score.hard == []


@pytest.mark.parametrize("seed", range(3))
def test_what_exchanges_say_that_a_programme_costs_is_what_the_rules_say(seed):
    """After thousands of exchanges, some undone: counted bit by bit, counted anew, and judged by the rules."""
    data = varied.instance(seed, "small")
    data["weights"] |= {"submissions_order": 0, "attendees_conflicts_slot": 0, "presenters_conflicts_slot": 0}
    found = cosplib.read(data)
    local = LocalSearch(found, seed)
    best = first_cells(local.data)
    cost = annealing.place_all(local.data, local.state, best)
    for heat in (1e14, 1e6, 10.0):
        cost, least, _made, _refused = annealing.anneal(local.data, local.state, cost, heat, 3_000, best, 1 << 62, seed)
        now = local.state.cell_of.copy()
        assert annealing.place_all(local.data, local.state, now) == cost
        assert least <= cost
    if cost < annealing.NOWHERE:
        judged = cosplib.score(found, local.programme(now))
        assert (judged.hard, judged.objective) == ([], cost)


@pytest.mark.parametrize("lacking", ["weights", "tracks", "similar_tracks", "track_session_penalty", "timezone_rule", "attendees"])
def test_a_sheet_or_a_field_that_is_not_there_stops_nothing(lacking):
    data = varied.instance(3, "small")
    if lacking == "attendees":
        for one in data["submissions"]:
            for name in ("attendees", "order", "utc_offset_h", "session_penalty"):
                one.pop(name, None)
    else:
        del data[lacking]
    _found, outcome = solved(data, seconds=3)
    assert outcome.score is not None
    assert outcome.score.hard == []
