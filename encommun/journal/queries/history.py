"""What happened to a thing, and to those that belong to it."""

from django.db.models import Model

from encommun.journal.models import Entry
from encommun.journal.rules import reference


def history_of(*about: Model) -> list[Entry]:
    """Everything recorded about some objects, oldest first. One statement."""
    return list(Entry.objects.filter(about__in=[reference(one) for one in about]).order_by("id"))
