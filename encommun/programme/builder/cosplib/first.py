"""A first programme in a blink: the submissions with most ties first, each where it costs least then. What finds no place stays at home."""

import numpy as np

from encommun.programme.builder.cosplib.annealing import NEVER, Data


def first_cells(data: Data) -> np.ndarray:
    """A cell for each submission; ``data.home`` of its track where none was found."""
    real, rooms = data.sessions * data.rooms, data.rooms
    session_of = np.arange(real) // rooms
    room_of = np.arange(real) % rooms
    slots = data.slots[session_of]
    holder, load = np.full(real, -1), np.zeros(real, np.int64)
    cells = data.home[data.track].copy()
    placed = np.zeros(len(cells), np.bool_)
    hard = [
        data.partners[data.partners_from[n] : data.partners_from[n + 1]][
            data.partner_cost[data.partners_from[n] : data.partners_from[n + 1]] >= NEVER
        ]
        for n in range(len(cells))
    ]
    need = np.bincount(data.track, weights=data.length, minlength=len(data.has_ranks))
    ties = np.bincount(data.track, weights=[len(one) for one in hard], minlength=len(data.has_ranks))
    by_track = np.argsort(-(ties + need), kind="stable")
    for track in by_track:
        members = data.members[data.members_from[track] : data.members_from[track + 1]]
        for one in sorted(members.tolist(), key=lambda one: (-data.length[one], -len(hard[one]))):
            fits = ((holder == track) | (holder < 0)) & (load + data.length[one] <= slots)
            for other in hard[one]:
                if placed[other]:
                    fits &= (session_of != session_of[cells[other]]) | (np.arange(real) == cells[other])
            if not fits.any():
                continue
            price = (
                data.at_session[one, session_of]
                + data.at_room[one, room_of]
                + np.where(holder < 0, data.at_place[track, :real] + data.parallel + data.room_change + 1, 0)
            )
            cell = int(np.argmin(np.where(fits, price, np.iinfo(np.int64).max)))
            holder[cell], cells[one], placed[one] = track, cell, True
            load[cell] += data.length[one]
    return cells
