"""Forms about passes: text in, arguments of commands out."""

from encommun.registration.forms.booking import (
    BuyerForm,
    CancelForm,
    DayForm,
    FilterForm,
    HandOverForm,
    NameForm,
    OfferForm,
    QuestionsForm,
    SearchForm,
    SeatForm,
    SizeForm,
    WaitForm,
    choice_label,
    count_of,
    group_size,
)
from encommun.registration.forms.composing import PassForm, QuestionForm, QuotaForm, TermsForm
from encommun.registration.forms.vouchers import FundForm, VoucherForm
from encommun.registration.forms.workshops import ContributorForm, WorkshopForm

__all__ = [
    "BuyerForm",
    "CancelForm",
    "ContributorForm",
    "DayForm",
    "FilterForm",
    "FundForm",
    "HandOverForm",
    "NameForm",
    "OfferForm",
    "PassForm",
    "QuestionForm",
    "QuestionsForm",
    "QuotaForm",
    "SearchForm",
    "SeatForm",
    "SizeForm",
    "TermsForm",
    "VoucherForm",
    "WaitForm",
    "WorkshopForm",
    "choice_label",
    "count_of",
    "group_size",
]
