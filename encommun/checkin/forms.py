"""Forms of the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.checkin.codes import CHARACTERS
from encommun.checkin.queries.door import SHORTEST
from encommun.checkin.rules import MODES
from encommun.ui.forms import Form, LineField


class CodeShown(forms.CharField):
    """A code as it was read or typed. Its inner spaces count: a signed code may hold them."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\0", "") if isinstance(value, str) else value)


class ScanForm(Form):
    """One look at one code. ``scan_id`` is drawn with the page (or by the camera): a form sent twice is one scan."""

    code = CodeShown(
        label=_("Code of the pass"),
        help_text=_("The letters and figures under the image, for instance K7M2 QX9A."),
        max_length=CHARACTERS + 20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    scan_id = forms.UUIDField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], widget=forms.HiddenInput, initial="typed")
    device = LineField(required=False, max_length=60, widget=forms.HiddenInput)


class NameForm(Form):
    """A person looked for by name."""

    name = LineField(
        label=_("Name of the person"),
        help_text=_("The beginning of the first name or of the last name is enough."),
        min_length=SHORTEST,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TrainingForm(Form):
    """One of the three training codes."""

    code = CodeShown(
        label=_("Training code"),
        max_length=CHARACTERS + 20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
