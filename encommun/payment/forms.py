"""Forms about money."""

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.ui.forms import Form, LineField


class TransferForm(Form):
    """A transfer that the team saw on the account."""

    amount = forms.DecimalField(label=_("Amount received, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)
    received_on = forms.DateField(label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    @property
    def amount_cents(self) -> int:
        """The amount in cents; of a valid form."""
        return int(self.cleaned_data["amount"] * 100)


class AccountForm(Form):
    """Where transfers go."""

    holder = LineField(label=_("Holder of the account"), max_length=120)
    iban = LineField(label=_("IBAN"), max_length=42)
    bic = LineField(label=_("BIC"), max_length=14, required=False)
