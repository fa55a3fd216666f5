"""Forms of signing in and of the account."""

from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from encommun.people.models import Account
from encommun.people.refusals import WrongKey
from encommun.ui.forms import EmailField, Form, Honeypot, LineField


class SignInForm(Honeypot, Form):
    """One address."""

    email = EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a code. There is no password to choose or to remember."),
    )


class CodeForm(Form):
    """The code of the letter."""

    code = LineField(
        label=_("The code of the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        help_text=_("Eight digits. You may type them with or without the dash."),
    )


class SecondFactorForm(Form):
    """The code of the application, or a recovery code."""

    code = LineField(
        label=_("The code of your application"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        help_text=_("Six digits that change every thirty seconds; or one of your recovery codes."),
    )


class PasskeyAnswerForm(forms.Form):
    """What a passkey answered, to sign in. ``cleaned_data["credential"]`` is the authenticator that was proven."""

    credential = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_credential(self) -> Any:
        answer = _checked(self.cleaned_data["credential"], webauthn.parse_authentication_response)
        account = self.account or _proven(webauthn.extract_user_from_response, answer)
        return _proven(webauthn.complete_authentication, account, answer)


class PasskeyForm(Form):
    """A new passkey."""

    name = LineField(label=_("A name for this key"), max_length=60, help_text=_("For example: my telephone, the key on my ring."))
    credential = forms.JSONField(widget=forms.HiddenInput, required=True)

    def clean_credential(self) -> dict[str, Any]:
        answer = _checked(self.cleaned_data["credential"], webauthn.parse_registration_response)
        _proven(webauthn.complete_registration, answer)
        return answer


class AccountForm(Form):
    """What an account says of its person."""

    name = LineField(
        label=_("The name that you want to be called by"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("The language of your letters"), choices=settings.LANGUAGES)


def _checked(answer: Any, parse: Any) -> dict[str, Any]:
    """An answer that has the shape of one: a browser extension or a machine may send anything."""
    if not isinstance(answer, dict) or not isinstance(answer.get("response"), dict):
        raise ValidationError(WrongKey().sentence, code=WrongKey.code)
    _proven(parse, answer)
    return answer


def _proven(check: Any, *args: Any) -> Any:
    try:
        return check(*args)
    except (ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError(WrongKey().sentence, code=WrongKey.code) from error
