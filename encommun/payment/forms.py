"""Forms about money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.payment.models import Stray
from encommun.ui.forms import Form, LineField, TextField

DAY = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}


class AmountForm(Form):
    """A sum in euros."""

    amount = forms.DecimalField(label=_("Amount, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)

    @property
    def amount_cents(self) -> int:
        """The amount in cents; of a valid form."""
        return int(self.cleaned_data["amount"] * 100)


class TransferForm(AmountForm):
    """A transfer that the team saw on the account."""

    amount = forms.DecimalField(label=_("Amount received, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput(**DAY))


class AccountForm(Form):
    """Where transfers go."""

    holder = LineField(label=_("Holder of the account"), max_length=120)
    iban = LineField(label=_("IBAN"), max_length=42)
    bic = LineField(label=_("BIC"), max_length=14, required=False)


class IbanForm(Form):
    """Where a refund goes."""

    holder = LineField(label=_("Holder of the account"), max_length=120)
    iban = LineField(label=_("IBAN"), max_length=42)


class RefundForm(AmountForm):
    """A sum to give back."""

    amount = forms.DecimalField(label=_("To give back, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)


class ReasonForm(Form):
    """Why nothing is asked for."""

    why = LineField(
        label=_("Why"), max_length=200, help_text=_("For whoever reads the accounts: «volunteer», «speaks on Thursday».")
    )


class ChequeForm(AmountForm):
    """What is written on a cheque."""

    number = LineField(label=_("Number of the cheque"), max_length=20)
    bank = LineField(label=_("Bank"), max_length=80)
    drawer = LineField(label=_("Drawn by"), max_length=120)
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput(**DAY))


class BounceForm(Form):
    """When the bank sent a cheque back."""

    on = forms.DateField(label=_("Sent back by the bank on"), widget=forms.DateInput(**DAY))


class DeskForm(AmountForm):
    """Money taken at the desk."""

    provider = forms.ChoiceField(label=_("Taken"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = providers  # type: ignore[attr-defined]
        self.order_fields(["provider", "amount"])


class CountForm(AmountForm):
    """What is in the till in the evening."""

    amount = forms.DecimalField(label=_("Counted, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)
    note = LineField(label=_("If it is not what was expected, what do you know of it?"), max_length=300, required=False)


class StatementForm(Form):
    """A file of the bank."""

    file = forms.FileField(label=_("Statement of the bank"), help_text=_("CAMT.053 (XML) or a table (CSV), as the bank gives it."))


class AsideForm(Form):
    """Why a credit pays nothing here."""

    why = LineField(label=_("What is it?"), max_length=200, help_text=_("«Membership fee», «grant of the Region»…"))


class AnswerForm(Form):
    """The treasurer's answer."""

    answer = forms.ChoiceField(label=_("What is decided"), widget=forms.RadioSelect)
    note = LineField(label=_("A few words for the accounts"), max_length=500, required=False)

    def __init__(self, *args: Any, answers: list[Stray.Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(answer.value, answer.label) for answer in answers]  # type: ignore[attr-defined]


class WayForm(Form):
    """Whether a way of paying is open."""

    is_open = forms.BooleanField(label=_("Open"), required=False)


class ChequeWayForm(WayForm):
    """And what the payer of a cheque must know."""

    payable_to = LineField(label=_("Made out to"), max_length=120, required=False)
    send_to = TextField(label=_("Sent to"), rows=3, max_length=500, required=False)


class LedgerFilterForm(Form):
    """What the list of movements is narrowed to."""

    q = LineField(label=_("Booking, reference or name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Movement"), required=False)
    provider = forms.ChoiceField(label=_("Way of paying"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from encommun.payment.models import LedgerEntry, Payment

        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *LedgerEntry.Kind.choices]  # type: ignore[attr-defined]
        self.fields["provider"].choices = [("", _("All")), *Payment.Provider.choices]  # type: ignore[attr-defined]
