"""Forms about quotes, orders and invoices."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.foundation.money import in_words
from encommun.foundation.refusals import Refused
from encommun.invoicing.commands import BillingText, IssuerText, OrderText, QuoteWish, SentFile
from encommun.invoicing.models import Billing, Invoicing, Issuer, PurchaseOrder, Quote, Step
from encommun.invoicing.queries import STAGES
from encommun.registration.queries import Choice
from encommun.registration.rules import MOST_SEATS
from encommun.ui.dates import short_day
from encommun.ui.forms import EmailField, Form, Honeypot, LineField

DAY = {"attrs": {"type": "date"}, "format": "%Y-%m-%d"}

STAGE_WORDS = {
    "to_copy": _("To copy from the document"),
    "incomplete": _("Something is missing"),
    "waiting": _("Confirmed, to be invoiced after the gathering"),
    "to_invoice": _("To invoice"),
    "to_deposit": _("To deposit"),
    "deposited": _("Deposited"),
    "rejected": _("Rejected"),
    "paid": _("Paid"),
}


class IssuerForm(Form):
    """Who invoices."""

    name = LineField(label=_("Name of the body"), max_length=150)
    legal_form = LineField(label=_("Legal form"), max_length=120, help_text=_("«Association loi 1901», «SCIC SA au capital de …»."))
    siret = LineField(label="SIRET", max_length=20, required=False)
    siren = LineField(label="SIREN", max_length=14, required=False, help_text=_("Taken from the SIRET when there is one."))
    rna = LineField(
        label=_("RNA number"), max_length=12, required=False, help_text=_("For an association without SIREN: W and nine digits.")
    )
    street = LineField(label=_("Address"), max_length=200)
    street_more = LineField(label=_("More of the address"), max_length=200, required=False)
    postcode = LineField(label=_("Postcode"), max_length=10)
    town = LineField(label=_("Town"), max_length=100)
    contact_email = EmailField(label=_("E-mail of the accounts"), max_length=254)
    phone = LineField(label=_("Telephone"), max_length=25, required=False)
    regime = forms.ChoiceField(
        label=_("VAT"),
        widget=forms.RadioSelect,
        choices=Issuer.Regime.choices,
        help_text=_("The two exemptions are often taken for each other: ask the accountant, and copy what former invoices say."),
    )
    vat_number = LineField(label=_("VAT number"), max_length=20, required=False)
    vat_rate = forms.DecimalField(
        label=_("Rate, in percent"), min_value=0, max_value=50, max_digits=4, decimal_places=2, required=False, localize=True
    )
    on_debits = forms.BooleanField(label=_("The tax is paid on debits (an option that was chosen)"), required=False)
    bank_holder = LineField(label=_("Holder of the account"), max_length=120, required=False)
    iban = LineField(label="IBAN", max_length=42, required=False)
    bic = LineField(label="BIC", max_length=14, required=False)
    payment_days = forms.IntegerField(label=_("Days to pay"), min_value=0, max_value=60)
    prefix = LineField(
        label=_("Beginning of the numbers"),
        max_length=18,
        help_text=_("«NEC2018» makes NEC2018-F-000001 for invoices, A for credit notes, D for quotes. Trials are counted apart."),
    )

    def __init__(self, *args: Any, kept: Invoicing | None, prefix: str, **kwargs: Any) -> None:
        first = {"prefix": prefix, "payment_days": 30}
        if kept is not None:
            names = [name for name in IssuerText.__dataclass_fields__ if name != "vat_rate"]
            first |= {name: getattr(kept.issuer, name) for name in names}
            first |= {"prefix": kept.prefix, "iban": kept.issuer.iban_in_groups}
            first["vat_rate"] = Decimal(kept.issuer.vat_rate) / 100 if kept.issuer.vat_rate else None
        super().__init__(*args, initial=first, **kwargs)

    def text(self) -> IssuerText:
        """Of a valid form."""
        given = dict(self.cleaned_data)
        given.pop("prefix")
        given["vat_rate"] = int((given["vat_rate"] or 0) * 100)
        return IssuerText(**given)


class ShareForm(Form):
    """An issuer of another gathering."""

    issuer = forms.ChoiceField(label=_("Who invoices"))
    prefix = LineField(label=_("Beginning of the numbers"), max_length=18)

    def __init__(self, *args: Any, issuers: Sequence[tuple[Issuer, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuers = {str(issuer.pk): issuer for issuer, _event in issuers}
        self.fields["issuer"].choices = [(str(issuer.pk), f"{issuer.name} ({event})") for issuer, event in issuers]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Issuer:
        return self.issuers[self.cleaned_data["issuer"]]


class QuoteForm(Honeypot, Form):
    """How many passes of each kind, and for whom."""

    body_name = LineField(
        label=_("Your structure"),
        max_length=200,
        help_text=_("As it must stand on the quote: «Ville de Rezé, médiathèque Diderot»."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    body_address = LineField(label=_("Its address"), max_length=300, required=False)
    buyer_name = LineField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailField(label=_("Your e-mail address"), max_length=254, help_text=_("The quote and its link go there."))
    idempotency_key = forms.CharField(widget=forms.HiddenInput, max_length=36, required=False)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [choice for choice in choices if choice.pass_type.price_cents and choice.on_sale is True]
        for choice in self.choices:
            day = f", {short_day(choice.day)}" if choice.day else ""
            price = in_words(choice.pass_type.price_cents)
            field = forms.IntegerField(
                label=f"{choice.pass_type.name}{day} · {price}", min_value=0, max_value=MOST_SEATS, required=False, initial=0
            )
            field.is_asked_later = True  # type: ignore[attr-defined]  # zero, unless said otherwise
            self.fields[self._name(choice)] = field
        self.order_fields([self._name(choice) for choice in self.choices])

    @staticmethod
    def _name(choice: Choice) -> str:
        return f"count_{choice.value}"

    @property
    def counts(self) -> list[Any]:
        """The fields of how many."""
        return [self[self._name(choice)] for choice in self.choices]

    def wishes(self) -> list[QuoteWish]:
        """Of a valid form."""
        return [
            QuoteWish(pass_type=choice.pass_type.slug, day=choice.day, count=self.cleaned_data[self._name(choice)] or 0)
            for choice in self.choices
        ]

    @property
    def key(self) -> str:
        """The key drawn with the page, or nothing when it is not one of ours."""
        try:
            return str(UUID(self.data.get("idempotency_key", "")))
        except ValueError:
            return ""


class OrderForm(Form):
    """The order: a document, or its numbers, or both."""

    file = forms.FileField(
        label=_("The purchase order"), required=False, help_text=_("PDF, JPEG or PNG, 5 MB at most. Only you and the team see it.")
    )
    buyer_name = LineField(label=_("Name of the body to invoice"), max_length=200)
    scheme = forms.ChoiceField(label=_("Kind of number"), choices=Billing.Scheme.choices, initial=Billing.Scheme.SIRET)
    siret = LineField(
        label=_("Its number"),
        max_length=24,
        required=False,
        help_text=_("SIRET: fourteen digits, of the budget that pays. Spaces are fine."),
    )
    street = LineField(label=_("Address"), max_length=200, required=False)
    postcode = LineField(label=_("Postcode"), max_length=10, required=False)
    town = LineField(label=_("Town"), max_length=100, required=False)
    demand = forms.ChoiceField(
        label=_("What your accounts department asks for"),
        widget=forms.RadioSelect,
        choices=PurchaseOrder.Demand.choices,
        required=False,
    )
    service_code = LineField(label=_("Service code"), max_length=100, required=False)
    engagement = LineField(
        label=_("Engagement number"), max_length=50, required=False, help_text=_("Often the number of the purchase order itself.")
    )
    to_come = forms.BooleanField(label=_("I do not have it yet: I shall give it before the gathering"), required=False)
    order_number = LineField(label=_("Number of the purchase order"), max_length=50, required=False)
    ordered_on = forms.DateField(label=_("Dated"), required=False, widget=forms.DateInput(**DAY))
    market = LineField(
        label=_("Contract number"), max_length=50, required=False, help_text=_("Only if the order is part of a public contract.")
    )
    accounting_email = EmailField(
        label=_("E-mail of the accounts department"),
        max_length=254,
        required=False,
        help_text=_("Written to only if the payment is late."),
    )

    #: Asked of who sends no document.
    WITHOUT_FILE = ("siret", "street", "postcode", "town", "demand")

    def __init__(self, *args: Any, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_file = has_file
        for name in self.WITHOUT_FILE:
            self.fields[name].is_asked_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything that is wrong at once: what is missing without a document, and a number that does not hold."""
        from encommun.invoicing.rules import clean_body_number

        given = super().clean() or self.cleaned_data
        if not (self.has_file or given.get("file")):
            for name in self.WITHOUT_FILE:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        if given.get("siret") and given.get("scheme"):
            try:
                clean_body_number(given["siret"], given["scheme"])
            except Refused as refused:
                self.add_error("siret", refused.sentence)
        return given

    @property
    def sent(self) -> SentFile | None:
        """The file, of a valid form. No more than what may be kept is read."""
        from encommun.invoicing.rules import LARGEST_FILE

        file = self.cleaned_data.get("file")
        return SentFile(name=file.name, content=file.read(LARGEST_FILE + 1)) if file else None

    def text(self) -> OrderText:
        """Of a valid form."""
        return OrderText(**{name: self.cleaned_data[name] for name in OrderText.__dataclass_fields__})

    @staticmethod
    def of_quote(quote: Quote) -> dict[str, Any]:
        """What the quote says already: nobody types it twice."""
        first = {"buyer_name": quote.body_name}
        if found := re.fullmatch(r"(.+?)[\s,]+(\d{5})\s+(.+)", quote.body_address):
            first |= dict(zip(("street", "postcode", "town"), found.groups(), strict=True))
        return first | ({} if "street" in first else {"street": quote.body_address[:200]})

    @staticmethod
    def of(order: PurchaseOrder) -> dict[str, Any]:
        """What was given before."""
        billing = order.booking.billing
        first = {name: getattr(billing, name) for name in ("buyer_name", "scheme", "siret", "street", "postcode", "town")}
        names = ("demand", "service_code", "engagement", "to_come", "order_number", "ordered_on", "market", "accounting_email")
        return first | {name: getattr(order, name) for name in names}


