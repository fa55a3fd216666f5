"""Messages that people write about a topic, what is reported, and who follows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.codes import new_code


def own_code() -> str:
    """Names a row in secret links and addresses."""
    return new_code(10)


class OfTopic(models.Model):
    """Something said about a topic, which the packages above describe (``topic.py``)."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    topic_kind = models.CharField(max_length=20)
    topic_code = models.CharField(max_length=12)

    class Meta:
        abstract = True


class Reason(models.TextChoices):
    """Why a message is reported, or removed."""

    ATTACK = "attack", _("It attacks somebody")
    PRIVATE = "private", _("It says something private about somebody")
    ADVERT = "advert", _("It is advertising or spam")
    BESIDE = "beside", _("It has nothing to do with the subject")
    UNLAWFUL = "unlawful", _("It is against the law")


class Talk(models.Model):
    """How people talk on an event about one kind of topic: open or not, until when, and whether first messages wait."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="talks")
    topic_kind = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    reads_first = models.BooleanField(default=False)  # the first message of an unknown person waits for the team

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "topic_kind"], name="talk_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.topic_kind}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def on_page(self) -> "CommentQuerySet":
        """Those that have a place on the page: shown, or a trace of what was there."""
        return self.filter(state__in=Comment.ON_PAGE)


class Comment(OfTopic):
    """A message. Its place stays when its words go, so that answers keep their sense."""

    class State(models.TextChoices):
        UNPROVEN = "unproven", _("waiting for the proof of the address")
        WAITING = "waiting", _("waiting for the team to read it")
        SHOWN = "shown", _("shown")
        WITHDRAWN = "withdrawn", _("withdrawn by whoever wrote it")
        REMOVED = "removed", _("removed by the team")

    ON_PAGE = (State.SHOWN, State.WITHDRAWN, State.REMOVED)

    code = models.CharField(max_length=12, unique=True, default=own_code)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    author_name = models.CharField(max_length=120, blank=True)
    name_is_public = models.BooleanField(default=False)
    is_of_its_people = models.BooleanField(default=False)  # written by somebody whose topic it is, as proven then
    follows = models.BooleanField(default=False)  # asked to be told of answers
    words = models.TextField(max_length=4000)
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNPROVEN)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)  # why the team removed it
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["event", "topic_kind", "topic_code", "made_at"], name="comment_topic"),
            models.Index(fields=["event", "state", "made_at"], name="comment_state"),
            models.Index(fields=["email"], name="comment_email"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_shown(self) -> bool:
        """Whether its words are public."""
        return self.state == self.State.SHOWN


class FormerWords(models.Model):
    """What a message said before it was changed: nothing is overwritten. Read by its writer and by the team."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="former_words")
    words = models.TextField(max_length=4000)
    until = models.DateTimeField()

    class Meta:
        ordering = ["until", "id"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.until}"


class Report(models.Model):
    """Somebody says that a message should not be there. Who says so is not kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        KEPT = "kept", _("the message stays")
        REMOVED = "removed", _("the message was removed")

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.TextField(max_length=1000, blank=True)
    message = models.TextField(max_length=4000)  # what the message said then
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"


class Follow(OfTopic):
    """Somebody is told, once a day at most, of what is written about a topic."""

    code = models.CharField(max_length=12, unique=True, default=own_code)
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    told_until = models.DateTimeField()  # what was shown up to then is known to her
    told_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "topic_kind", "topic_code", "email"], name="follow_once_a_topic"),
        ]
        indexes = [models.Index(fields=["email"], name="follow_email")]

    def __str__(self) -> str:
        return f"{self.topic_kind}:{self.topic_code}"


class TopicMove(models.Model):
    """A topic was merged into another: what was said of it is read there. Undone by taking the row away: no row moves."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    topic_kind = models.CharField(max_length=20)
    from_code = models.CharField(max_length=12)
    to_code = models.CharField(max_length=12)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "topic_kind", "from_code"], name="topic_moved_once")]

    def __str__(self) -> str:
        return f"{self.from_code} → {self.to_code}"
