"""Forms by which the team composes its call. Moments are in the event's zone (the view sets it)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.call.commands import FormatText, QuestionText
from encommun.call.models import Call, Format, Question
from encommun.events.models import Event
from encommun.events.queries import events_seen_by
from encommun.foundation.actor import Actor
from encommun.ui.forms import Form, LineField, TextField


def moment_field(**kwargs: Any) -> forms.DateTimeField:
    """A day and a time, as browsers write them."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]
    return forms.DateTimeField(widget=widget, input_formats=formats, **kwargs)


class CallForm(Form):
    """Text and dates of the call."""

    instruction_fr = TextField(label=_("The call, in French"), max_length=2000, rows=4)
    instruction_en = TextField(label=_("The call, in English"), max_length=2000, rows=4, required=False)
    opens_at = moment_field(label=_("Opens"))
    closes_at = moment_field(label=_("Closes"), help_text=_("Through the last second: 23:59:59 keeps the whole day."))
    reason = LineField(
        label=_("Why it is put off"),
        max_length=300,
        required=False,
        help_text=_("Only when you move the deadline of an open call to a later day: everyone reads it beside the call."),
    )
    reads_first = forms.BooleanField(
        label=_("The team reads the first proposal of an unknown person before everyone does"),
        required=False,
        help_text=_("Only if you meet abuse: authors then wait for you, and are told so."),
    )

    @staticmethod
    def values_of(call: Call | None) -> dict[str, Any]:
        """What the form shows of a call."""
        if call is None:
            return {}
        text = call.instruction
        plain = {"opens_at": call.opens_at, "closes_at": call.closes_at, "reads_first": call.reads_first}
        return {"instruction_fr": text.get("fr", ""), "instruction_en": text.get("en", "")} | plain

    def call(self) -> dict[str, Any]:
        """The arguments of ``write_call``."""
        data = self.cleaned_data
        text = {"fr": data["instruction_fr"], "en": data["instruction_en"]}
        return {"instruction": text} | {name: data[name] for name in ("opens_at", "closes_at", "reason", "reads_first")}


class FormatForm(Form):
    """A format."""

    name_fr = LineField(label=_("Name, in French"), max_length=60)
    name_en = LineField(label=_("Name, in English"), max_length=60, required=False)
    purpose_fr = LineField(label=_("What it is for, in French"), max_length=200, required=False)
    purpose_en = LineField(label=_("What it is for, in English"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Length, in minutes"), min_value=5, max_value=480, initial=60)
    is_free = forms.BooleanField(label=_("Authors describe it in their own words"), required=False)
    opens_at = moment_field(label=_("Opens"), required=False, help_text=_("Only when it differs from the call's."))
    closes_at = moment_field(label=_("Closes"), required=False, help_text=_("Only when it differs from the call's."))

    @staticmethod
    def values_of(format: Format) -> dict[str, Any]:
        """What the form shows of a format."""
        texts = {f"{name}_{lang}": getattr(format, name).get(lang, "") for name in ("name", "purpose") for lang in ("fr", "en")}
        return texts | {name: getattr(format, name) for name in ("minutes", "is_free", "opens_at", "closes_at")}

    def text(self) -> FormatText:
        """The argument of ``write_format``."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("minutes", "is_free", "opens_at", "closes_at")}
        return FormatText(name=_both(data, "name"), purpose=_both(data, "purpose"), **plain)


class QuestionForm(Form):
    """A question."""

    kind = forms.ChoiceField(label=_("The answer is"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    label_fr = LineField(label=_("Question, in French"), max_length=200)
    label_en = LineField(label=_("Question, in English"), max_length=200, required=False)
    help_fr = LineField(label=_("Help, in French"), max_length=300, required=False)
    help_en = LineField(label=_("Help, in English"), max_length=300, required=False)
    choices = TextField(
        label=_("Choices"),
        max_length=3000,
        rows=4,
        required=False,
        help_text=_("One a line, in French; its English after a bar: Oui, volontiers | Yes, gladly"),
    )
    least = forms.IntegerField(
        label=_("At least"), required=False, min_value=1, max_value=1_000_000, help_text=_("To publish; a draft may say less.")
    )
    most = forms.IntegerField(
        label=_("At most"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Signs of a text, or the greatest number."),
    )
    is_required = forms.BooleanField(label=_("Needed to publish"), required=False)
    is_public = forms.BooleanField(label=_("Everyone reads the answer"), required=False, initial=True)
    axis = forms.ModelChoiceField(label=_("Only for this axis"), queryset=None, required=False, to_field_name="slug")
    format = forms.ModelChoiceField(label=_("Only for this format"), queryset=None, required=False, to_field_name="slug")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset, self.fields["format"].queryset = event.axes.all(), event.formats.all()
        self.fields["axis"].empty_label = _("All axes")
        self.fields["format"].empty_label = _("All formats")

    @staticmethod
    def values_of(question: Question) -> dict[str, Any]:
        """What the form shows of a question."""
        texts = {f"{name}_{lang}": getattr(question, name).get(lang, "") for name in ("label", "help") for lang in ("fr", "en")}
        lines = (" | ".join(filter(None, (choice.get("fr"), choice.get("en")))) for choice in question.choices)
        plain = {name: getattr(question, name) for name in ("kind", "least", "most", "is_required", "is_public")}
        where = {name: getattr(question, name).slug if getattr(question, name) else None for name in ("axis", "format")}
        return texts | plain | where | {"choices": "\n".join(lines)}

    def text(self) -> QuestionText:
        """The argument of ``write_question``."""
        data = self.cleaned_data
        pairs = [[part.strip() for part in line.partition("|")[::2]] for line in data["choices"].splitlines() if line.strip()]
        choices = [{"fr": french, "en": english} for french, english in pairs if french]
        plain = {name: data[name] for name in ("kind", "least", "most", "is_required", "is_public", "axis", "format")}
        return QuestionText(label=_both(data, "label"), help=_both(data, "help"), choices=choices, **plain)


class LateLinkForm(Form):
    """A link for those who are late."""

    words = LineField(label=_("What it is for"), max_length=120, help_text=_("For instance: libraries met in June. Never a name."))
    until = moment_field(label=_("Until"))


class CopyForm(Form):
    """Begin with another call."""

    source = forms.ModelChoiceField(label=_("From which gathering"), queryset=None, to_field_name="slug")
    opens_at = moment_field(label=_("Opens"))
    closes_at = moment_field(label=_("Closes"))

    def __init__(self, *args: Any, event: Event, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = [one.pk for one in events_seen_by(actor)]
        others = Event.objects.filter(pk__in=seen).exclude(call=None).exclude(pk=event.pk)
        self.fields["source"].queryset = others.order_by("-starts_on")


def _both(data: dict[str, Any], name: str) -> dict[str, str]:
    return {"fr": data[f"{name}_fr"], "en": data[f"{name}_en"]}
