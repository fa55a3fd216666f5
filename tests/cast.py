"""The people and the event everyone knows; the same as the demo's.

``cast.event`` is NEC 2018 without its later steps, ``cast.other`` an event of other people. ``cast.aya`` … are accounts,
``cast.actor("aya")`` the actor that each would be, ``cast.sign_in(client, "aya")`` opens a session as she would have.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from encommun.demo.cast import make_team
from encommun.demo.names import CAST
from encommun.demo.steps.event import make_event, make_other_event
from encommun.events.commands import give_role
from encommun.events.models import Event
from encommun.events.queries import actor_of
from encommun.foundation.actor import SYSTEM, Actor
from encommun.people.models import Account

#: The moment that tests pass: Monday 2 July 2018, ten in the morning in Nantes.
NOW = datetime(2018, 7, 2, 8, 0, tzinfo=UTC)


@dataclass
class Cast:
    event: Event
    other: Event
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Account:
        try:
            return self.__dict__["accounts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str) -> Actor:
        return actor_of(self.accounts[name])

    def sign_in(self, client: Any, name: str) -> Any:
        client.force_login(self.accounts[name])
        return client


def make_cast() -> Cast:
    event, other = make_event(at=NOW), make_other_event(at=NOW)
    accounts = make_team(event.slug, at=NOW)
    give_role(event_slug=other.slug, email=CAST["emma"].email, role="coordination", actor=SYSTEM, at=NOW)
    from encommun.demo.cast import add_second_factor

    add_second_factor(accounts["emma"])
    return Cast(event=event, other=other, accounts=accounts)
