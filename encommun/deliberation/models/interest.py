"""«I am interested»: one per person and topic, known to herself only."""

from django.db import models

from encommun.deliberation.models.comment import OfTopic, own_code


class Interest(OfTopic):
    """A person would come to it. Counted for those who build the programme; never shown with a name, never a ranking."""

    code = models.CharField(max_length=12, unique=True, default=own_code)
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    made_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "topic_kind", "topic_code", "email"], name="interest_once_a_person")
        ]
        indexes = [models.Index(fields=["email"], name="interest_email")]

    def __str__(self) -> str:
        return f"{self.topic_kind}:{self.topic_code}"
