"""Which part of a programme to free and solve again next."""

import random
from collections import defaultdict

from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.scoring import Programme, Score


class Neighbourhoods:
    """Which tracks to free next: sizes grow while parts are solved to the end, and shrink when they are not."""

    KINDS = ("costly", "sessions", "rooms", "random", "related")

    def __init__(self, instance: Instance, copies: dict[int, int], chance: random.Random) -> None:
        self.instance, self.copies, self.chance = instance, copies, chance
        self.tracks = [t for t in range(len(instance.tracks)) if instance.of_track[t]]
        self.size = dict.fromkeys(self.KINDS, min(6.0, len(self.tracks)))
        self.size["sessions"] = 2.0
        self.score = dict.fromkeys(self.KINDS, 1.0)
        self.seconds = 3.0
        ordered = instance.weights["submissions_order"] > 0
        self.more = {
            t: min(len(instance.rooms), copies[t] + 1)
            if not (ordered and any(instance.submissions[one].order for one in instance.of_track[t]))
            else copies[t]
            for t in copies
        }

    def next(self, base: Programme, judged: Score) -> tuple[str, list[int], list[int], dict[int, int]]:
        """A kind of part, its tracks, the sessions that stay, and the copies."""
        kind = self.chance.choices(self.KINDS, [self.score[k] for k in self.KINDS])[0]
        held: dict[int, set[int]] = defaultdict(set)
        rooms: dict[int, set[int]] = defaultdict(set)
        copies = dict(self.copies if self.chance.random() < 0.4 else self.more)
        count: dict[tuple[int, int], int] = defaultdict(int)
        for (session, room), placed in base.items():
            track = self.instance.submissions[placed[0]].track
            held[session].add(track)
            rooms[room].add(track)
            count[track, session] += 1
        for (track, _session), many in count.items():
            copies[track] = max(copies[track], many)
        many = max(2, min(len(self.tracks), round(self.size[kind])))
        frozen: list[int] = []
        if kind == "sessions":
            sessions = range(len(self.instance.sessions))
            drawn = {s: self.chance.random() * (0.5 + judged.of_session[s]) ** 0.25 for s in sessions}
            chosen = sorted(sessions, key=lambda s: -drawn[s])[: max(2, min(len(sessions), round(self.size[kind])))]
            free = sorted({t for s in chosen for t in held[s]})
            frozen = [s for s in sessions if s not in chosen]
            # rooms of the frozen sessions stay free to change, the submissions do not
        elif kind == "rooms":
            chosen = self.chance.sample(sorted(rooms), min(len(rooms), 2))
            free = self._some({t for r in chosen for t in rooms[r]}, many)
        elif kind == "costly":
            weights = {t: judged.of_track[t] + 0.2 + self.chance.random() for t in self.tracks}
            free = sorted(self.tracks, key=lambda t: -(weights[t] ** 0.5) * self.chance.random())[:many]
        elif kind == "related":
            first = self.chance.choices(self.tracks, [judged.of_track[t] + 0.2 for t in self.tracks])[0]
            near = {t for tracks in held.values() if first in tracks for t in tracks}
            near |= {t for tracks in rooms.values() if first in tracks for t in tracks}
            near |= {b for (a, b) in self.instance.similar if a == first}
            free = [first, *self._some(near - {first}, many - 1)]
        else:
            free = self.chance.sample(self.tracks, many)
        return kind, free, frozen, copies

    def _some(self, tracks: set[int], many: int) -> list[int]:
        listed = sorted(t for t in tracks if self.instance.of_track[t])
        self.chance.shuffle(listed)
        short = listed[:many]
        rest = [t for t in self.tracks if t not in set(short)]
        return short + self.chance.sample(rest, min(len(rest), max(0, min(many, len(self.tracks)) - len(short))))

    def learn(self, kind: str, *, gained: bool, closed: bool) -> None:
        """Grow or shrink, and prefer what gains."""
        self.size[kind] = max(2.0, min(len(self.tracks), self.size[kind] * (1.08 if closed else 0.93)))
        self.score[kind] = max(0.25, 0.9 * self.score[kind] + (1.0 if gained else 0.0))
