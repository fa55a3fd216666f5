"""What a team composes its call with: questions, extensions that everyone can read, links for those who are late."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.call import Call, Format
from encommun.call.models.proposal import author_code
from encommun.foundation.localised import Localised, LocalisedField


class Question(models.Model):
    """Something that the team asks beside what every proposal says; for all, or for one axis or one format."""

    class Kind(models.TextChoices):
        SHORT = "short", _("a short text")
        LONG = "long", _("a long text")
        ONE = "one", _("one of several choices")
        SEVERAL = "several", _("several of several choices")
        YES_NO = "yes_no", _("yes or no")
        NUMBER = "number", _("a number")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=12, default=author_code)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SHORT)
    label = LocalisedField()
    help = LocalisedField()
    choices = models.JSONField(default=list, blank=True)  # [{"fr": …, "en": …}]; an answer holds the French one
    least = models.PositiveIntegerField(null=True, blank=True)  # signs of a text, or the smallest number; to publish
    most = models.PositiveIntegerField(null=True, blank=True)  # signs of a text, or the greatest number
    is_required = models.BooleanField(default=False)  # to publish, never to save
    is_public = models.BooleanField(default=True)  # else the authors and the team alone read the answer
    axis = models.ForeignKey("events.Axis", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    format = models.ForeignKey(Format, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "code"], name="question_in_event")]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What an answer holds, and what people read."""
        named = [Localised(choice) for choice in self.choices]
        return [(one.in_language("fr"), str(one)) for one in named]

    def concerns(self, axis: str, format: str) -> bool:
        """Whether it is asked for this axis and this format (their slugs)."""
        return (self.axis is None or self.axis.slug == axis) and (self.format is None or self.format.slug == format)

    def in_words(self, answer: Any) -> str:
        """An answer as people read it."""
        if isinstance(answer, bool):
            return str(_("Yes")) if answer else str(_("No"))
        shown = dict(self.options)
        return ", ".join(shown.get(one, one) for one in answer) if isinstance(answer, list) else shown.get(answer, str(answer))


class Extension(models.Model):
    """A deadline that was put off, with the reason: everyone can read it beside the call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    former = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.former} → {self.closes_at}"


class LateLink(models.Model):
    """A secret address by which somebody may still propose after the deadline."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="late_links")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    words = models.CharField(max_length=120)  # what it is for, never a name
    until = models.DateTimeField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.words
