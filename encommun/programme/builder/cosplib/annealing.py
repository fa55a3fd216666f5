"""Local search on the exact objective, compiled: submissions and blocks change places by the million while CP-SAT solves parts.

A *block* is what one track holds in one room of one session (a cell). Every move is a list of submissions and where each goes; it is
made, priced by what changes, and undone when it is dearer than the temperature allows (Kirkpatrick, Gelatt, Vecchi, Science 220, 1983).
Order inside a block is left to ``filling``; the price of ranks supposes it well done. Each track has a *home*, a cell after the real ones,
for what finds no place: dear, but never full.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

#: What a slot that finds no place costs, and a speaker in two rooms: more than anything that can be won by it.
NOWHERE, NEVER = 10**13, 10**15


class Data(NamedTuple):
    """What does not change. A cell is ``session * rooms + room``; the sessions after the real ones hold the homes."""

    sessions: int  # real ones
    slots: np.ndarray  # session
    rooms: int
    home: np.ndarray  # track -> cell
    length: np.ndarray  # submission
    track: np.ndarray  # submission
    at_place: np.ndarray  # track × cell
    at_session: np.ndarray  # submission × session
    at_room: np.ndarray  # submission × room
    beside: np.ndarray  # track × track
    partners_from: np.ndarray  # submission -> where its partners begin
    partners: np.ndarray
    partner_cost: np.ndarray
    rank: np.ndarray  # submission, 0 = none
    has_ranks: np.ndarray  # track
    members_from: np.ndarray  # track -> where its submissions begin
    members: np.ndarray
    room_change: int
    parallel: int
    gap: int
    misranked: int


class State(NamedTuple):
    """Where everything is, counted in every way that prices need."""

    cell_of: np.ndarray  # submission
    index: np.ndarray  # submission -> place in the row of its cell
    rows: np.ndarray  # cell × most
    many: np.ndarray  # cell
    load: np.ndarray  # cell
    holder: np.ndarray  # cell -> track, -1 = empty
    in_session: np.ndarray  # track × session
    in_room: np.ndarray  # track × room
    rooms_used: np.ndarray  # track
    misranked: np.ndarray  # track
    moving: np.ndarray  # submissions of the move under way
    came_from: np.ndarray
    goes_to: np.ndarray


def new_state(data: Data) -> State:
    """Nothing placed yet."""
    sessions, submissions, tracks = len(data.slots), len(data.length), len(data.has_ranks)
    cells, most = sessions * data.rooms, max(1, int(np.diff(data.members_from).max()))

    def zeros(*shape: int) -> np.ndarray:
        return np.zeros(shape, np.int64)

    return State(
        cell_of=zeros(submissions) - 1,
        index=zeros(submissions),
        rows=zeros(cells, most),
        many=zeros(cells),
        load=zeros(cells),
        holder=zeros(cells) - 1,
        in_session=zeros(tracks, sessions),
        in_room=zeros(tracks, data.rooms),
        rooms_used=zeros(tracks),
        misranked=zeros(tracks),
        moving=zeros(submissions),
        came_from=zeros(submissions),
        goes_to=zeros(submissions),
    )


@njit(nogil=True, cache=True)
def _has_gap(data, state, track):
    first, last, held = -1, -1, 0
    for session in range(data.sessions):
        if state.in_session[track, session] > 0:
            if first < 0:
                first = session
            last = session
            held += 1
    return held > 0 and last - first + 1 != held


@njit(nogil=True, cache=True)
def _beside(data, state, track, session):
    total = 0
    for cell in range(session * data.rooms, (session + 1) * data.rooms):
        other = state.holder[cell]
        if other >= 0 and other != track:
            total += data.beside[track, other]
    return total


@njit(nogil=True, cache=True)
def _open(data, state, track, cell):
    """A track takes a cell."""
    session, room = cell // data.rooms, cell % data.rooms
    if session >= data.sessions:
        state.holder[cell] = track
        return data.at_place[track, cell]
    change = data.at_place[track, cell] + _beside(data, state, track, session)
    if state.in_session[track, session] > 0:
        change += data.parallel
        state.in_session[track, session] += 1
    elif data.gap:
        before = _has_gap(data, state, track)
        state.in_session[track, session] = 1
        after = _has_gap(data, state, track)
        change += data.gap * (int(after) - int(before))
    else:
        state.in_session[track, session] = 1
    state.in_room[track, room] += 1
    if state.in_room[track, room] == 1:
        state.rooms_used[track] += 1
        if state.rooms_used[track] > 1:
            change += data.room_change
    state.holder[cell] = track
    return change


@njit(nogil=True, cache=True)
def _close(data, state, track, cell):
    """A track leaves a cell."""
    session, room = cell // data.rooms, cell % data.rooms
    state.holder[cell] = -1
    if session >= data.sessions:
        return -data.at_place[track, cell]
    change = -data.at_place[track, cell] - _beside(data, state, track, session)
    if state.in_session[track, session] > 1:
        change -= data.parallel
        state.in_session[track, session] -= 1
    elif data.gap:
        before = _has_gap(data, state, track)
        state.in_session[track, session] = 0
        after = _has_gap(data, state, track)
        change += data.gap * (int(after) - int(before))
    else:
        state.in_session[track, session] = 0
    state.in_room[track, room] -= 1
    if state.in_room[track, room] == 0:
        state.rooms_used[track] -= 1
        if state.rooms_used[track] > 0:
            change -= data.room_change
    return change


@njit(nogil=True, cache=True)
def _alone(data, state, one, cell):
    """What a submission costs in a cell, apart from its track's block."""
    session = cell // data.rooms
    if session >= data.sessions:
        return NOWHERE * data.length[one]
    total = data.at_session[one, session] + data.at_room[one, cell % data.rooms]
    for k in range(data.partners_from[one], data.partners_from[one + 1]):
        there = state.cell_of[data.partners[k]]
        if there >= 0 and there != cell and there // data.rooms == session:
            total += data.partner_cost[k]
    return total


