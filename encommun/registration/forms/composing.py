"""Forms with which the team composes passes, quotas, questions and conditions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.registration.commands import PassText, QuestionText, QuotaText
from encommun.registration.forms.fields import MomentField, MoneyField, both, in_zone
from encommun.registration.models import PassType, Question, Quota, Terms
from encommun.ui.dates import short_day
from encommun.ui.forms import Form, LineField, TextField


def _values_of(thing: Any, names: tuple[str, ...], localised: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(thing, name) for name in names}
    for name in localised:
        for language in ("fr", "en"):
            values[f"{name}_{language}"] = getattr(thing, name).get(language, "")
    return values


class PassForm(Form):
    """A kind of pass."""

    name_fr = LineField(label=_("Name in French"), max_length=100)
    name_en = LineField(label=_("Name in English"), max_length=100, required=False)
    text_fr = TextField(label=_("What it opens, in French"), max_length=2000, rows=2, required=False)
    text_en = TextField(label=_("What it opens, in English"), max_length=2000, rows=2, required=False)
    offered = forms.ChoiceField(label=_("Who is it offered to?"), choices=PassType.Offered.choices, widget=forms.RadioSelect)
    pricing = forms.ChoiceField(label=_("How is it priced?"), choices=PassType.Pricing.choices, widget=forms.RadioSelect)
    price_cents = MoneyField(
        label=_("Price"), help_text=_("The fair price of the three, or the suggestion of a free amount. 0: free.")
    )
    low_cents = MoneyField(label=_("Solidarity price, or minimum"), required=False)
    high_cents = MoneyField(label=_("Support price"), required=False)
    cost_cents = MoneyField(
        label=_("What a seat really costs"),
        required=False,
        help_text=_("Shown beside the prices, so that people choose knowingly."),
    )
    cost_text_fr = TextField(label=_("What this cost is made of, in French"), max_length=1000, rows=2, required=False)
    cost_text_en = TextField(label=_("What this cost is made of, in English"), max_length=1000, rows=2, required=False)
    right_fr = LineField(
        label=_("Reduced price: for whom, in French"),
        max_length=200,
        required=False,
        help_text=_("For example «en recherche d’emploi». It is looked at once at the door; only the day it was seen is kept."),
    )
    right_en = LineField(label=_("Reduced price: for whom, in English"), max_length=200, required=False)
    days = forms.MultipleChoiceField(label=_("Days"), widget=forms.CheckboxSelectMultiple, required=False)
    day_is_chosen = forms.BooleanField(label=_("One day only, which the person chooses among these"), required=False)
    min_per_booking = forms.IntegerField(label=_("At least, in one booking"), min_value=1, max_value=60, initial=1)
    max_per_booking = forms.IntegerField(label=_("At most, in one booking"), min_value=1, max_value=60, required=False)
    counts_in_quotas = forms.BooleanField(label=_("It takes places in the quotas"), required=False, initial=True)
    on_sale_from = MomentField(label=_("On sale from"))
    on_sale_until = MomentField(label=_("On sale until"))
    is_paused = forms.BooleanField(label=_("Paused: nobody can book it for now"), required=False)

    NAMES = (
        "offered",
        "pricing",
        "price_cents",
        "low_cents",
        "high_cents",
        "cost_cents",
        "day_is_chosen",
        "min_per_booking",
        "max_per_booking",
        "counts_in_quotas",
        "on_sale_from",
        "on_sale_until",
        "is_paused",
    )
    LOCALISED = ("name", "text", "cost_text", "right")

    def __init__(self, *args: Any, event: Event, pass_type: PassType | None = None, **kwargs: Any) -> None:
        if pass_type is not None:
            kwargs["initial"] = _values_of(pass_type, self.NAMES, self.LOCALISED) | {
                "days": pass_type.days or [day.isoformat() for day in event.days]
            }
        else:
            kwargs["initial"] = {"offered": "public", "pricing": "fixed", "days": [day.isoformat() for day in event.days]}
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(day.isoformat(), short_day(day)) for day in event.days]
        in_zone(self, event.zone)

    def text(self) -> PassText:
        """The argument of the command."""
        typed = self.cleaned_data
        values = {name: typed[name] for name in self.NAMES} | {name: both(typed, name) for name in self.LOCALISED}
        values |= {"low_cents": typed["low_cents"] or 0, "high_cents": typed["high_cents"] or 0, "days": typed["days"]}
        return PassText(**values)


class QuotaForm(Form):
    """Places that several passes or days share."""

    name_fr = LineField(label=_("Name in French"), max_length=100)
    name_en = LineField(label=_("Name in English"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What is counted together"), choices=Quota.Kind.choices[1:], widget=forms.RadioSelect)
    size = forms.IntegerField(label=_("Number of places"), min_value=0, max_value=100_000)
    day = forms.ChoiceField(label=_("Day"), required=False)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    passes = forms.MultipleChoiceField(
        label=_("Passes that it counts"), widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None ticked: all.")
    )

    def __init__(self, *args: Any, event: Event, quota: Quota | None = None, **kwargs: Any) -> None:
        if quota is not None:
            kwargs["initial"] = _values_of(quota, ("kind", "size"), ("name",)) | {
                "day": quota.day.isoformat() if quota.day else "",
                "venue": str(quota.venue_id or ""),
                "passes": [str(number) for number in quota.passes],
            }
        else:
            kwargs["initial"] = {"kind": Quota.Kind.WHOLE}
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [("", _("Whatever the day")), *((day.isoformat(), short_day(day)) for day in event.days)]
        venues = event.venues.order_by("name")
        self.fields["venue"].choices = [("", "—"), *((str(venue.pk), venue.name) for venue in venues)]
        self.fields["passes"].choices = [(str(kind.number), str(kind.name)) for kind in event.pass_types.all()]

    def text(self) -> QuotaText:
        """The argument of the command."""
        typed = self.cleaned_data
        return QuotaText(
            kind=typed["kind"],
            name=both(typed, "name"),
            size=typed["size"],
            day=date.fromisoformat(typed["day"]) if typed["day"] else None,
            venue_id=int(typed["venue"]) if typed["venue"] else None,
            passes=[int(number) for number in typed["passes"]],
        )


class QuestionForm(Form):
    """A question to holders."""

    label_fr = LineField(label=_("Question in French"), max_length=200)
    label_en = LineField(label=_("Question in English"), max_length=200, required=False)
    help_fr = TextField(label=_("Help in French"), max_length=500, rows=2, required=False)
    help_en = TextField(label=_("Help in English"), max_length=500, rows=2, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    choices_fr = TextField(label=_("Answers in French, one a line"), max_length=2000, rows=4, required=False)
    choices_en = TextField(label=_("Answers in English, one a line, in the same order"), max_length=2000, rows=4, required=False)
    passes = forms.MultipleChoiceField(
        label=_("Asked of the holders of"), widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None ticked: all.")
    )
    is_required = forms.BooleanField(label=_("An answer is needed"), required=False)

    def __init__(self, *args: Any, event: Event, question: Question | None = None, **kwargs: Any) -> None:
        if question is not None:
            kwargs["initial"] = _values_of(question, ("kind", "is_required"), ("label", "help")) | {
                "choices_fr": "\n".join(one.get("fr", "") for one in question.choices),
                "choices_en": "\n".join(one.get("en", "") for one in question.choices),
                "passes": [str(number) for number in question.passes],
            }
        else:
            kwargs["initial"] = {"kind": Question.Kind.LINE}
        super().__init__(*args, **kwargs)
        self.fields["passes"].choices = [(str(kind.number), str(kind.name)) for kind in event.pass_types.all()]

    def text(self) -> QuestionText:
        """The argument of the command."""
        typed = self.cleaned_data
        french = [line.strip() for line in typed["choices_fr"].splitlines() if line.strip()]
        english = [line.strip() for line in typed["choices_en"].splitlines() if line.strip()]
        choices = [{"fr": line, "en": english[n] if n < len(english) else ""} for n, line in enumerate(french)]
        return QuestionText(
            kind=typed["kind"],
            label=both(typed, "label"),
            help=both(typed, "help"),
            choices=choices,
            passes=[int(number) for number in typed["passes"]],
            is_required=typed["is_required"],
        )


class TermsForm(Form):
    """The conditions: dates, and what is given back until each."""

    STEPS = 3

    change_until = MomentField(label=_("Another day can be chosen until"), required=False)
    hand_over_until = MomentField(
        label=_("A pass can be handed over until"), required=False, help_text=_("Empty: until the end of the gathering.")
    )

    def __init__(self, *args: Any, event: Event, terms: Terms | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = self._values(terms) if terms else {}
        super().__init__(*args, **kwargs)
        for n in range(1, self.STEPS + 1):
            self.fields[f"until{n}"] = MomentField(label=_("Cancelled until"), required=False)
            self.fields[f"percent{n}"] = forms.IntegerField(
                label=_("Given back, in percent of the price"), min_value=0, max_value=100, required=False
            )
        in_zone(self, event.zone)

    @staticmethod
    def _values(terms: Terms) -> dict[str, Any]:
        values: dict[str, Any] = {"change_until": terms.change_until, "hand_over_until": terms.hand_over_until}
        for n, (until, percent) in enumerate(terms.steps[: TermsForm.STEPS], 1):
            values |= {f"until{n}": until, f"percent{n}": percent}
        return values

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for n in range(1, self.STEPS + 1):
            if (typed.get(f"until{n}") is None) != (typed.get(f"percent{n}") is None) and f"until{n}" not in self.errors:
                self.add_error(f"until{n}", _("Give both the date and the share, or neither."))
        return typed

    def arguments(self) -> dict[str, Any]:
        """The arguments of the command."""
        typed = self.cleaned_data
        steps = [(typed[f"until{n}"], typed[f"percent{n}"]) for n in range(1, self.STEPS + 1) if typed[f"until{n}"]]
        return {"change_until": typed["change_until"], "hand_over_until": typed["hand_over_until"], "refunds": steps}
