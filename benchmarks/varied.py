"""Instances of CoSPLib's format drawn by chance: sizes, weights, people, time zones, sheets and fields that are not there."""

import random
from typing import Any

from encommun.programme.builder.cosplib.instance import TERMS

WEIGHTS = (0, 1, 1, 10, 100, 1_000, 1_000_000)
SIZES = {"small": (30, 80), "medium": (150, 350), "large": (600, 1_200)}


def instance(seed: int, size: str = "medium") -> dict[str, Any]:
    """One instance; the same seed and size give the same one."""
    chance = random.Random(f"{size} {seed}")
    many = chance.randint(*SIZES[size])
    track_names = [f"Track {n}" for n in range(max(3, many // chance.randint(4, 12)))]
    people = [f"person{n}" for n in range(max(5, int(many * chance.uniform(0.8, 2.5))))]
    lengths = chance.choice(([1], [1, 1, 1, 2], [2, 2, 1], [1, 2, 3, 1]))
    offsets = chance.choice(([0], [0, 0, 1, -5, 9], list(range(-11, 13))))
    sessions = _sessions(chance, many)
    names = [one["id"] for one in sessions]
    submissions = [_submission(chance, n, track_names, lengths, people, offsets, names) for n in range(many)]
    _ranks(chance, submissions)
    rooms = [f"Room {n}" for n in range(_rooms_needed(submissions, sessions, chance.uniform(1.05, 1.6)))]
    for one in submissions:
        if chance.random() < 0.02:
            one["room_penalty"] = {chance.choice(rooms): chance.choice((1, 10, 10_000))}
    track_list: list[dict[str, Any]] = [
        {"id": name, "chairs": chance.sample(people, chance.choice((0, 0, 1, 2)))} for name in track_names
    ]
    made = {
        "format": "cosplib-json-1",
        "name": f"varied-{size}-{seed}",
        "local_utc_offset_h": chance.choice((0, 2, -4)),
        "timezone_rule": {
            "suitable_from": "09:30",
            "suitable_to": "21:30",
            "less_suitable_from": "07:00",
            "less_suitable_to": "23:00",
            "less_suitable_penalty": 1,
            "unsuitable_penalty": 10,
        },
        "weights": {term: chance.choice(WEIGHTS) for term in TERMS},
        "sessions": sessions,
        "rooms": rooms,
        "tracks": track_list,
        "submissions": submissions,
        "track_session_penalty": _penalties(chance, track_names, names, 0.15),
        "track_room_penalty": _penalties(chance, track_names, rooms, 0.2),
        "session_room_penalty": _penalties(chance, names, rooms, 0.03),
        "similar_tracks": [
            [*chance.sample(track_names, 2), chance.choice((1, 10, 10_000))] for _n in range(chance.randint(0, len(track_names)))
        ],
    }
    return made


def _sessions(chance: random.Random, many: int) -> list[dict[str, Any]]:
    days, hours = chance.randint(1, 5), ("08:30", "10:30", "13:00", "15:00", "17:00")
    a_day = chance.randint(2, 5) if many > 100 else chance.randint(2, 4)
    most = chance.choice((2, 3, 4, 8))
    return [
        {
            "id": f"D{day}S{k}",
            "slots": max(3, chance.randint(most - 1, most)),
            "date": f"2026-09-0{day + 1}",
            "start": hours[k],
            "end": f"{int(hours[k][:2]) + 1}:45",
        }
        for day in range(days)
        for k in range(a_day)
    ]


def _submission(
    chance: random.Random, n: int, tracks: list[str], lengths: list[int], people: list[str], offsets: list[int], sessions: list[str]
) -> dict[str, Any]:
    away = chance.sample(sessions, chance.randint(1, max(1, len(sessions) // 2))) if chance.random() < 0.15 else []
    return {
        "id": f"x{n}",
        "track": tracks[int(len(tracks) * chance.random() ** 1.5)],
        "slots": chance.choice(lengths),
        "order": 0,
        "utc_offset_h": chance.choice(offsets),
        "presenters": [people[int(len(people) * chance.random())] for _p in range(chance.choice((1, 1, 1, 2, 3)))],
        "attendees": chance.sample(people, 2) if chance.random() < 0.1 else [],
        **({"session_penalty": {name: chance.choice((1, 10, 10, 10_000)) for name in away}} if away else {}),
    }


def _ranks(chance: random.Random, submissions: list[dict[str, Any]]) -> None:
    counted: dict[str, int] = {}
    ranked = {one["track"] for one in submissions if chance.random() < 0.1}
    for one in submissions:
        counted[one["track"]] = counted.get(one["track"], 0) + 1
        if one["track"] in ranked and chance.random() < 0.5:
            one["order"] = counted[one["track"]]


def _rooms_needed(submissions: list[dict[str, Any]], sessions: list[dict[str, Any]], spare: float) -> int:
    """Enough for the blocks of every track, with some to spare."""
    slots = min(one["slots"] for one in sessions)
    per_track: dict[str, int] = {}
    for one in submissions:
        per_track[one["track"]] = per_track.get(one["track"], 0) + one["slots"]
    blocks = sum(-(-many // max(1, slots - 1)) for many in per_track.values())
    return max(2, int(-(-blocks * spare // len(sessions))))


def _penalties(chance: random.Random, rows: list[str], columns: list[str], share: float) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        held = {column: chance.choice((1, 10, 10_000)) for column in columns if chance.random() < share}
        if held and chance.random() < 0.5:
            found[row] = held
    return found
