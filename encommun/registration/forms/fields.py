"""Fields of amounts and moments."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.foundation.money import as_decimal


class MoneyField(forms.CharField):
    """An amount in euros, as people type it («35», «35,50 €»): a whole number of cents, or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "10"}))
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value: Any) -> int | None:
        typed = re.sub(r"[\s€\u00a0\u202f]", "", super().to_python(value) or "")
        if not typed:
            return None
        found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,2}))?", typed, re.ASCII)
        if found is None:
            raise forms.ValidationError(_("Write an amount in euros, for example 35 or 35,50."), code="amount")
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Everything was looked at already."""

    def prepare_value(self, value: Any) -> Any:
        return as_decimal(value).replace(".", ",").removesuffix(",00") if isinstance(value, int) else value


class MomentField(forms.Field):
    """A day and a time, in the zone of the gathering."""

    widget = forms.DateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "datetime-local"}))
        super().__init__(**kwargs)
        self.zone = ZoneInfo("UTC")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            typed = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise forms.ValidationError(_("Write a day and a time, for example 2018-09-06 23:59."), code="moment") from None
        if typed.tzinfo is not None or not 1970 <= typed.year <= 2200:
            raise forms.ValidationError(_("Write a day and a time, for example 2018-09-06 23:59."), code="moment")
        return typed.replace(tzinfo=self.zone)

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


def in_zone(form: forms.Form, zone: ZoneInfo) -> None:
    """Tell the moments of a form in which zone they are."""
    for field in form.fields.values():
        if isinstance(field, MomentField):
            field.zone = zone


def both(values: dict[str, Any], name: str) -> dict[str, str]:
    """``name_fr`` and ``name_en`` as one text in two languages."""
    return {language: values.get(f"{name}_{language}") or "" for language in ("fr", "en")}
