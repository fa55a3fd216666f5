"""Forms: rendering by our own templates, fields that clean what is typed, and the two ways to say no."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from encommun.foundation import text
from encommun.foundation.refusals import Refused


class Renderer(TemplatesSetting):
    """Every form and field is drawn by ``ui/forms/``: label, help, error, in this order, tied by id."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class LineField(forms.CharField):
    """One line, cleaned (``foundation.text.clean_line``)."""

    def to_python(self, value: Any) -> str:
        return super().to_python(text.clean_line(value) if isinstance(value, str) else value)


class TextField(forms.CharField):
    """Paragraphs, cleaned (``foundation.text.clean_text``)."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        return super().to_python(text.clean_text(value) if isinstance(value, str) else value)


class EmailField(forms.EmailField):
    """An address, lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def to_python(self, value: Any) -> str:
        return super().to_python(text.clean_email(value) if isinstance(value, str) else value)


class CodeField(forms.CharField):
    """A short code as it was read out or copied: spaces and dashes are forgiven."""

    def to_python(self, value: Any) -> str:
        from encommun.foundation.codes import read_code

        return super().to_python(read_code(value) if isinstance(value, str) else value)


class Form(forms.Form):
    """A form of ours: no colon after labels, and refusals shown as its own errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refused: Refused, field: str | None = None) -> None:
        """Show a refusal at the top of the form, or at one of its fields."""
        self.add_error(field, forms.ValidationError(refused.sentence, code=refused.code))

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Label and text of each field that a person filled, as it was sent: for pages that no longer show the form."""
        values = [(bound.label, self.data.getlist(bound.html_name)) for bound in self.visible_fields() if bound.name != "website"]
        return [(label, ", ".join(texts)) for label, texts in values if any(text.strip() for text in texts)]

    @property
    def status(self) -> int:
        """What a page with this form answers: 422 when it holds errors, else 200."""
        return 422 if self.is_bound and self.errors else 200


class Honeypot(forms.Form):
    """A field that people do not see and machines fill. Mixed into forms that anyone may send."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    website.is_honeypot = True  # type: ignore[attr-defined]

    @property
    def is_spam(self) -> bool:
        """Whether a machine filled the trap."""
        return bool(self.data.get(self.add_prefix("website")))
