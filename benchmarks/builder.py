"""The programme builder on the published instances of CoSPLib, and on a gathering made from a file of sessions.

``python -m benchmarks builder --instance FILE.json --seconds 60 --workers 2 --out programme.json``
"""

import argparse
import json
import os
import resource
import time
from pathlib import Path

from benchmarks.machine import seconds_since_start
from encommun.programme.builder import cosplib

#: Kept of the time asked for, to judge and write the answer.
LAST_SECONDS = 0.5


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks builder")
    parser.add_argument("--instance", type=Path)
    parser.add_argument("--gathering", type=Path, help="schedule.xml of a gathering: its sessions, spread over 30 rooms and 3 days")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(given)
    if (asked.instance is None) == (asked.gathering is None):
        parser.error("give --instance FILE.json, or --gathering FILE.xml")
    return asked


def measure(given: list[str] | None = None) -> dict[str, object]:
    asked = arguments(given)
    if asked.gathering is not None:
        from benchmarks.gathering import measure as of_gathering

        return of_gathering(asked)
    return of_instance(asked)


def of_instance(asked: argparse.Namespace) -> dict[str, object]:
    """One instance of the library."""
    try:
        instance = cosplib.read(json.loads(asked.instance.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        return {"ok": False, "reasons": [str(error)]}
    seconds = max(1.0, asked.seconds - seconds_since_start() - LAST_SECONDS)
    outcome = cosplib.Search(instance, seconds=seconds, workers=asked.workers, seed=asked.seed).run()
    result: dict[str, object] = {
        "instance": instance.name,
        "workers": asked.workers,
        "seed": asked.seed,
        "seconds": round(seconds_since_start(), 2),
        "first_valid_seconds": round(outcome.first_seconds, 2) if outcome.first_seconds is not None else None,
        "bound": outcome.bound,
        "proved": outcome.proved,
        "cpu_seconds": round(time.process_time(), 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_after": round(os.getloadavg()[0], 2),
        "ok": outcome.programme is not None,
    }
    if outcome.programme is None or outcome.score is None:
        return result | {"valid": False, "reasons": outcome.reasons}
    if asked.out is not None:
        asked.out.write_text(json.dumps(cosplib.written(instance, outcome.programme), ensure_ascii=False), encoding="utf-8")
    return result | {
        "valid": not outcome.score.hard,
        "objective": outcome.score.objective,
        "violations": {
            term: {"raw": raw, "cost": raw * instance.weights[term]}
            for term, raw in outcome.score.terms.items()
            if instance.weights[term]
        },
        "hard_violations": outcome.score.hard,
        "rounds": outcome.rounds,
        "history": outcome.history[-12:],
    }
