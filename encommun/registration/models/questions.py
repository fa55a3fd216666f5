"""What the team asks the person who comes, and what she answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import Localised, LocalisedField


class Question(models.Model):
    """Something that the team asks of each holder of some passes, or of all. The buyer never sees the answers."""

    class Kind(models.TextChoices):
        LINE = "line", _("One line")
        TEXT = "text", _("A few lines")
        CHOICE = "choice", _("One of several answers")
        YES = "yes", _("Yes or no")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="pass_questions")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LINE)
    label = LocalisedField()
    help = LocalisedField()
    choices = models.JSONField(default=list)  # [{"fr": "Végétarien", "en": "Vegetarian"}]; an answer holds its place: "0"
    passes = models.JSONField(default=list)  # numbers of the kinds of pass whose holders are asked; empty: all
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.label)

    def is_for(self, number: int) -> bool:
        """Whether holders of that kind of pass are asked."""
        return not self.passes or number in self.passes

    def in_words(self, value: str) -> str:
        """An answer as people read it."""
        if self.kind == self.Kind.YES:
            return str(_("Yes") if value == "yes" else _("No"))
        if self.kind == self.Kind.CHOICE:
            return str(Localised(self.choices[int(value)])) if value.isdigit() and int(value) < len(self.choices) else ""
        return value


class Answer(models.Model):
    """What a holder answered; blank answers have no row."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    seat = models.ForeignKey("registration.Seat", on_delete=models.CASCADE, related_name="answers")
    holder_answer = models.TextField(max_length=2000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question_id} ← {self.seat_id}"
