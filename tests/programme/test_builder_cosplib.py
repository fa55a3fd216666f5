"""The published instances: read leniently, solved validly, judged by code of our own that agrees with the library's rules."""

import json
from pathlib import Path

import pytest

from encommun.programme.builder import cosplib

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
    found = cosplib.read(data)
    return found, cosplib.Search(found, seconds=seconds, workers=1).run()


def test_missing_sections_count_as_empty_and_the_best_is_found():
    found, outcome = solved(instance())
    assert outcome.score is not None
    assert (outcome.score.hard, outcome.score.objective) == ([], 0)
    written = cosplib.written(found, outcome.programme)
    assert sorted(one for cell in written["schedule"] for one in cell["slots"]) == ["x0", "x1", "x2", "x3"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"sessions": [{"id": "s1", "slots": 1}]}, "the submissions take 4 slots; all rooms and sessions together have 2"),
        (
            {"submissions": [{"id": "long", "track": "A", "slots": 3, "presenters": []}]},
            "long takes 3 slots; the longest session has 1",
        ),
        (
            {
                "tracks": [{"id": "A"}, {"id": "B"}, {"id": "C"}],
                "submissions": [{"id": f"x{t}", "track": t, "slots": 1, "presenters": ["Zoé"]} for t in "ABC"],
            },
            "Zoé presents in 3 tracks; there are 2 sessions, and one track a room",
        ),
    ],
)
def test_what_cannot_fit_is_said_in_words(change, reason):
    _found, outcome = solved(instance(**change))
    assert outcome.programme is None
    assert reason in outcome.reasons


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
    _found, outcome = solved(json.loads(path.read_text(encoding="utf-8")), seconds=10)
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
