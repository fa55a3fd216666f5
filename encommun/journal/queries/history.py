"""What happened to one thing."""

from django.db.models import Model

from encommun.journal.models import Entry
from encommun.journal.rules import reference


def history_of(about: Model) -> list[Entry]:
    """Everything recorded about an object, oldest first."""
    return list(Entry.objects.filter(about=reference(about)).order_by("id"))
