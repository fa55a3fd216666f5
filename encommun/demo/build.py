"""Make the demo's data on an empty database."""

from datetime import datetime
from importlib import import_module

from encommun.demo.cast import CAST, add_second_factor, make_team
from encommun.demo.steps import STEPS
from encommun.demo.steps.event import make_event, make_other_event
from encommun.events.commands import give_role
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM


def build(*, at: datetime) -> Event:
    """NEC 2018 with its calls, proposals, programme, passes and first resources."""
    event = make_event(at=at)
    other = make_other_event(at=at)
    accounts = make_team(event.slug, at=at)
    give_role(event_slug=other.slug, email=CAST["emma"].email, role="coordination", actor=SYSTEM, at=at)
    add_second_factor(accounts["emma"])
    for step in STEPS:
        import_module(f"encommun.demo.steps.{step}").build(event, accounts, at)
    return event
