"""Forms of the team page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models.team import ROLE_NAMES
from encommun.events.rules import LONGEST_LIFE, ROLES_OF_KEYS
from encommun.ui.forms import EmailField, Form, LineField


class RoleForm(Form):
    """Give a role to an address."""

    prefix = "role"

    email = EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("She signs in with a code sent to this address; she needs no account before."),
    )
    name = LineField(label=_("Name"), max_length=120, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose"))] + [(role.value, name) for role, name in ROLE_NAMES.items()],
        help_text=_("Except for the door, a role works once the person has added a second proof of who she is."),
    )


class KeyForm(Form):
    """Make a key of the API."""

    prefix = "key"

    name = LineField(label=_("What the key is for"), max_length=80, help_text=_("For example: the booking form of our site."))
    role = forms.ChoiceField(label=_("Acts for"), choices=[(role.value, ROLE_NAMES[role]) for role in ROLES_OF_KEYS])
    days = forms.IntegerField(label=_("Days that it lives"), min_value=1, max_value=LONGEST_LIFE)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
