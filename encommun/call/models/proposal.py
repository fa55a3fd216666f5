"""A proposal, its authors and its revisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.deliberation.models import Reason
from encommun.events.models import WithPresence
from encommun.foundation.codes import new_code
from encommun.foundation.licences import LICENCE_CHOICES
from encommun.places.models import Layout


class Recording(models.TextChoices):
    """Whether a session may be recorded, as its authors say when they propose it."""

    YES = "yes", _("yes, and published under the licence of the text")
    SOUND = "sound", _("the sound only, published under the licence of the text")
    NO = "no", _("no")


class Proposal(models.Model):
    """What somebody proposes for the gathering. One address for life: ``/<event>/propositions/<code>/``."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged into another one")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="proposals")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(max_length=150, blank=True)
    intention = models.TextField(max_length=4000, blank=True)
    axis = models.ForeignKey("events.Axis", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    format = models.ForeignKey("call.Format", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    format_described = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    participants_do = models.TextField(max_length=3000, blank=True)
    participants_leave_with = models.TextField(max_length=3000, blank=True)
    needs = models.TextField(max_length=2000, blank=True)
    equipment = models.JSONField(default=list, blank=True)  # codes of places.Equipment: rooms are offered by it
    layout = models.CharField(max_length=10, choices=Layout.choices, blank=True)
    licence = models.CharField(max_length=20, choices=LICENCE_CHOICES, blank=True)
    materials_licence = models.CharField(max_length=20, choices=LICENCE_CHOICES, blank=True)  # none: the text's
    recording = models.CharField(max_length=5, choices=Recording.choices, blank=True)  # none: not said yet
    answers = models.JSONField(default=dict, blank=True)  # code of a question -> answer
    late_until = models.DateTimeField(null=True)  # begun through a link for those who are late
    imported_as = models.CharField(max_length=220, blank=True, db_index=True)  # what it is called in the file that it came from
    language = models.CharField(max_length=5, default="fr")
    version = models.PositiveIntegerField(default=1)  # grows at each save; the form carries it back
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged_from")
    split_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="split_into")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # a draft whose publication waits for the team
    declined_because = models.TextField(max_length=1000, blank=True)  # why the team left a first proposal a draft
    published_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=10, choices=Reason.choices, blank=True)  # the team took it out of public view
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "state", "-published_at"], name="proposal_list")]

    def __str__(self) -> str:
        return self.title or self.code


class PresentAuthors(models.Manager["Author"]):
    """Those who have not left: what ``proposal.authors`` gives."""

    def get_queryset(self) -> models.QuerySet["Author"]:
        return super().get_queryset().filter(left_at=None)


def author_code() -> str:
    """Names an author in her secret link and in her consents."""
    return new_code(10)


class Author(WithPresence):
    """Somebody who carries a proposal or helps to. The name is public only by consent; the secret link is her own."""

    class Part(models.TextChoices):
        CARRIES = "carries", _("carries it")
        CO_FACILITATES = "co_facilitates", _("co-facilitates")
        SPEAKS = "speaks", _("speaks")
        TAKES_NOTES = "takes_notes", _("takes notes")
        HELPS = "helps", _("gives a hand")  # lends a projector, looks after children …: named with the others, does not edit

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="authors")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    link_epoch = models.PositiveSmallIntegerField(default=0)  # raised to revoke the links sent
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="authorships")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    structure_name = models.CharField(max_length=150, blank=True)
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.CARRIES)
    name_is_public = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    left_at = models.DateTimeField(null=True)  # she left: kept a month, so that what follows elsewhere knows whom to forget

    objects = PresentAuthors()
    with_former = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "email"], condition=~models.Q(email=""), name="author_once_a_proposal")
        ]  # an erased author has no address any more
        indexes = [models.Index(fields=["email"], name="author_email")]

    def __str__(self) -> str:
        return self.name or "—"


class Revision(models.Model):
    """The whole text after a save: nothing is ever overwritten."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    author = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="+")  # who saved it, while she is there
    suggestion = models.ForeignKey("call.Suggestion", null=True, on_delete=models.SET_NULL, related_name="+")  # whose idea it was
    is_public = models.BooleanField(default=False)  # made once the proposal was published
    fields = models.JSONField()  # field name -> value, as JSON types
    changed = models.JSONField(default=list)  # names of the fields that differ from the revision before

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["proposal", "version"], name="revision_number")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
