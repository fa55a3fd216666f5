"""Forms about codes and the fund of suspended passes."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.registration.commands import VoucherText
from encommun.registration.forms.fields import MomentField, MoneyField, both, in_zone
from encommun.registration.models import Fund, Voucher
from encommun.ui.dates import short_day
from encommun.ui.forms import CodeField, Form, LineField, TextField


class VoucherForm(Form):
    """A new code."""

    note = LineField(label=_("For whom, or why"), max_length=200, required=False, help_text=_("For the team only."))
    kind = forms.ChoiceField(label=_("What it does"), choices=Voucher.Kind.choices, widget=forms.RadioSelect, initial="amount")
    cents = MoneyField(label=_("Amount less, or fixed price"), required=False)
    percent = forms.IntegerField(label=_("Share less, in percent"), min_value=1, max_value=100, required=False)
    uses = forms.IntegerField(
        label=_("How many passes it serves"), min_value=1, max_value=10_000, initial=1, help_text=_("One use is one pass.")
    )
    code = CodeField(
        label=_("The code itself"), max_length=20, required=False, help_text=_("Empty: it is drawn, eight letters and digits.")
    )
    passes = forms.MultipleChoiceField(
        label=_("For which passes"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: every pass sold to everybody. A pass kept for codes is opened by ticking it."),
    )
    valid_from = MomentField(label=_("Works from"), required=False)
    valid_until = MomentField(label=_("Works until"), required=False)
    reserves = forms.BooleanField(
        label=_("Keep its places from everybody else until it ends"), required=False, help_text=_("For one pass only.")
    )
    reserved_day = forms.ChoiceField(label=_("Day of the kept places"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passes"].choices = [(str(kind.number), str(kind.name)) for kind in event.pass_types.all()]
        self.fields["reserved_day"].choices = [("", "—"), *((day.isoformat(), short_day(day)) for day in event.days)]
        in_zone(self, event.zone)

    def text(self) -> VoucherText:
        """The argument of the command."""
        typed = self.cleaned_data
        by_share = typed["kind"] == Voucher.Kind.SHARE
        names = ("note", "kind", "uses", "code", "valid_from", "valid_until", "reserves")
        return VoucherText(
            **{name: typed[name] for name in names},
            value=(typed["percent"] if by_share else typed["cents"]) or 0,
            passes=[int(number) for number in typed["passes"]],
            reserved_day=date.fromisoformat(typed["reserved_day"]) if typed["reserved_day"] else None,
        )


class FundForm(Form):
    """The fund, as the team keeps it."""

    is_open = forms.BooleanField(label=_("Open: people can pay forward, and codes can draw from it"), required=False)
    text_fr = TextField(label=_("How to ask for a suspended pass, in French"), max_length=2000, rows=3, required=False)
    text_en = TextField(label=_("How to ask for a suspended pass, in English"), max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, fund: Fund | None = None, **kwargs: Any) -> None:
        texts = fund.text if fund else {}
        kwargs["initial"] = {
            "is_open": fund is None or fund.is_open,
            "text_fr": texts.get("fr", ""),
            "text_en": texts.get("en", ""),
        }
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """The arguments of the command."""
        return {"text": both(self.cleaned_data, "text"), "is_open": self.cleaned_data["is_open"]}
