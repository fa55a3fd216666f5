"""Forms of the team page, and of the gathering itself."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.commands import AxisText, EventText
from encommun.events.models import Axis, Event, Support
from encommun.events.models.team import ROLE_NAMES
from encommun.events.rules import LONGEST_LIFE, ROLES_OF_KEYS
from encommun.ui.forms import EmailField, Form, LineField, TextField


class RoleForm(Form):
    """Give a role to an address."""

    prefix = "role"

    email = EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("She signs in with a code sent to this address; she needs no account before."),
    )
    name = LineField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose"))] + [(role.value, name) for role, name in ROLE_NAMES.items()],
        help_text=_("Except for the door, a role works once the person has added a second proof of who she is."),
    )


class KeyForm(Form):
    """Make a key of the API."""

    prefix = "key"

    name = LineField(label=_("What the key is for"), max_length=80, help_text=_("For example: the booking form of our site."))
    role = forms.ChoiceField(label=_("Acts for"), choices=[(role.value, ROLE_NAMES[role]) for role in ROLES_OF_KEYS])
    days = forms.IntegerField(label=_("Days that it lives"), min_value=1, max_value=LONGEST_LIFE)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _by_language(values: dict[str, Any], name: str) -> dict[str, str]:
    return {language: values[f"{name}_{language}"] for language in ("fr", "en")}


class EventForm(Form):
    """What a gathering says of itself."""

    name = LineField(label=_("Name of the gathering"), max_length=150)
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    town = LineField(label=_("Town"), max_length=100, required=False)
    edition_fr = LineField(
        label=_("Edition, in French"), max_length=150, required=False, help_text=_("For example: third meeting of …")
    )
    edition_en = LineField(label=_("Edition, in English"), max_length=150, required=False)
    tagline_fr = LineField(
        label=_("In one sentence, in French"), max_length=240, required=False, help_text=_("What makes people want to come.")
    )
    tagline_en = LineField(label=_("In one sentence, in English"), max_length=240, required=False)
    purpose_fr = TextField(label=_("What for, in French"), max_length=2000, required=False, rows=3)
    purpose_en = TextField(label=_("What for, in English"), max_length=2000, required=False, rows=3)
    contact_email = EmailField(label=_("Address that people write to"), max_length=254, help_text=_("It is public."))
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone],
        help_text=_("Every time is shown in it."),
    )

    @classmethod
    def values_of(cls, event: Event) -> dict[str, Any]:
        """What the form begins with."""
        values = {name: getattr(event, name) for name in ("name", "starts_on", "ends_on", "town", "contact_email", "timezone")}
        for name in ("edition", "tagline", "purpose"):
            values |= {f"{name}_{language}": getattr(event, name).get(language, "") for language in ("fr", "en")}
        return values

    def text(self) -> EventText:
        """The arguments of the command."""
        values = self.cleaned_data
        plain = {name: values[name] for name in ("name", "starts_on", "ends_on", "town", "contact_email", "timezone")}
        return EventText(**plain, **{name: _by_language(values, name) for name in ("edition", "tagline", "purpose")})


HUES = [
    ("first", _("yellow, a door")),
    ("second", _("blue, marks in a grid")),
    ("third", _("green, two rings")),
    ("fourth", _("violet, a spark")),
]


class AxisForm(Form):
    """A working axis."""

    title_fr = LineField(label=_("Title, in French"), max_length=100)
    title_en = LineField(label=_("Title, in English"), max_length=100, required=False)
    text_fr = TextField(label=_("What is worked on, in French"), max_length=3000, required=False)
    text_en = TextField(label=_("What is worked on, in English"), max_length=3000, required=False)
    hue = forms.ChoiceField(label=_("Colour and shape"), choices=HUES, widget=forms.RadioSelect, initial="first")

    @classmethod
    def values_of(cls, axis: Axis) -> dict[str, Any]:
        """What the form begins with."""
        texts = {
            f"{name}_{language}": getattr(axis, name).get(language, "") for name in ("title", "text") for language in ("fr", "en")
        }
        return texts | {"hue": axis.hue}

    def axis(self) -> AxisText:
        """The arguments of the command."""
        values = self.cleaned_data
        return AxisText(title=_by_language(values, "title"), text=_by_language(values, "text"), hue=values["hue"])


class SupportForm(Form):
    """A body behind the gathering."""

    name = LineField(label=_("Name of the structure"), max_length=200)
    kind = forms.ChoiceField(label=_("How it stands behind the gathering"), choices=Support.Kind.choices, widget=forms.RadioSelect)
    url = forms.URLField(label=_("Its site"), max_length=200, required=False, assume_scheme="https")
