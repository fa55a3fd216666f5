"""Forms of the door."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.checkin.codes import CHARACTERS
from encommun.checkin.commands.welcome_walk_in import BY_ORDER, WalkIn
from encommun.checkin.models import Scan
from encommun.checkin.rules import MODES
from encommun.foundation.money import in_words
from encommun.payment.models import Payment
from encommun.registration.models import PassType
from encommun.registration.queries import Choice
from encommun.registration.rules import TARIFFS, price_of
from encommun.ui.dates import short_day
from encommun.ui.forms import EmailField, Form, LineField


class CodeShown(forms.CharField):
    """A code as it was read or typed. Its inner spaces count: a signed code may hold them."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value)


class ScanForm(Form):
    """One look at one code. ``scan_id`` is drawn with the page (or by the camera): a form sent twice is one scan."""

    code = CodeShown(
        label=_("Code of the pass, or name"),
        help_text=_("K7M2 QX9A, or the beginning of the first name or of the last name."),
        max_length=CHARACTERS + 20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    scan_id = forms.UUIDField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], widget=forms.HiddenInput, initial="typed")
    device = LineField(required=False, max_length=60, widget=forms.HiddenInput)
    door = forms.IntegerField(required=False, min_value=0, max_value=32767, widget=forms.HiddenInput)
    direction = forms.ChoiceField(choices=Scan.Direction.choices, required=False, widget=forms.HiddenInput)

    def clean_door(self) -> int:
        return self.cleaned_data["door"] or 0

    def clean_direction(self) -> str:
        return self.cleaned_data["direction"] or Scan.Direction.ENTRY


class UndoForm(Form):
    """The scan to take back."""

    scan_id = forms.UUIDField(widget=forms.HiddenInput)


class DoorForm(Form):
    """A door of the gathering."""

    name = LineField(label=_("Name of the door"), max_length=80, help_text=_("As people call it: «Stereolux, main entrance»."))
    passes = forms.MultipleChoiceField(
        label=_("Passes that come in by it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every pass."),
    )
    is_closed = forms.BooleanField(label=_("This door is closed"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[PassType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passes"].choices = [(str(kind.number), str(kind.name)) for kind in kinds]

    def arguments(self) -> dict[str, Any]:
        """The arguments of the command."""
        return self.cleaned_data | {"passes": [int(number) for number in self.cleaned_data["passes"]]}


class TrainingForm(Form):
    """One of the three training codes."""

    code = CodeShown(
        label=_("Training code"),
        max_length=CHARACTERS + 20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WalkInForm(Form):
    """Somebody without a pass. Only her name is asked for; an address is for who wants the pass by letter."""

    name = LineField(label=_("Her or his name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    choice = forms.ChoiceField(label=_("Which pass"), widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("Amount, for a pass of a free price"), required=False, min_value=0, max_digits=7, decimal_places=2, localize=True
    )
    paid = forms.ChoiceField(label=_("How it is paid"), widget=forms.RadioSelect, required=False)
    structure = LineField(label=_("Who pays: the name of the employer"), max_length=200, required=False)
    email = EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("Of the purchasing office, when the employer pays. Else only for who wants the pass by letter."),
    )
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], ways: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sold = {f"{one.value}|{tariff}": (one, tariff) for one in choices for tariff in _tariffs(one.pass_type)}
        labels = [(value, self._label(one, tariff)) for value, (one, tariff) in self.sold.items()]
        self.fields["choice"].choices = labels  # type: ignore[attr-defined]
        of_today = [value for value, (one, _tariff) in self.sold.items() if one.day == today]
        self.fields["choice"].initial = of_today[0] if of_today else None
        names = dict(Payment.Provider.choices)
        order = (BY_ORDER, _("The employer pays: a purchase order will come"))
        self.fields["paid"].choices = [*((name, names[name]) for name in ways), order]  # type: ignore[attr-defined]
        self.fields["paid"].is_asked_later = True  # type: ignore[attr-defined]  # nothing is asked of a free pass
        if all(one.pass_type.pricing != PassType.Pricing.FREE for one in choices):
            del self.fields["amount"]

    @staticmethod
    def _label(one: Choice, tariff: str) -> str:
        kind = one.pass_type
        words = [str(kind.name)] + ([short_day(one.day)] if one.day else [])
        if kind.pricing != PassType.Pricing.FREE:
            words += [str(TARIFFS[tariff])] if tariff else []
            words.append(in_words(price_of(kind, tariff)))
        return " · ".join(words + ([str(_("full"))] if one.availability == "full" else []))

    def clean(self) -> dict[str, Any]:
        """How it is paid is asked of who pays; who pays later, for whom and where to ask."""
        given = super().clean() or self.cleaned_data
        asked = self.sold.get(given.get("choice", ""))
        if asked is None:
            return given
        kind, needed = asked[0].pass_type, self.fields["name"].error_messages["required"]
        if kind.pricing == PassType.Pricing.FREE and given.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", needed)
        is_free = not (given.get("amount") if kind.pricing == PassType.Pricing.FREE else price_of(kind, asked[1]))
        if not is_free and not given.get("paid") and "paid" not in self.errors:
            self.add_error("paid", needed)
        if given.get("paid") == BY_ORDER:
            for name in ("structure", "email"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, needed)
        return given

    @property
    def key(self) -> str:
        """The key drawn with the page, or nothing when it is not one of ours."""
        try:
            return str(UUID(self.data.get("idempotency_key", "")))
        except ValueError:
            return ""

    def asked(self) -> WalkIn:
        """Of a valid form."""
        one, tariff = self.sold[self.cleaned_data["choice"]]
        amount = self.cleaned_data.get("amount")
        return WalkIn(
            name=self.cleaned_data["name"],
            pass_type=one.pass_type.slug,
            day=one.day,
            tariff=tariff,
            price_cents=int(amount * 100) if amount is not None and one.pass_type.pricing == PassType.Pricing.FREE else None,
            paid=self.cleaned_data["paid"],
            email=self.cleaned_data["email"],
            structure=self.cleaned_data["structure"],
        )


def _tariffs(kind: PassType) -> Sequence[str]:
    return tuple(TARIFFS) if kind.pricing == PassType.Pricing.SCALE else ("",)
