"""How somebody is named in the published programme."""

import uuid

from django.db import models


class PublishedPerson(models.Model):
    """The public name of somebody who agreed to it, apart from the versions, which never change.

    Versions only hold ``number``: when the row goes, the name is gone from every version, page and feed at once.
    ``number`` and ``guid`` are stable: schedule readers know people by them.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="published_people")
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="published_names")
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=120)
    structure_name = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> int:
        """The whole number that versions and schedule readers know the person by."""
        return self.pk
