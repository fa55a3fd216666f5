"""The programme builder on the published instances of CoSPLib, and on a gathering made from a file of sessions.

``python -m benchmarks builder --instance FILE.json --seconds 60 --workers 2 --out programme.json``; ``--varied large-3`` draws an instance
by chance and solves it, ``--draw FILE.json`` only writes it, for the library's own evaluator.
"""

import argparse
import json
import os
import resource
import time
from pathlib import Path

from benchmarks import varied
from benchmarks.machine import seconds_since_start
from encommun.programme.builder import cosplib

#: Kept of the time asked for, to judge and write the answer.
LAST_SECONDS = 1.0


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks builder")
    parser.add_argument("--instance", type=Path)
    parser.add_argument("--gathering", type=Path, help="schedule.xml of a gathering: its sessions, spread over 30 rooms and 3 days")
    parser.add_argument("--varied", help="SIZE-SEED: an instance drawn by chance; SIZE is small, medium or large")
    parser.add_argument("--draw", type=Path, help="write the drawn instance there, and solve nothing")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(given)
    if sum(one is not None for one in (asked.instance, asked.gathering, asked.varied)) != 1:
        parser.error("give --instance FILE.json, --gathering FILE.xml, or --varied SIZE-SEED")
    if asked.varied is not None and asked.varied.partition("-")[0] not in varied.SIZES:
        parser.error("--varied is small-N, medium-N or large-N")
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
        if asked.varied is not None:
            size, _dash, seed = asked.varied.partition("-")
            data = varied.instance(int(seed or 0), size)
        else:
            data = json.loads(asked.instance.read_text(encoding="utf-8"))
        if asked.draw is not None:
            asked.draw.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            return {"ok": True, "instance": data["name"]}
        instance = cosplib.read(data)
    except (OSError, ValueError) as error:
        return {"ok": False, "reasons": [str(error)]}
    seconds = max(1.0, asked.seconds - seconds_since_start() - LAST_SECONDS)
    outcome = cosplib.Search(instance, seconds=seconds, workers=asked.workers, seed=asked.seed).run()
    result: dict[str, object] = {
        "instance": instance.name,
        "workers": asked.workers,
        "seed": asked.seed,
        "seconds": round(seconds_since_start(), 2),
        "first_valid_seconds": round(asked.seconds - LAST_SECONDS - seconds + outcome.first_seconds, 2)
        if outcome.first_seconds is not None
        else None,
        "bound": outcome.bound,
        "proved": outcome.proved,
        "cpu_seconds": round(time.process_time(), 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "load_after": round(os.getloadavg()[0], 2),
        "ok": outcome.programme is not None and not outcome.left_out,
        "reasons": outcome.reasons,
        "left_out": outcome.left_out,
    }
    if outcome.programme is None or outcome.score is None:
        return result | {"valid": False}
    if asked.out is not None:
        written = cosplib.written(outcome.instance, outcome.programme)
        asked.out.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return result | {
        "valid": not outcome.score.hard and not outcome.left_out,
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
