"""Forms of letters to groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.correspondence.models import Reminder
from encommun.correspondence.queries import Segment
from encommun.ui.forms import Form, LineField, TextField

PLACES = _("{nom} is the person’s name, {evenement} the gathering, {liens} her own links. Markdown is understood.")


class WordsForm(Form):
    """A subject and a text in both languages."""

    subject_fr = LineField(label=_("Subject, in French"), max_length=200)
    body_fr = TextField(label=_("Text, in French"), max_length=10000, rows=12, help_text=PLACES)
    subject_en = LineField(label=_("Subject, in English"), max_length=200, required=False)
    body_en = TextField(
        label=_("Text, in English"),
        max_length=10000,
        rows=8,
        required=False,
        help_text=_("Left empty, the French text goes to everybody."),
    )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """``subject`` and ``body`` by language; a language without both is left out."""
        data = self.cleaned_data
        kept = [language for language in ("fr", "en") if data[f"subject_{language}"] and data[f"body_{language}"]]
        return {name: {language: data[f"{name}_{language}"] for language in kept} for name in ("subject", "body")}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, str]:
        """What the fields hold of a letter, a model or a reminder."""
        return {
            f"{name}_{language}": getattr(row, name).get(language, "") for name in ("subject", "body") for language in ("fr", "en")
        }


def _choices(segments: list[Segment]) -> list[tuple[str, str]]:
    return [("", _("Choose a group")), *((one.slug, one.name) for one in segments)]


class LetterForm(WordsForm):
    """A letter to a group."""

    segment = forms.ChoiceField(label=_("To whom"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    field_order = ["segment"]

    def __init__(self, *args: Any, segments: list[Segment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].choices = _choices(segments)


class ReleaseForm(Form):
    """The version that was read again."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class TemplateForm(WordsForm):
    """Words to write again."""

    name = LineField(label=_("Name of the model"), max_length=80)

    field_order = ["name"]


class ReminderForm(WordsForm):
    """A letter that comes with the dates."""

    segment = forms.ChoiceField(label=_("To whom"))
    days = forms.IntegerField(label=_("How many days"), min_value=0, max_value=200)
    side = forms.ChoiceField(label=_("Before or after"), choices=[("-1", _("days before")), ("1", _("days after"))])
    anchor = forms.ChoiceField(label=_("Which date"), choices=Reminder.Anchor.choices)
    by_itself = forms.BooleanField(
        label=_("Send it without asking me"),
        required=False,
        help_text=_("Otherwise it waits among the letters to be read again, at nine in the morning."),
    )
    is_on = forms.BooleanField(label=_("This reminder is on"), required=False, initial=True)

    field_order = ["segment", "days", "side", "anchor"]

    def __init__(self, *args: Any, segments: list[Segment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].choices = _choices(segments)

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of ``ReminderText``."""
        data = self.cleaned_data
        return self.words | {
            "segment": data["segment"],
            "anchor": data["anchor"],
            "days": data["days"] * int(data["side"]),
            "by_itself": data["by_itself"],
            "is_on": data["is_on"],
        }

    @classmethod
    def initial_of(cls, row: Reminder) -> dict[str, Any]:
        """What the fields hold of a reminder."""
        side = "-1" if row.days <= 0 else "1"
        facts = {name: getattr(row, name) for name in ("segment", "anchor", "by_itself", "is_on")}
        return super().initial_of(row) | facts | {"days": abs(row.days), "side": side}


class OutboxForm(Form):
    """What to look for in the outbox."""

    q = LineField(label=_("Address or subject"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("waiting", _("Waiting")),
            ("sent", _("Sent")),
            ("failed", _("Not sent")),
            ("bounced", _("Came back")),
        ],
    )
