"""What tests of the programme begin with."""

from datetime import date, datetime, time
from typing import Any

import pytest

from encommun.places.models import Room
from encommun.programme import commands
from encommun.programme.models import ProgrammeVersion, Session
from tests.cast import NOW, Cast

DAY, NEXT_DAY = date(2018, 9, 13), date(2018, 9, 14)


class Programme:
    """Makes sessions through the commands, as Hugo."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.event, self.hugo = cast, cast.event, cast.actor("hugo")

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.hugo, "at": NOW}

    def moment(self, clock: str, day: date = DAY) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self.event.zone)

    def room(self, slug: str) -> Room:
        return Room.objects.get(slug=slug)

    def session(self, title: str = "Repair café", people: tuple[Any, ...] = (), *, confirmed: bool = True, **text: Any) -> Session:
        made = commands.SessionText(title=title, **text)
        return commands.make_session(self.event, made, people, is_confirmed=confirmed, **self.who)

    def placed(
        self, title: str = "Repair café", clock: str = "11:00", room: str = "micro", day: date = DAY, **more: Any
    ) -> Session:
        session = self.session(title, **more)
        commands.place_session(session, room=self.room(room), starts_at=self.moment(clock, day), **self.who)
        return session

    def publish(self, **more: Any) -> ProgrammeVersion:
        return commands.publish_programme(self.event, **self.who, **more)

    def slots(self) -> None:
        spans = [("09:30", "12:30", "sessions"), ("12:30", "14:00", "break"), ("14:00", "18:00", "sessions")]
        commands.set_slots(
            self.event,
            [
                commands.SlotText(
                    starts_at=self.moment(a), ends_at=self.moment(b), kind=kind, label={"fr": "Déjeuner"} if kind == "break" else {}
                )
                for a, b, kind in spans
            ],
            **self.who,
        )


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return Programme(cast)


def somebody(name: str, **more: Any) -> commands.SomebodyTaking:
    return commands.SomebodyTaking(name=name, **more)
