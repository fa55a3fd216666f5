"""Forms about passes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.foundation.money import in_words
from encommun.registration.commands import SeatWish
from encommun.registration.models import Booking
from encommun.registration.queries import Choice
from encommun.registration.rules import METHODS, MOST_SEATS
from encommun.ui.dates import short_day
from encommun.ui.forms import EmailField, Form, Honeypot, LineField, TextField


def choice_label(choice: Choice) -> str:
    """«Pass 1 jour, jeudi 13 septembre : 35 €», with what is left in words."""
    day = f", {short_day(choice.day)}" if choice.day else ""
    words = {"few": f" · {_('Last places')}", "full": f" · {_('Full')}"}.get(choice.availability, "")
    return f"{choice.pass_type.name}{day} · {in_words(choice.pass_type.price_cents)}{words}"


class BuyerForm(Honeypot, Form):
    """Who books, and how it will be paid."""

    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail address"), max_length=254, help_text=_("The link of your booking goes there."))
    structure = LineField(
        label=_("Structure"),
        max_length=200,
        required=False,
        help_text=_("Library, association, town hall… It helps us to recognise a bank transfer."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    payment_method = forms.ChoiceField(label=_("Way of paying"), widget=forms.RadioSelect)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, methods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payment_method"].choices = [(method, METHODS[method]) for method in methods]
        self.fields["payment_method"].initial = methods[0]

    @property
    def key(self) -> str:
        """The key drawn with the page, or nothing when it is not one of ours."""
        try:
            return str(UUID(self.data.get(self.add_prefix("idempotency_key"), "")))
        except ValueError:
            return ""


class SeatForm(Form):
    """One pass, and who comes with it."""

    choice = forms.ChoiceField(label=_("Pass"), widget=forms.RadioSelect)
    holder_name = LineField(
        label=_("Name of the person who comes"),
        max_length=120,
        required=False,
        help_text=_("You can fill this in later."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    holder_email = EmailField(
        label=_("Her or his e-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {choice.value: choice for choice in choices}
        self.fields["choice"].choices = [(choice.value, choice_label(choice)) for choice in choices]

    @property
    def chosen(self) -> Choice:
        """What was chosen; of a valid form."""
        return self.choices[self.cleaned_data["choice"]]

    def wish(self) -> SeatWish:
        """As the command takes it."""
        chosen, typed = self.chosen, self.cleaned_data
        return SeatWish(
            pass_type=chosen.pass_type.slug,
            day=chosen.day,
            holder_name=typed["holder_name"],
            holder_email=typed["holder_email"],
        )


def count_of(typed: str | None) -> int:
    """How many passes a page shows: 1 to 10, whatever was typed."""
    return min(max(int(typed), 1), MOST_SEATS) if typed and typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


class NameForm(Form):
    """Who comes with a pass."""

    holder_name = LineField(label=_("Name of the person who comes"), max_length=120)
    holder_email = EmailField(
        label=_("Her or his e-mail address"),
        max_length=254,
        required=False,
        help_text=_("The pass goes there, with a link of its own."),
    )


class FilterForm(Form):
    """What the team's list is narrowed to. Wrong values narrow nothing."""

    q = LineField(label=_("Name, address or code"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    method = forms.ChoiceField(label=_("Way of paying"), required=False)
    day = forms.ChoiceField(label=_("Day"), required=False)

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["state"].choices = everything + list(Booking.State.choices)
        self.fields["method"].choices = [*everything, *METHODS.items(), ("free", _("Free"))]
        self.fields["day"].choices = everything + [(day.isoformat(), short_day(day)) for day in days]


class CancelForm(Form):
    """Why the team cancels."""

    reason = TextField(label=_("Why"), rows=3, max_length=2000, help_text=_("The person who booked receives this sentence."))


class SizeForm(Form):
    """How many places a day has."""

    size = forms.IntegerField(label=_("Number of places"), min_value=0, max_value=100_000)
