"""Forms of talking: text in, arguments of commands out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.deliberation import consents
from encommun.deliberation.models import Reason
from encommun.deliberation.refusals import TrapFilled
from encommun.deliberation.rules import LONGEST
from encommun.foundation.actor import Actor
from encommun.ui.forms import EmailField, Form, Honeypot, LineField, TextField


class Unlimited(Form):
    """No ``maxlength`` in the page: a browser would cut a pasted text without a word. The server says it instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class Trapped(Unlimited, Honeypot):
    """A form that anyone may send: what fills the trap is refused, and a person can send again."""

    def clean(self) -> dict[str, Any]:
        if self.is_spam:
            self.refuse(TrapFilled())
            self.data = self.data.copy()
            self.data["website"] = ""
        return self.cleaned_data


class WordsForm(Unlimited):
    """What one says, and whether one's name goes with it."""

    words = TextField(label=_("Your message"), max_length=LONGEST, rows=6, help_text=_("Everyone can read it."))
    name = LineField(label=_("Your name"), max_length=120, required=False)
    publish_name = forms.BooleanField(label=consents.TEXT, required=False, help_text=_("Otherwise readers see «a person»."))


class CommentForm(Trapped, WordsForm):
    """A message, from an account or with an address that a letter proves."""

    email = EmailField(label=_("Your e-mail"), max_length=254, help_text=_("To confirm your message. It is never published."))
    follow = forms.BooleanField(label=_("Tell me of the answers by e-mail, once a day at most"), required=False)
    field_order = ["words", "name", "publish_name", "email", "follow"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"email": actor.email})
        super().__init__(*args, **kwargs)
        if actor.is_signed_in:
            self.fields["email"].help_text = _("It is never published.")

    def comment(self) -> dict[str, Any]:
        """The arguments of ``write_comment``."""
        return {name: self.cleaned_data[name] for name in ("words", "email", "name", "publish_name", "follow")}


class ReportForm(Trapped):
    """Why a message should not be there."""

    reason = forms.ChoiceField(label=_("What is wrong"), choices=Reason.choices, widget=forms.RadioSelect)
    words = TextField(label=_("A word for the team"), max_length=1000, rows=3, required=False)

    def report(self) -> dict[str, str]:
        """The arguments of ``report_comment``."""
        return {"reason": self.cleaned_data["reason"], "words": self.cleaned_data["words"]}


class InterestForm(Trapped):
    """An address, to count each person once."""

    email = EmailField(label=_("Your e-mail"), max_length=254, help_text=_("A letter confirms it. It is never published."))


class TalkForm(Unlimited):
    """How people write about a kind of topic."""

    is_open = forms.BooleanField(label=_("People can write"), required=False)
    closes_on = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty while there is no last day."),
    )
    reads_first = forms.BooleanField(
        label=_("The first message of somebody unknown waits for the team"),
        required=False,
        help_text=_("Those whose message was shown once, and those whose proposal it is, do not wait."),
    )


class CommitteeForm(Unlimited):
    """The rules of the committee, in the languages of the site."""

    rules_fr = TextField(
        label=_("Rules, in French"), max_length=6000, rows=8, help_text=_("What it does, how it decides, how long one stays.")
    )
    rules_en = TextField(label=_("Rules, in English"), max_length=6000, rows=8, required=False)
    is_open = forms.BooleanField(label=_("People can ask to join"), required=False)

    def rules(self) -> dict[str, str]:
        """The texts by language."""
        return {"fr": self.cleaned_data["rules_fr"], "en": self.cleaned_data["rules_en"]}


class JoinForm(Unlimited):
    """Ask to join."""

    name = LineField(label=_("Your name"), max_length=120)
    publish_name = forms.BooleanField(
        label=consents.JOIN_TEXT, required=False, help_text=_("Otherwise you are counted without being named.")
    )
    words = TextField(
        label=_("A word for the team"),
        max_length=1000,
        rows=4,
        required=False,
        help_text=_("What you would like to bring; nobody else reads it."),
    )


class OwnNameForm(Unlimited):
    """One's own name in the committee."""

    name = LineField(label=_("Your name"), max_length=120)
    publish_name = forms.BooleanField(label=consents.JOIN_TEXT, required=False)


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class MeetingForm(Unlimited):
    """A meeting and its notes."""

    held_on = _day(label=_("Day"))
    title = LineField(label=_("Title"), max_length=150)
    notes = TextField(
        label=_("Notes"),
        max_length=20000,
        rows=12,
        required=False,
        help_text=_("Everyone can read them. Name people only with their agreement."),
    )


class ResolutionForm(Unlimited):
    """What was decided, and why."""

    decided_on = _day(label=_("Day"))
    decision = LineField(label=_("Decision"), max_length=300)
    reason = TextField(label=_("Why"), max_length=3000, rows=4)


class PollForm(Unlimited):
    """A vote to prepare."""

    title = LineField(label=_("Title"), max_length=150)
    question = TextField(label=_("Question"), max_length=2000, rows=3, help_text=_("What voters are asked about each of them."))
    electorate = forms.ChoiceField(label=_("Who votes"), widget=forms.RadioSelect)
    closes_on = _day(label=_("Until the end of"))
    codes = forms.MultipleChoiceField(label=_("What is judged"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, electorates: list[tuple[str, Any]], topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["electorate"].choices = electorates
        self.fields["codes"].choices = topics
