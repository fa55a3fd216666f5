"""Compute the draws of workshops again, by yourself: python3 check_draw.py https://…/inscriptions/tirages.json (or a file).

Needs Python 3 and nothing else, and shares no line with the software that drew. The rule:

1. A person's number is the SHA-256 of «seed:pseudonym», in hexadecimal; the lowest number plays first.
2. Each person in turn gets her dearest wish that still has a place and is not at the same time as something of hers.
   Who asked for a kept place gets one of those first; nobody else can have them.
3. The next round goes backwards through the same order; and so on, until a round gives nothing.
"""

import hashlib
import json
import sys
import urllib.request


def number(seed: str, person: str) -> str:
    return hashlib.sha256(f"{seed}:{person}".encode()).hexdigest()


def computed(draw: dict) -> list[list[str]]:
    """Who gets which place: [pseudonym, workshop, "open" or "kept"], in the order of giving."""
    open_places = {code: seats - kept for code, (seats, kept, _starts, _ends) in draw["workshops"].items()}
    kept_places = {code: kept for code, (_seats, kept, _starts, _ends) in draw["workshops"].items()}
    busy = {person: [tuple(span) for span in spans] for person, (_wishes, _kept, spans) in draw["people"].items()}
    has = {person: set() for person in draw["people"]}
    players = sorted(draw["people"], key=lambda person: number(draw["seed"], person))
    places: list[list[str]] = []
    while True:
        before = len(places)
        for person in players:
            wishes, may_have_kept, _spans = draw["people"][person]
            for code in wishes:
                if code not in draw["workshops"] or code in has[person]:
                    continue
                starts, ends = draw["workshops"][code][2:]
                if any(starts < end and start < ends for start, end in busy[person]):
                    continue
                pool = kept_places if may_have_kept and kept_places[code] else open_places
                if not pool[code]:
                    continue
                pool[code] -= 1
                busy[person].append((starts, ends))
                has[person].add(code)
                places.append([person, code, "kept" if pool is kept_places else "open"])
                break
        if len(places) == before:
            return places
        players.reverse()


def main(address: str) -> int:
    if "://" in address:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 the address is the reader's own
            draws = json.load(answer)["draws"]
    else:
        with open(address, encoding="utf-8") as file:
            draws = json.load(file)["draws"]
    wrong = 0
    for draw in draws:
        same = computed(draw) == draw["result"]
        wrong += not same
        sealed = hashlib.sha256(draw["seed"].encode()).hexdigest()
        word = "same" if same else "DIFFERENT"
        sys.stdout.write(f"{word}: {draw['drawn_at']}, {len(draw['people'])} people, {len(draw['result'])} places\n")
        sys.stdout.write(f"  SHA-256 of the seed, to compare with the one that was shown before the draw: {sealed}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else f"usage: {sys.argv[0]} ADDRESS-OR-FILE")
