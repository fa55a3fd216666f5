"""Texts that an event's team writes in several languages, kept together: ``{"fr": "Lieux", "en": "Places"}``."""

from typing import Any

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("fr", "en")


class Localised(dict[str, str]):
    """A text by language. ``str()`` gives the active language, else French, else whatever there is."""

    def in_language(self, language: str) -> str:
        """The text in that language, else French, else any; empty when nothing was written."""
        return self.get(language) or self.get("fr") or next((text for text in self.values() if text), "")

    def __str__(self) -> str:
        return self.in_language((get_language() or "fr")[:2])

    def __html__(self) -> str:
        from django.utils.html import escape

        return escape(str(self))

    def __bool__(self) -> bool:
        return any(self.values())


class LocalisedField(models.JSONField):
    """A ``Localised`` in a JSON column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Localised:
        return Localised(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Any:
        return Localised(value) if isinstance(value, dict) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, dict) and not isinstance(value, Localised):
            setattr(model_instance, self.attname, value := Localised(value))
        return value