@njit(nogil=True, cache=True)
def _put(data, state, one, cell):
    change = _alone(data, state, one, cell)
    if state.many[cell] == 0:
        change += _open(data, state, data.track[one], cell)
    state.cell_of[one] = cell
    state.index[one] = state.many[cell]
    state.rows[cell, state.many[cell]] = one
    state.many[cell] += 1
    state.load[cell] += data.length[one]
    return change


@njit(nogil=True, cache=True)
def _take(data, state, one):
    cell = state.cell_of[one]
    state.many[cell] -= 1
    last = state.rows[cell, state.many[cell]]
    state.rows[cell, state.index[one]] = last
    state.index[last] = state.index[one]
    state.load[cell] -= data.length[one]
    state.cell_of[one] = -1
    change = -_alone(data, state, one, cell)
    if state.many[cell] == 0:
        change += _close(data, state, data.track[one], cell)
    return change


@njit(nogil=True, cache=True)
def _misranked(data, state, track):
    """Submissions of a track that cannot stand at their rank, and ranked ones beside each other, at most."""
    wrong, before = 0, 0
    for session in range(data.sessions):
        if state.in_session[track, session] == 0:
            continue
        ranked_beside = 0
        for cell in range(session * data.rooms, (session + 1) * data.rooms):
            if state.holder[cell] != track:
                continue
            ranked = 0
            for i in range(state.many[cell]):
                one = state.rows[cell, i]
                rank = data.rank[one]
                if rank == 0:
                    continue
                ranked += data.length[one]
                right = before < rank <= before + state.many[cell]
                for j in range(i):
                    if data.rank[state.rows[cell, j]] == rank:
                        right = False
                if not right:
                    wrong += 1
            before += state.many[cell]
            wrong += min(ranked, ranked_beside)
            ranked_beside += ranked
    return wrong


@njit(nogil=True, cache=True)
def place_all(data, state, cells):
    """Put everything where it is said to be, and answer what that costs."""
    for one in range(len(cells)):
        if state.cell_of[one] >= 0:
            _take(data, state, one)
    total = 0
    for one in range(len(cells)):
        total += _put(data, state, one, cells[one])
    for track in range(len(data.has_ranks)):
        state.misranked[track] = 0
        if data.has_ranks[track]:
            state.misranked[track] = _misranked(data, state, track)
            total += data.misranked * state.misranked[track]
    return total


