"""Forms of notes and resources."""

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.commons import consents
from encommun.foundation.licences import LICENCE_CHOICES
from encommun.ui.forms import Form, LineField, TextField

LONGEST = 60000


class NoteForm(Form):
    """The text of the notes, and the version that it began from."""

    text = TextField(
        label=_("Notes"),
        help_text=_(
            "Markdown: a line that begins with ## is a heading, with - a point of a list. Numbers of people, not their names."
        ),
        max_length=LONGEST,
        rows=24,
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class CreditForm(Form):
    """Somebody asks to be named."""

    name = LineField(
        label=_("Your name, as it should be read"),
        help_text=consents.TEXT,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PublishForm(Form):
    """A resource from notes."""

    title = LineField(label=_("Title"), max_length=200)
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_("It says what others may do with the text. It cannot be taken back afterwards."),
        choices=[("", _("Choose a licence")), *LICENCE_CHOICES],
    )


class ReviseForm(Form):
    """A new version of a resource."""

    title = LineField(label=_("Title"), max_length=200)
    text = TextField(label=_("Text"), max_length=LONGEST, rows=24)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
