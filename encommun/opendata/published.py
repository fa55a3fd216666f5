"""What feeds are made from."""

from datetime import UTC, datetime, time

from encommun.events.models import Event
from encommun.programme.queries import Programme, latest_version, programme_of


def published(event: Event) -> Programme:
    """The latest version; before the first one, an empty programme, so that subscriptions hold from the first day."""
    version = latest_version(event)
    if version is not None:
        return programme_of(event, version)
    return Programme(
        event=event,
        number=0,
        published_at=datetime.combine(event.starts_on, time(0), tzinfo=UTC),
        note="",
        sessions=[],
        breaks=[],
        rooms=[],
        venues=[],
        axes=[],
    )
