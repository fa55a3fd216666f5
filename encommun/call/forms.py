"""Forms of the call: text in, arguments of commands out."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from encommun.call import consents
from encommun.call.content import EMPTY, Content
from encommun.call.models import Author, Decision, Proposal
from encommun.call.reasons import READY_REASONS
from encommun.call.refusals import FilledTrap
from encommun.events.models import Event
from encommun.foundation.licences import LICENCES
from encommun.ui.forms import EmailField, Form, Honeypot, LineField, TextField


def without_limits(form: forms.Form) -> None:
    """No ``maxlength`` in the page: a browser would cut a pasted text without a word. The server says it instead."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


class StartForm(Form, Honeypot):
    """Two fields to begin with, and an address to find the draft again."""

    title = LineField(
        label=_("Title"), max_length=150, help_text=_("What would make somebody want to come. You can change it later.")
    )
    intention = TextField(
        label=_("Intention"),
        max_length=4000,
        rows=7,
        required=False,
        help_text=_("In a few sentences: what you want to share, question or build with others."),
    )
    email = EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("To send you the link to your draft. It is never published."),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_limits(self)
        self.initial.setdefault("key", uuid4().hex)

    def clean(self) -> dict[str, Any]:
        """Refuse what filled the trap, and empty it, so that a person can simply send again."""
        if self.is_spam:
            self.refuse(FilledTrap())
            self.draw_again(website="")
        return self.cleaned_data

    def draw_again(self, **values: str) -> None:
        """Change what the page will hold when it is drawn again."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = value


class LinkForm(Form, Honeypot):
    """Ask for one's links again."""

    email = EmailField(label=_("The e-mail of your proposal"), max_length=254)


class ProposalForm(Form):
    """The whole proposal, on one page. Nothing is required to save a draft; publishing asks for what readers need."""

    template_name = "call/proposal_form.html"
    asked_to_publish = ("title", "intention", "axis", "format", "minutes", "participants_do", "participants_leave_with", "licence")

    title = LineField(label=_("Title"), max_length=150, required=False)
    intention = TextField(
        label=_("Intention"),
        max_length=4000,
        rows=8,
        required=False,
        help_text=_("What you want to share, question or build with others. Readers see this first."),
    )
    axis = forms.ChoiceField(label=_("Working axis"), required=False, widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("Format"), required=False, widget=forms.RadioSelect)
    format_described = LineField(
        label=_("Your format, in a few words"),
        max_length=200,
        required=False,
        help_text=_("Only for another format: a walk, a game, a radio show, a map to draw together…"),
    )
    minutes = forms.IntegerField(
        label=_("Length, in minutes"),
        required=False,
        min_value=5,
        max_value=480,
        help_text=_("Most sessions last 60 or 90 minutes."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    participants_do = TextField(label=_("What participants will do"), max_length=3000, rows=5, required=False)
    participants_leave_with = TextField(
        label=_("What they will leave with"),
        max_length=3000,
        rows=4,
        required=False,
        help_text=_("A method, contacts, a text written together, a decision…"),
    )
    needs = TextField(
        label=_("What you need"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("Room, tables, projector, quiet, access: whatever makes it possible for you. You can leave this empty."),
    )
    licence = forms.ChoiceField(
        label=_("Licence of your text"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("It says what others may do with it."),
    )
    author_name = LineField(
        label=_("Your name"), max_length=120, required=False, help_text=_("Or the one by which people know you.")
    )
    structure_name = LineField(
        label=_("Your structure"), max_length=150, required=False, help_text=_("Library, association, town hall, company, or none.")
    )
    publish_name = forms.BooleanField(
        label=consents.TEXT,
        required=False,
        help_text=_("You can change your mind here at any time. Otherwise readers see «a person»."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, event: Event, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.asked_to_publish:
            self.fields[name].is_asked_later = True
        self.fields["axis"].choices = [(axis.slug, str(axis)) for axis in event.axes.all()]
        self.fields["format"].choices = [(format.slug, format_choice(format)) for format in event.formats.all()]
        self.fields["licence"].choices = [(licence.code, licence_choice(licence)) for licence in LICENCES.values()]
        without_limits(self)

    @staticmethod
    def values_of(proposal: Proposal, author: Author) -> dict[str, Any]:
        """What the form shows of a proposal and of the one who carries it."""
        names = {"author_name": author.name, "structure_name": author.structure_name, "publish_name": author.name_is_public}
        return Content.of(proposal).as_json() | names | {"version": proposal.version}

    def content(self) -> Content:
        """The text for the commands."""
        return Content(**{name: self.cleaned_data.get(name, default) for name, default in EMPTY.as_json().items()})

    def author(self) -> dict[str, Any]:
        """The arguments of ``introduce_author``."""
        data = self.cleaned_data
        return {"name": data["author_name"], "structure_name": data["structure_name"], "publish_name": data["publish_name"]}

    def differences(self, theirs: Content) -> list[tuple[str, Any, Any]]:
        """Label, saved text and typed text of each field that differs, for the page that shows both."""
        mine = self.content()
        names = [name for name in theirs.as_json() if getattr(theirs, name) != getattr(mine, name)]
        return [(self.fields[name].label, getattr(theirs, name) or "—", getattr(mine, name) or "—") for name in names]

    def carry_version(self, version: int) -> None:
        """Let the next save stand on the version that the page now shows."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def format_choice(format: Any) -> str:
    """A format with what it is for."""
    return (
        format_html("<span>{} <small>{}</small></span>", str(format), str(format.purpose)) if str(format.purpose) else str(format)
    )


def licence_choice(licence: Any) -> str:
    """A licence with what it allows, in a sentence."""
    return format_html("<span>{} <small>{}</small></span>", licence.name, licence.in_short)


class DecisionForm(Form):
    """The answer of the team: an outcome, and a reason picked or written."""

    outcome = forms.ChoiceField(label=_("Answer"), choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    ready = forms.ChoiceField(
        label=_("Reason"),
        choices=[*READY_REASONS.items(), ("own", _("In other words, below"))],
        widget=forms.RadioSelect,
        help_text=_("The authors read it word for word in their letter."),
    )
    reason = TextField(label=_("Reason, in your own words"), max_length=3000, rows=5, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_limits(self)

    def clean(self) -> dict[str, Any]:
        """Own words are there when they were chosen."""
        if self.cleaned_data.get("ready") == "own" and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write the reason: the authors will read it."))
        return self.cleaned_data

    def words(self) -> str:
        """The reason as a text, in the language now active."""
        ready = self.cleaned_data["ready"]
        return self.cleaned_data["reason"] if ready == "own" else str(READY_REASONS[ready])


class ReleaseForm(Form):
    """The answers that were read, and the yes to sending them."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=200_000)

    def seen(self) -> dict[str, str]:
        """Code of each proposal -> when its answer was decided, as it was read."""
        pairs = (line.partition("@") for line in self.cleaned_data["read"].split())
        return {code: at for code, _sign, at in pairs}
