"""Keys of the API, and an event where something is on sale."""

import pytest

from encommun.events.commands import make_token
from tests.cast import NOW, Cast


@pytest.fixture
def key(cast: Cast):
    """``key("door")`` gives the header of a key of that role; ``key("door", cast.other)`` of another event."""

    def make(role: str, event=None) -> dict[str, str]:
        event = event or cast.event
        coordinator = cast.actor("aya" if event == cast.event else "emma")
        _token, secret = make_token(event, name="Essai", role=role, days=30, actor=coordinator, at=NOW)
        return {"Authorization": f"Bearer {secret}"}

    return make
