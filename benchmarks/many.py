"""Fill a gathering with many sessions: 800 in 12 rooms over its days, 8,000 in 120, with people, texts and axes."""

from datetime import datetime, time, timedelta

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM
from encommun.programme.commands import ImportWish, import_programme
from encommun.programme.imports import Found, Item, Somebody

MOST_A_ROOM = 67
TEXT = (
    "Comment une médiathèque, un tiers-lieu et une mission locale se partagent-ils l'accompagnement des démarches en ligne ? "
    "Trois équipes racontent ce qui marche, ce qui casse, et ce qu'elles gardent pour demain. *Venez avec un cas réel.*\n\n"
)


def fill(event: Event, count: int, *, at: datetime) -> None:
    """Confirmed and placed sessions, made through the command that brings programmes from elsewhere."""
    axes = [str(axis.title) for axis in event.axes.all()]
    rooms = [f"Salle {number}" for number in range(1, -(-count // MOST_A_ROOM) + 1)]
    found = Found(kind="made", zone=event.zone, rooms=dict.fromkeys(rooms, 60))
    each = -(-count // (len(rooms) * len(event.days)))  # sessions of a room and day
    length = max(5, 13 * 60 // each)
    for number in range(count):
        day, rest = divmod(number, each * len(rooms))
        start = datetime.combine(event.days[day], time(9), tzinfo=event.zone) + timedelta(minutes=length * (rest // len(rooms)))
        found.items.append(
            Item(
                where=str(number),
                keys=(f"many:{number}",),
                title=f"Atelier {number} : agir ensemble, « chez soi » et ailleurs",
                abstract=TEXT * 4,
                starts_at=start,
                minutes=min(length, 90),
                room=rooms[rest % len(rooms)],
                track=axes[number % len(axes)] if axes else "",
                format=("Atelier", "Débat", "Conférence")[number % 3],
                language="fr",
                people=tuple(Somebody(name=f"Prénom {(number * 2 + n) % 700} Nom") for n in range(2)),
            )
        )
    import_programme(event, found, ImportWish(names_are_public=True, makes_axes=False), actor=SYSTEM, at=at)
