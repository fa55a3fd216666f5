"""How fresh public pages must be."""

from encommun.journal.models import PublicStamp


def public_stamps() -> dict[int, int]:
    """The stamp of each event, and of the instance under 0. One query."""
    return dict(PublicStamp.objects.values_list("event_id", "stamp"))
