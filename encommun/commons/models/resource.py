"""A published resource."""

from django.db import models

from encommun.foundation.licences import LICENCE_CHOICES


class Resource(models.Model):
    """Something that others may take further: a text under a licence, with authors and where it comes from."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="resources")
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=60000)
    licence = models.CharField(max_length=20, choices=LICENCE_CHOICES)
    language = models.CharField(max_length=5, default="fr")
    axis = models.ForeignKey("events.Axis", null=True, blank=True, on_delete=models.PROTECT, related_name="resources")
    session = models.ForeignKey("programme.Session", null=True, on_delete=models.SET_NULL, related_name="resources")
    proposal_code = models.CharField(max_length=12, blank=True)
    note = models.OneToOneField("commons.Note", null=True, on_delete=models.SET_NULL, related_name="resource")
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    revised_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "-published_at"], name="resource_list")]
        constraints = [models.CheckConstraint(condition=~models.Q(licence=""), name="no_licence_no_publication")]

    def __str__(self) -> str:
        return self.title


class Credit(models.Model):
    """Somebody who made the resource, by consent."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="credits")
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="credits")
    email = models.EmailField(max_length=254, blank=True)  # never shown: it finds the person who asks to be erased
    name = models.CharField(max_length=120)
    structure_name = models.CharField(max_length=150, blank=True)
    part = models.CharField(max_length=20)  # carries, co_facilitates, speaks, takes_notes
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
