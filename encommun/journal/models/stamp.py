"""A counter per event that grows when something public changes."""

from django.db import models
from django.db.models import F


class PublicStampQuerySet(models.QuerySet["PublicStamp"]):
    def bump(self, event_id: int) -> None:
        """Say that public pages of the event (0: of the instance) have changed. One statement, or two the first time."""
        if not self.filter(event_id=event_id).update(stamp=F("stamp") + 1):
            self.bulk_create([PublicStamp(event_id=event_id, stamp=1)], ignore_conflicts=True)


class PublicStamp(models.Model):
    """What kept public pages are compared with (``web/public_pages.py``)."""

    event_id = models.BigIntegerField(primary_key=True)
    stamp = models.BigIntegerField(default=0)

    objects = PublicStampQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event_id}: {self.stamp}"
