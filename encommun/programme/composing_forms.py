"""Which session goes with which: united, or one after the other."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.programme.models import Session
from encommun.ui.forms import Form


class UniteForm(Form):
    """The session that joins this one."""

    other = forms.ChoiceField(label=_("Session that joins it"))

    def __init__(self, *args: Any, others: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {one.code: one for one in others}
        self.fields["other"].choices = [("", _("Choose a session")), *((one.code, one.title) for one in others)]


class ContinueForm(Form):
    """The session that this one continues; none: it stands by itself."""

    former = forms.ChoiceField(label=_("It continues"), required=False)
    at_once = forms.BooleanField(label=_("At once, in the same room"), required=False)

    def __init__(self, *args: Any, others: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {one.code: one for one in others}
        self.fields["former"].choices = [("", _("Nothing: it stands by itself")), *((one.code, one.title) for one in others)]
