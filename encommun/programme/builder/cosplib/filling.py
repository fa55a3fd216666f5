"""Put the submissions of each room in order: ranks first, then people who would like to change rooms between slots."""

from collections import defaultdict

from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.scoring import Programme


def fill(instance: Instance, programme: Programme) -> Programme:
    """The same programme, each room of each session ordered."""
    filled: Programme = {}
    counted: dict[int, int] = defaultdict(int)
    for cell in sorted(programme):
        placed = programme[cell]
        if not placed:
            continue
        track = instance.submissions[placed[0]].track
        filled[cell] = _ranked(instance, placed, counted[track])
        counted[track] += len(placed)
    weights = instance.weights
    if weights["attendees_conflicts_slot"] and instance.attendee_pairs:
        _spread(instance, filled)
    return filled


def _ranked(instance: Instance, placed: tuple[int, ...], before: int) -> tuple[int, ...]:
    """Those with a rank where the rank falls, the others between, by name for repeatability."""
    row: list[int | None] = [None] * len(placed)
    rest = []
    for number in sorted(placed):
        at = instance.submissions[number].order - before - 1
        if instance.submissions[number].order and 0 <= at < len(row) and row[at] is None:
            row[at] = number
        else:
            rest.append(number)
    rest.sort(key=lambda number: (instance.submissions[number].order or 10**6, number))
    return tuple(number if number is not None else rest.pop(0) for number in row)


def _spread(instance: Instance, programme: Programme) -> None:
    """Swap two of a room while that parts pairs that share a slot. Those with a rank stay."""
    partners: dict[int, set[int]] = defaultdict(set)
    for a, b in instance.attendee_pairs:
        partners[a].add(b)
        partners[b].add(a)

    def clashes(session: int) -> int:
        at: dict[int, list[int]] = defaultdict(list)
        for (held, _room), placed in programme.items():
            slot = 0
            for number in placed if held == session else ():
                for k in range(slot, slot + instance.submissions[number].slots):
                    at[k].append(number)
                slot += instance.submissions[number].slots
        return sum(1 for numbers in at.values() for i, a in enumerate(numbers) for b in numbers[i + 1 :] if b in partners[a])

    for session in range(len(instance.sessions)):
        now = clashes(session)
        better = now > 0
        while better:
            better = False
            for cell in [one for one in programme if one[0] == session]:
                row = programme[cell]
                for i in range(len(row)):
                    for j in range(i + 1, len(row)):
                        if instance.submissions[row[i]].order or instance.submissions[row[j]].order:
                            continue
                        tried = list(programme[cell])
                        tried[i], tried[j] = tried[j], tried[i]
                        kept, programme[cell] = programme[cell], tuple(tried)
                        if (found := clashes(session)) < now:
                            now, better = found, True
                        else:
                            programme[cell] = kept
