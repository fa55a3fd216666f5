"""Forms about passes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.foundation.localised import Localised
from encommun.foundation.money import in_words
from encommun.registration.commands import SeatWish
from encommun.registration.forms.fields import MoneyField
from encommun.registration.models import Booking, PassType, Question, Seat
from encommun.registration.queries import Choice
from encommun.registration.refusals import WrongPrice
from encommun.registration.rules import GROUP_SEATS, METHODS, MOST_SEATS, TARIFFS, WAYS, days_of, price_of
from encommun.ui.dates import short_day
from encommun.ui.forms import EmailField, Form, Honeypot, LineField, TextField


def choice_label(choice: Choice) -> str:
    """«Pass 1 jour, jeudi 13 septembre : 35 €», with what is left in words."""
    day = f", {short_day(choice.day)}" if choice.day else ""
    words = {"few": f" · {_('Last places')}", "full": f" · {_('Full')}"}.get(choice.availability, "")
    return f"{choice.pass_type.name}{day} · {price_label(choice.pass_type)}{words}"


def price_label(kind: PassType) -> str:
    """«35 €», «de 15 € à 60 €», «dès 10 €»."""
    match kind.pricing:
        case PassType.Pricing.SCALE:
            return _("{low} to {high}").format(low=in_words(kind.low_cents), high=in_words(kind.high_cents))
        case PassType.Pricing.FREE:
            return _("from {low}").format(low=in_words(kind.low_cents))
    return in_words(kind.price_cents)


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
    voucher = LineField(
        label=_("A code"),
        max_length=30,
        required=False,
        help_text=_("If the team gave you one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    forward_cents = MoneyField(
        label=_("For somebody else"),
        required=False,
        help_text=_("An amount for the fund of suspended passes, as you wish. It is not given back."),
    )
    payment_method = forms.ChoiceField(label=_("Way of paying"), widget=forms.RadioSelect)
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, methods: Sequence[str], has_fund: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_fund:
            del self.fields["forward_cents"]
        self.fields["payment_method"].choices = [(method, METHODS[method]) for method in methods]
        self.fields["payment_method"].initial = methods[0]

    @property
    def key(self) -> str:
        """The key drawn with the page, or nothing when it is not one of ours."""
        try:
            return str(UUID(self.data.get(self.add_prefix("idempotency_key"), "")))
        except ValueError:
            return ""


class PassRadios(forms.RadioSelect):
    """Passes to choose from; each says how it is priced, so that the page shows only the prices that the chosen one has."""

    pricing: Mapping[str, str] = {}
    full: Collection[str] = ()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-pricing"] = self.pricing.get(str(value), "")
        if str(value) in self.full:
            option["attrs"]["disabled"] = True
        return option


class SeatForm(Form):
    """One pass, and who comes with it."""

    choice = forms.ChoiceField(label=_("Pass"), widget=PassRadios)
    tariff = forms.ChoiceField(
        label=_("Your price"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Choose what suits your means: nobody asks why, and the pass is the same."),
    )
    amount = MoneyField(
        label=_("Your amount"),
        required=False,
        help_text=_("As you wish, from the minimum on. The suggestion covers what the seat costs."),
    )
    for_me = forms.BooleanField(label=_("This pass is for me"), required=False)
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

    def __init__(
        self, *args: Any, choices: Sequence[Choice], may_be_mine: bool = False, has_code: bool = False, **kwargs: Any
    ) -> None:
        """``may_be_mine``: the first pass of somebody who does not book for a group. ``has_code``: a code may keep places of a full day."""
        super().__init__(*args, **kwargs)
        if not may_be_mine:
            del self.fields["for_me"]
        self.choices = {choice.value: choice for choice in choices}
        self.fields["choice"].choices = [(choice.value, choice_label(choice)) for choice in choices]
        if not has_code:
            self.fields["choice"].widget.full = {choice.value for choice in choices if not choice.is_free_to_take}
        self.fields["choice"].widget.pricing = {choice.value: choice.pass_type.pricing for choice in choices}
        kinds = {choice.pass_type.number: choice.pass_type for choice in choices}.values()
        self._offer_scale([kind for kind in kinds if kind.pricing == PassType.Pricing.SCALE])
        self._offer_amount([kind for kind in kinds if kind.pricing == PassType.Pricing.FREE])

    def _offer_scale(self, kinds: Sequence[PassType]) -> None:
        if not kinds:
            del self.fields["tariff"]
            return
        field = self.fields["tariff"]
        if len(kinds) < len({choice.pass_type.number for choice in self.choices.values()}):
            field.label = _("Your price, for: {passes}").format(passes=", ".join(str(kind.name) for kind in kinds))
        field.choices = [(tariff, f"{words} · {amounts_of(kinds, tariff)}") for tariff, words in TARIFFS.items()]
        if not self.initial.get("tariff"):
            self.initial["tariff"] = "fair"  # never the lowest

    def _offer_amount(self, kinds: Sequence[PassType]) -> None:
        if not kinds:
            del self.fields["amount"]
        elif not self.initial.get("amount"):
            self.initial["amount"] = kinds[0].price_cents  # the suggestion, never the minimum

    def clean(self) -> dict[str, Any]:
        """The price of the pass that was chosen, refused here with its sentence."""
        typed = super().clean() or self.cleaned_data
        chosen = self.choices.get(typed.get("choice", ""))
        if chosen is None or "amount" in self.errors or "tariff" in self.errors:
            return typed
        try:
            typed["price_cents"] = price_of(chosen.pass_type, typed.get("tariff", ""), typed.get("amount"))
        except WrongPrice as refused:
            self.refuse(refused, "amount" if chosen.pass_type.pricing == PassType.Pricing.FREE else "tariff")
        return typed

    @property
    def chosen(self) -> Choice:
        """What was chosen; of a valid form."""
        return self.choices[self.cleaned_data["choice"]]

    def _holder(self, buyer: "BuyerForm") -> dict[str, str]:
        typed = self.cleaned_data
        if typed.get("for_me"):
            return {"holder_name": buyer.cleaned_data["name"], "holder_email": buyer.cleaned_data["email"]}
        return {"holder_name": typed["holder_name"], "holder_email": typed["holder_email"]}

    def wish(self, buyer: "BuyerForm") -> SeatWish:
        """As the command takes it."""
        chosen, typed = self.chosen, self.cleaned_data
        return SeatWish(
            pass_type=chosen.pass_type.slug,
            day=chosen.day,
            tariff=typed.get("tariff", ""),
            price_cents=typed.get("amount"),
            **self._holder(buyer),
        )

    def seat(self, event: Event, buyer: "BuyerForm") -> Seat:
        """The pass that would be booked, to be priced and shown."""
        chosen, typed = self.chosen, self.cleaned_data
        days = days_of(chosen.pass_type, event, chosen.day) or []
        return Seat(
            pass_type=chosen.pass_type,
            days=[day.isoformat() for day in days],
            price_cents=typed["price_cents"],
            tariff=typed.get("tariff", "") if chosen.pass_type.pricing == PassType.Pricing.SCALE else "",
            **self._holder(buyer),
        )


def amounts_of(kinds: Sequence[PassType], tariff: str) -> str:
    """The amounts of a price in words: «15 €», or of each pass where there are several."""
    amounts = [(str(kind.name), in_words(price_of(kind, tariff))) for kind in kinds]
    if len(amounts) == 1:
        return amounts[0][1]
    return ", ".join(f"{name} {amount}" for name, amount in amounts)


def group_size(typed: str | None) -> int | None:
    """How many people come with a group: 2 to 60, or None when it cannot be read."""
    if not typed or not typed.isascii() or not typed.isdigit() or len(typed) > 3:
        return None
    return int(typed) if 2 <= int(typed) <= GROUP_SEATS else None


def count_of(typed: str | None) -> int:
    """How many passes a page shows: 1 to 10, whatever was typed."""
    return min(max(int(typed), 1), MOST_SEATS) if typed and typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


class WaitForm(Honeypot, Form):
    """Who waits, for which pass, and for how many people."""

    choice = forms.ChoiceField(label=_("Pass"), widget=forms.RadioSelect)
    places = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=MOST_SEATS, initial=1)
    name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("The offer goes there as soon as places are free.")
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {choice.value: choice for choice in choices}
        self.fields["choice"].choices = [(choice.value, choice_label(choice)) for choice in choices]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the command."""
        typed, chosen = self.cleaned_data, self.choices[self.cleaned_data["choice"]]
        return {
            "pass_type": chosen.pass_type.slug,
            "day": chosen.day,
            "places": typed["places"],
            "name": typed["name"],
            "email": typed["email"],
        }


