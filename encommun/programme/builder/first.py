"""A first programme in a blink: the hardest to place first, each at the place that costs least then."""

from collections import defaultdict

from encommun.programme.builder.costs import Costs
from encommun.programme.builder.problem import Place, Problem, Programme, Session, why_not_at, why_not_in


class Board:
    """What stands where, asked quickly: is this place free for that session?"""

    def __init__(self, problem: Problem, programme: Programme | None = None) -> None:
        self.problem = problem
        self.programme: Programme = {}
        self.rooms: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        self.people: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
        self.alone: list[tuple[int, int, str]] = []
        self.beside: list[tuple[int, int, str]] = []
        for key, place in (programme or {}).items():
            self.put(problem.session(key), place)

    def put(self, session: Session, place: Place) -> None:
        """Place it."""
        start, room = place
        end, venue = start + session.minutes, self.problem.room(room).venue
        self.programme[session.key] = place
        self.rooms[room].append((start, end, session.key))
        for person in set(session.people):
            self.people[person].append((start, end, venue, session.key))
        if session.alone:
            self.alone.append((start, end, session.key))
        if not session.aside:
            self.beside.append((start, end, session.key))

    def fits_time(self, session: Session, start: int) -> bool:
        """Whether nobody is elsewhere and no plenary is held."""
        end = start + session.minutes
        if any(start < b and a < end for person in session.people for a, b, _venue, _key in self.people[person]):
            return False
        if not session.aside and any(start < b and a < end for a, b, _key in self.alone):
            return False
        return not (session.alone and any(start < b and a < end for a, b, _key in self.beside))

    def fits_room(self, session: Session, start: int, key: str) -> bool:
        """Whether the room is free then, and its people can walk there."""
        room, end = self.problem.room(key), start + session.minutes
        if any(start < b and a < end for a, b in room.closed):
            return False
        if not room.several and any(start < b and a < end for a, b, _key in self.rooms[key]):
            return False
        between = self.problem.minutes_between
        return not any(
            (walk := between(venue, room.venue)) and start < b + walk and a < end + walk
            for person in session.people
            for a, b, venue, _key in self.people[person]
        )


def first_programme(problem: Problem, costs: Costs, *, keep: bool = False) -> Programme:
    """Sessions with the fewest places first; with ``keep`` those that stand stay where they can."""
    board = Board(problem)
    rooms = {one.key: [room.key for room in problem.rooms if not any(why_not_in(one, room))] for one in problem.sessions}
    starts = {}
    for one in problem.sessions:
        candidates = sorted({*problem.starts(one.minutes), *([one.fixed_start] if one.fixed_start is not None else [])})
        starts[one.key] = [at for at in candidates if not any(why_not_at(problem, one, at))]
    waits = {one.key: one.after for one in problem.sessions if one.after in problem._by_key}

    def hardness(one: Session) -> tuple[object, ...]:
        pinned = one.fixed_start is not None, one.fixed_room is not None
        return (
            not all(pinned),
            not pinned[0],
            not one.alone,
            len(starts[one.key]) * len(rooms[one.key]) - 40 * len(one.people),
            -one.minutes,
        )

    order = sorted(problem.sessions, key=hardness)
    if keep:
        order.sort(key=lambda one: (one.now is None, not (one.fixed_start is not None)))
    followers: dict[str, list[Session]] = defaultdict(list)
    for one in order:
        if one.key in waits:
            followers[waits[one.key] or ""].append(one)
    used: dict[str, set[str]] = defaultdict(set)

    def place(one: Session) -> None:
        found = _best_place(problem, costs, board, one, starts[one.key], rooms[one.key], used, keep=keep)
        if found is not None:
            board.put(one, found)
            used[one.axis].add(found[1])
        for follower in followers.get(one.key, ()):
            if follower.key not in board.programme:
                place(follower)

    for one in order:
        if one.key not in board.programme and one.key not in waits:
            place(one)
    return board.programme


def _best_place(
    problem: Problem,
    costs: Costs,
    board: Board,
    one: Session,
    starts: list[int],
    rooms: list[str],
    used: dict[str, set[str]],
    *,
    keep: bool,
) -> Place | None:
    after = board.programme.get(one.after) if one.after in problem._by_key else None
    if one.after in problem._by_key and after is None:
        return None
    earliest = after[0] + problem.session(one.after).minutes if after and one.after else None
    if keep and one.now is not None and one.now[0] in starts and one.now[1] in rooms:
        starts = [one.now[0], *starts]
    room_cost = {key: sum(unmet.cost for unmet in costs.in_room(one, problem.room(key))) for key in rooms}
    weight = problem.weight("rooms_per_axis")
    best: tuple[int, int, Place] | None = None
    near = [(board.programme[k], problem.session(k).minutes, w) for k, w in costs.partners.get(one.key, ()) if k in board.programme]
    for start in starts:
        if earliest is not None and (start < earliest or (one.at_once and start != earliest)):
            continue
        if not board.fits_time(one, start):
            continue
        price = sum(unmet.cost for unmet in costs.at(one, start))
        price += sum(w for (at, _room), minutes, w in near if start < at + minutes and at < start + one.minutes)
        if best is not None and price >= best[0]:
            continue
        for key in rooms:
            if one.at_once and after is not None and key != after[1]:
                continue
            total = price + room_cost[key] + (weight if one.axis and key not in used[one.axis] and used[one.axis] else 0)
            if (best is None or total < best[0]) and board.fits_room(one, start, key):
                best = (total, start, (start, key))
    return best[2] if best else None
