"""A letter that a team keeps to write again."""

from django.db import models

from encommun.foundation.localised import LocalisedField


class LetterTemplate(models.Model):
    """Words of a team for one occasion, in each language. They are copied into a letter, which may then differ."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="letter_templates")
    name = models.CharField(max_length=80)
    subject = LocalisedField()
    body = LocalisedField()  # Markdown, with the places of ``rules.PLACES``
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="letter_template_name")]

    def __str__(self) -> str:
        return self.name
