"""Forms about one's own data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.privacy.refusals import NotConfirmed
from encommun.ui.forms import Form


class EraseForm(Form):
    """A clear yes."""

    yes = forms.BooleanField(
        label=_("I have read what will be erased. I understand that it cannot be undone."),
        error_messages={"required": NotConfirmed.text},
    )
