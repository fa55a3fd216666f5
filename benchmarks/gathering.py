"""A gathering of FOSDEM's size, made from a schedule.xml: its sessions, lengths, tracks and people, to be placed in 30 rooms on 3 days."""

import argparse
import os
import random
import resource
import time
from pathlib import Path

from lxml import etree

from encommun.programme.builder import Builder, Person, Problem, Room, Session

DAYS, ROOMS, LENGTHS = 3, 30, (9 * 60, 18 * 60)
MOST_SECONDS = 30.0


def problem_of(path: Path, *, sessions: int = 1000, seed: int = 0) -> Problem:
    """A thousand of its sessions. Some people come on two days only; some sessions need a projector; each day has a lunch break."""
    chance = random.Random(seed)
    made: list[Session] = []
    people: dict[str, Person] = {}
    spans = [(day * 1440 + a, day * 1440 + b) for day in range(DAYS) for a, b in ((LENGTHS[0], 750), (840, LENGTHS[1]))]
    events = list(etree.parse(path, etree.XMLParser(resolve_entities=False)).iter("event"))
    for event in [*events, *events]:  # some twice, where the file holds fewer
        if len(made) == sessions:
            break
        hours, minutes = (event.findtext("duration") or "00:30").split(":")[:2]
        length = min(210, max(15, (int(hours) * 60 + int(minutes) + 4) // 5 * 5))
        who = [f"p{one.get('id') or one.text}" for one in event.iter("person")]
        for key in who:
            if key not in people:
                away = chance.randrange(DAYS) if chance.random() < 0.1 else None
                windows = tuple((day * 1440, (day + 1) * 1440) for day in range(DAYS) if day != away) if away is not None else ()
                people[key] = Person(key=key, name=key, windows=windows)
        made.append(
            Session(
                key=f"s{event.get('id')}-{len(made)}",
                title=event.findtext("title") or "",
                minutes=length,
                people=tuple(dict.fromkeys(who)),
                needs=frozenset({"projector"} if chance.random() < 0.5 else ()),
                expected=chance.choice((20, 40, 60, 100, 200)),
                axis=event.findtext("track") or "",
            )
        )
    rooms = tuple(
        Room(
            key=f"r{n}",
            name=f"Room {n}",
            venue=f"v{n % 3}",
            capacity=(40, 60, 80, 120, 250)[n % 5],
            has=frozenset({"projector"} if n % 4 else ()),
        )
        for n in range(ROOMS)
    )
    travel = {("v0", "v1"): 10, ("v0", "v2"): 10, ("v1", "v2"): 10}
    return Problem(sessions=tuple(made), rooms=rooms, people=tuple(people.values()), spans=tuple(spans), step=15, travel=travel)


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Build it: every session placed and every hard rule kept within the time."""
    problem = problem_of(asked.gathering, seed=asked.seed)
    built = Builder(problem, seconds=asked.seconds, workers=asked.workers, seed=asked.seed).run()
    first = built.first_seconds
    return {
        "sessions": len(problem.sessions),
        "rooms": len(problem.rooms),
        "people": len(problem.people),
        "days": DAYS,
        "workers": asked.workers,
        "seed": asked.seed,
        "first_valid_seconds": round(first, 2) if first is not None else None,
        "seconds": round(built.seconds, 2),
        "breaches": len(built.breaches),
        "cost": built.cost,
        "rounds": built.rounds,
        "cpu_seconds": round(time.process_time(), 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_after": round(os.getloadavg()[0], 2),
        "target": {"first_valid_seconds": MOST_SECONDS},
        "ok": built.is_whole and first is not None and first <= MOST_SECONDS,
    }
