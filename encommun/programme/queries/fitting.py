"""Which rooms have what a session needs."""

from encommun.places.models import Room
from encommun.programme.models import Session


def lacks(session: Session, room: Room, public: int = 0) -> list[str]:
    """What the room lacks for the session: codes that ``words.LACKS`` puts in words. An unknown capacity (0) lacks nothing.

    Args:
        public: how many people may come.
    """
    found = []
    if session.layout and room.capacities.get(session.layout) == 0:
        found.append("layout")
    elif 0 < room.capacity_for(session.layout) < public:
        found.append("capacity")
    found += [code for code in session.equipment if not room.has(code)]
    if session.needs_step_free and not room.step_free:
        found.append("step_free")
    if session.needs_hearing_loop and not room.hearing_loop:
        found.append("hearing_loop")
    if session.needs_quiet and not room.quiet:
        found.append("quiet")
    return found


def public_of(session: Session, interest: dict[str, int]) -> int:
    """How many people may come: what the team says, else how many are interested in its proposals.

    Args:
        interest: how many are interested, by the code of the proposal. ``session.united`` is read: prefetch it.
    """
    if session.expected is not None:
        return session.expected
    return sum(interest.get(one.code, 0) for one in (*([session.proposal] if session.proposal else []), *session.united.all()))