class ReplaceForm(OrderForm):
    """The order as it should have been, and why the former invoice is taken off."""

    reason = LineField(label=_("Why"), max_length=200, help_text=_("Written on the credit note."))


class BillingForm(Form):
    """Whom the invoice is for."""

    kind = forms.ChoiceField(label=_("The invoice is for"), widget=forms.RadioSelect, choices=Billing.Kind.choices)
    buyer_name = LineField(label=_("Name"), max_length=200)
    street = LineField(label=_("Address"), max_length=200, required=False)
    postcode = LineField(label=_("Postcode"), max_length=10, required=False)
    town = LineField(label=_("Town"), max_length=100, required=False)
    siret = LineField(label="SIRET", max_length=20, required=False, help_text=_("Asked of a body, not of a person."))

    def text(self) -> BillingText:
        """Of a valid form."""
        return BillingText(**self.cleaned_data)


class StepForm(Form):
    """What became of an invoice."""

    state = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On"), widget=forms.DateInput(**DAY))
    through = forms.ChoiceField(label=_("Through"), choices=Step.Through.choices, required=False)
    reference = LineField(label=_("Number of the deposit"), max_length=60, required=False)
    reason = LineField(label=_("Reason of the rejection"), max_length=500, required=False)

    def __init__(self, *args: Any, states: Sequence[str], today: date, through: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today, "through": through}, **kwargs)
        self.fields["state"].choices = [(state, Step.State(state).label) for state in states]  # type: ignore[attr-defined]


class CreditForm(Form):
    """A sum to take off an invoice."""

    amount = forms.DecimalField(label=_("Amount, in euros"), min_value=0, max_digits=9, decimal_places=2, localize=True)
    reason = LineField(label=_("Why"), max_length=200, help_text=_("Written on the credit note."))

    @property
    def amount_cents(self) -> int:
        """Of a valid form."""
        return int(self.cleaned_data["amount"] * 100)


class InvoiceFilterForm(Form):
    """What the list of invoices is narrowed to."""

    q = LineField(label=_("Number, name, SIRET or booking"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), ("380", _("Invoices")), ("381", _("Credit notes")), ("test", _("Trials"))],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("open", _("Not paid")), ("issued", _("Issued, nothing noted")), *Step.State.choices],
    )


class OrderFilterForm(Form):
    """What the list of orders is narrowed to."""

    q = LineField(label=_("Name, SIRET, engagement or booking"), max_length=120, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *((stage, STAGE_WORDS[stage]) for stage in STAGES)]
    )


class QuoteFilterForm(Form):
    """What the list of quotes is narrowed to."""

    q = LineField(label=_("Number, name or address"), max_length=120, required=False)
