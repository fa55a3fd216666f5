"""What can be said without searching: what cannot fit, how many rooms a track needs, what every programme costs at least."""

from collections import defaultdict

from encommun.programme.builder.cosplib.instance import Instance


def rooms_needed(instance: Instance, track: int) -> int:
    """How many rooms at once a track needs at least, were every session its own."""
    need = sum(instance.submissions[one].slots for one in instance.of_track[track])
    there = sum(instance.slots)
    many = max(1, -(-need // max(1, there)))
    for length in {instance.submissions[one].slots for one in instance.of_track[track]}:
        of_length = sum(1 for one in instance.of_track[track] if instance.submissions[one].slots >= length)
        fit = sum(slots // length for slots in instance.slots)
        if fit:
            many = max(many, -(-of_length // fit))
    return min(many, max(1, len(instance.rooms)))


def cannot_fit(instance: Instance) -> list[str]:
    """What no programme can change, in words."""
    reasons: list[str] = []
    longest = max(instance.slots)
    reasons += [
        f"{one.name} takes {one.slots} slots; the longest session has {longest}"
        for one in instance.submissions
        if one.slots > longest
    ]
    need, there = sum(one.slots for one in instance.submissions), sum(instance.slots) * len(instance.rooms)
    if need > there:
        reasons.append(f"the submissions take {need} slots; all rooms and sessions together have {there}")
    per_person: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in instance.submissions:
        for person in one.presenters:
            per_person[person][one.track] += one.slots
    for person, tracks in sorted(per_person.items()):
        if len(tracks) > len(instance.sessions):
            reasons.append(
                f"{person} presents in {len(tracks)} tracks; there are {len(instance.sessions)} sessions, and one track a room"
            )
        elif (total := sum(tracks.values())) > sum(instance.slots):
            reasons.append(f"{person} presents for {total} slots; one person has {sum(instance.slots)}")
    return reasons


def hardest(instance: Instance) -> list[str]:
    """Where the trouble of an instance without programme most likely lies: the people with the most, and the fullest tracks."""
    per_person: dict[str, int] = defaultdict(int)
    for one in instance.submissions:
        for person in one.presenters:
            per_person[person] += 1
    busiest = sorted(per_person.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    words = [f"{person} presents {many} submissions" for person, many in busiest if many > 1]
    return ["; ".join(words)] if words else ["the lengths of the submissions do not fill the sessions that there are"]