class OfferForm(Form):
    """How the places of an offer are paid."""

    tariff = forms.ChoiceField(label=_("Your price"), widget=forms.RadioSelect, initial="fair")
    payment_method = forms.ChoiceField(label=_("Way of paying"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: PassType, methods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.pricing == PassType.Pricing.SCALE:
            self.fields["tariff"].choices = [
                (tariff, f"{words} · {amounts_of([kind], tariff)}") for tariff, words in TARIFFS.items()
            ]
        else:
            del self.fields["tariff"]
        if kind.price_cents or kind.high_cents:
            self.fields["payment_method"].choices = [(method, METHODS[method]) for method in methods]
            self.fields["payment_method"].initial = methods[0]
        else:
            del self.fields["payment_method"]


class NameForm(Form):
    """Who comes with a pass."""

    holder_name = LineField(label=_("Name of the person who comes"), max_length=120)
    holder_email = EmailField(
        label=_("Her or his e-mail address"),
        max_length=254,
        required=False,
        help_text=_("The pass goes there, with a link of its own."),
    )

    def __init__(self, *args: Any, is_mine: bool = False, **kwargs: Any) -> None:
        """``is_mine``: as the person who comes reads it."""
        super().__init__(*args, **kwargs)
        if is_mine:
            self.fields["holder_name"].label, self.fields["holder_email"].label = _("Your name"), _("Your e-mail address")


class HandOverForm(Form):
    """Who comes instead."""

    holder_name = LineField(label=_("Name of the person who comes"), max_length=120)
    holder_email = EmailField(
        label=_("Her or his e-mail address"), max_length=254, help_text=_("The pass goes there, with a link of its own.")
    )


class DayForm(Form):
    """Another day for a pass."""

    day_chosen = forms.ChoiceField(label=_("Day"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, days: Sequence[tuple[date, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"open": "", "few": f" · {_('Last places')}", "full": f" · {_('Full')}"}
        self.fields["day_chosen"].choices = [(day.isoformat(), f"{short_day(day)}{words[left]}") for day, left in days]

    @property
    def day(self) -> date:
        """What was chosen; of a valid form."""
        return date.fromisoformat(self.cleaned_data["day_chosen"])


class QuestionsForm(Form):
    """What the team asks of who comes."""

    def __init__(self, *args: Any, questions: Sequence[Question], answers: dict[int, str], **kwargs: Any) -> None:
        kwargs["initial"] = {f"q{question.pk}": answers.get(question.pk, "") for question in questions}
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"q{question.pk}"] = self._field(question)

    @staticmethod
    def _field(question: Question) -> forms.Field:
        about = {"label": str(question.label), "help_text": str(question.help), "required": question.is_required}
        match question.kind:
            case Question.Kind.TEXT:
                return TextField(**about, rows=4, max_length=2000)
            case Question.Kind.YES:
                return forms.ChoiceField(**about, choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect)
            case Question.Kind.CHOICE:
                choices = [(str(n), str(Localised(words))) for n, words in enumerate(question.choices)]
                return forms.ChoiceField(**about, choices=choices, widget=forms.RadioSelect)
        return LineField(**about, max_length=2000)

    def answers(self) -> dict[int, str]:
        """The argument of the command."""
        return {question.pk: self.cleaned_data[f"q{question.pk}"] for question in self.questions}


class FilterForm(Form):
    """What the team's list is narrowed to. Wrong values narrow nothing."""

    q = LineField(label=_("Name, address or code"), max_length=200, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    method = forms.ChoiceField(label=_("Way of paying"), required=False)
    day = forms.ChoiceField(label=_("Day"), required=False)
    kind = forms.ChoiceField(label=_("Pass"), required=False)

    def __init__(self, *args: Any, days: Sequence[date], kinds: Sequence[PassType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["state"].choices = everything + list(Booking.State.choices)
        self.fields["method"].choices = [*everything, *WAYS.items()]
        self.fields["day"].choices = everything + [(day.isoformat(), short_day(day)) for day in days]
        self.fields["kind"].choices = everything + [(kind.slug, str(kind.name)) for kind in kinds]


class SearchForm(Form):
    """A name or a code to look for."""

    q = LineField(label=_("Name or code"), max_length=200, required=False)


class CancelForm(Form):
    """Why the team cancels."""

    reason = TextField(label=_("Why"), rows=3, max_length=2000, help_text=_("The person who booked receives this sentence."))


class SizeForm(Form):
    """How many places a day has."""

    size = forms.IntegerField(label=_("Number of places"), min_value=0, max_value=100_000)