@njit(nogil=True, cache=True)
def _add(state, count, one, cell):
    state.moving[count] = one
    state.came_from[count] = state.cell_of[one]
    state.goes_to[count] = cell
    return count + 1


@njit(nogil=True, cache=True)
def _block(state, count, cell, to):
    for i in range(state.many[cell]):
        count = _add(state, count, state.rows[cell, i], to)
    return count


@njit(nogil=True, cache=True)
def _below(n):
    return int(np.random.random() * n)


@njit(nogil=True, cache=True)
def _bring_in(data, state):
    """From a home to any cell that is long enough: whoever is in the way goes home."""
    tracks = len(data.has_ranks)
    track = _below(tracks)
    for _step in range(tracks):
        if state.many[data.home[track]] > 0:
            break
        track = (track + 1) % tracks
    home, there = data.home[track], _below(data.sessions * data.rooms)
    if state.many[home] == 0:
        return 0
    one, left = state.rows[home, _below(state.many[home])], data.slots[there // data.rooms]
    left -= data.length[one]
    if left < 0:
        return 0
    count, other = _add(state, 0, one, there), state.holder[there]
    start = _below(max(1, state.many[there]))
    for i in range(state.many[there]):
        kept = state.rows[there, (start + i) % state.many[there]]
        if other == track and data.length[kept] <= left:
            left -= data.length[kept]
        else:
            count = _add(state, count, kept, data.home[other])
    for k in range(data.partners_from[one], data.partners_from[one + 1]):
        busy = data.partners[k]
        cell = state.cell_of[busy]
        if data.partner_cost[k] >= NEVER and cell != there and cell // data.rooms == there // data.rooms:
            count = _add(state, count, busy, data.home[data.track[busy]])
    for i in range(state.many[home]):
        more = state.rows[home, i]
        if more != one and data.length[more] <= left:
            left -= data.length[more]
            count = _add(state, count, more, there)
    return count


@njit(nogil=True, cache=True)
def _draw(data, state, limit):
    """Choose a move: how many submissions go elsewhere; 0 when there is none worth trying."""
    submissions, rooms, sessions = len(data.length), data.rooms, data.sessions
    one = _below(submissions)
    track, cell = data.track[one], state.cell_of[one]
    first, beyond = data.members_from[track], data.members_from[track + 1]
    kind = np.random.random()
    if kind < 0.36:  # within the track: one goes to another block, or two change places
        other = data.members[first + _below(beyond - first)]
        there = state.cell_of[other]
        if there == cell:
            return 0
        count = _add(state, 0, one, there)
        spare = data.slots[there // rooms] - state.load[there]
        if kind < 0.12 and spare >= data.length[one]:
            return count
        if spare + data.length[other] < data.length[one]:
            return 0
        if data.slots[cell // rooms] - state.load[cell] + data.length[one] < data.length[other]:
            return 0
        return _add(state, count, other, cell)
    if kind < 0.44:  # one, and perhaps others with it, to an empty cell
        there = _below(sessions * rooms)
        if kind < 0.40:
            there = (cell // rooms) * rooms + there % rooms
        elif kind < 0.42:
            there = (there // rooms) * rooms + cell % rooms
        if state.many[there] or data.at_place[track, there] > limit:
            return 0
        left, count = data.slots[there // rooms] - data.length[one], 0
        if left < 0:
            return 0
        count = _add(state, count, one, there)
        for i in range(state.many[cell]):
            more = state.rows[cell, i]
            if more != one and data.length[more] <= left and np.random.random() < 0.5:
                count = _add(state, count, more, there)
                left -= data.length[more]
        return count
    if kind < 0.52:  # a block is poured into the other blocks of its track
        count = 0
        other = state.cell_of[data.members[first + _below(beyond - first)]]
        if other == cell:
            return 0
        left = data.slots[other // rooms] - state.load[other]
        for i in range(state.many[cell]):
            more = state.rows[cell, i]
            if data.length[more] <= left:
                count = _add(state, count, more, other)
                left -= data.length[more]
        return count
    if kind < 0.60:  # a track changes rooms everywhere with whoever is there
        room = cell % rooms
        new = _below(rooms)
        if new == room:
            return 0
        count, price = 0, 0
        for session in range(sessions):
            here, there = session * rooms + room, session * rooms + new
            if state.holder[here] == track:
                price += data.at_place[track, there] - data.at_place[track, here]
                other = state.holder[there]
                if other >= 0:
                    price += data.at_place[other, here] - data.at_place[other, there]
                if price > limit:
                    return 0
                count = _block(state, count, here, there)
                count = _block(state, count, there, here)
        return count
    if kind < 0.66:  # two tracks change places, block by block, where their blocks fit
        other = data.track[_below(submissions)]
        if other == track:
            return 0
        count, price, at, rows = 0, 0, 0, sessions * rooms
        for here in range(rows):
            if state.holder[here] != track:
                continue
            while at < rows and state.holder[at] != other:
                at += 1
            if at == rows:
                break
            if state.load[here] <= data.slots[at // rooms] and state.load[at] <= data.slots[here // rooms]:
                price += data.at_place[track, at] - data.at_place[track, here]
                price += data.at_place[other, here] - data.at_place[other, at]
                if price > limit:
                    return 0
                count = _block(state, count, here, at)
                count = _block(state, count, at, here)
            at += 1
        return count
    there = _below(sessions * rooms)
    if kind < 0.74:
        there = (cell // rooms) * rooms + there % rooms
    elif kind < 0.80:
        there = (there // rooms) * rooms + cell % rooms
    if there == cell or state.load[cell] > data.slots[there // rooms]:
        return 0
    other = state.holder[there]
    price = data.at_place[track, there] - data.at_place[track, cell]
    if kind < 0.92 or other < 0:  # two blocks change places
        if state.load[there] > data.slots[cell // rooms]:
            return 0
        if other >= 0:
            price += data.at_place[other, cell] - data.at_place[other, there]
        if price > limit:
            return 0
        return _block(state, _block(state, 0, cell, there), there, cell)
    third = _below(sessions * rooms)  # three blocks in a ring
    if third in (there, cell) or state.load[there] > data.slots[third // rooms] or state.load[third] > data.slots[cell // rooms]:
        return 0
    price += data.at_place[other, third] - data.at_place[other, there]
    last = state.holder[third]
    if last >= 0:
        price += data.at_place[last, cell] - data.at_place[last, third]
    if price > limit:
        return 0
    return _block(state, _block(state, _block(state, 0, cell, there), there, third), third, cell)


@njit(nogil=True, cache=True)
def _ranks(data, state, count):
    """Price the ranks of the moved tracks anew; answer the change. Called after each move and each undoing."""
    change = 0
    for k in range(count):
        track = data.track[state.moving[k]]
        if not data.has_ranks[track]:
            continue
        now = _misranked(data, state, track)
        change += data.misranked * (now - state.misranked[track])
        state.misranked[track] = now
    return change


@njit(nogil=True, cache=True)
def _make(data, state, count, back):
    change = 0
    for k in range(count):
        change += _take(data, state, state.moving[k])
    for k in range(count):
        change += _put(data, state, state.moving[k], state.came_from[k] if back else state.goes_to[k])
    return change + _ranks(data, state, count)


@njit(nogil=True, cache=True)
def anneal(data, state, cost, temperature, moves, best, best_cost, seed):
    """Try so many moves at one temperature.

    Returns the cost now, the best seen (``best`` then holds its cells), and how many of the moves that cost something were made and refused.
    """
    np.random.seed(seed)
    made, refused = 0, 0
    for _move in range(moves):
        allowed = -temperature * np.log(1.0 - np.random.random())
        if cost >= NOWHERE and np.random.random() < 0.3:
            count = _bring_in(data, state)
        else:
            count = _draw(data, state, allowed + cost)
        if count == 0:
            continue
        change = _make(data, state, count, False)
        if change > allowed:
            _make(data, state, count, True)
            refused += 1
            continue
        cost += change
        made += int(change > 0)
        if cost < best_cost:
            best_cost = cost
            best[:] = state.cell_of
    return cost, best_cost, made, refused
