"""Every component in every state, for those who make pages."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from encommun.ui.forms import EmailField, Form, LineField, TextField
from encommun.ui.public_pages import public_page

TONES = ("info", "success", "warning", "error")
HUES = ("first", "second", "third", "fourth")
TOKENS = ("paper", "surface", "sunken", "ink", "muted", "line", "edge", "accent", "focus", "info", "success", "warning", "danger")
ICONS = (
    *("arrow-left", "arrow-right", "bank", "calendar", "card", "check", "clock", "cross", "download", "edit", "external", "file"),
    *("info", "key", "link", "lock", "mail", "people", "person", "place", "plus", "printer", "qr", "search", "ticket", "warning"),
)


class Sample(Form):
    """One field of each kind."""

    title = LineField(label=_("Title"), max_length=40, help_text=_("What people will read first."))
    email = EmailField(label=_("E-mail address"))
    text = TextField(label=_("Intention"), required=False, rows=4)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    shape = forms.ChoiceField(label=_("Format"), choices=[("workshop", _("Workshop")), ("debate", _("Debate"))])
    days = forms.MultipleChoiceField(
        label=_("Days"), choices=[("1", _("Thursday")), ("2", _("Friday"))], widget=forms.CheckboxSelectMultiple
    )
    size = forms.ChoiceField(label=_("Pass"), choices=[("1", _("One day")), ("2", _("Two days"))], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=_("My name may be shown"), help_text=_("You can change your mind at any time."))


@public_page()
def gallery(request: HttpRequest) -> HttpResponse:
    """The design system, drawn by itself."""
    wrong = Sample({"title": "x" * 60, "email": "aya@", "shape": "workshop"})
    context = {
        "tones": TONES,
        "hues": HUES,
        "tokens": TOKENS,
        "icons": ICONS,
        "form": Sample(auto_id="id_plain_%s"),
        "wrong": wrong,
        "steps": [("one", _("Your proposal")), ("two", _("About you")), ("three", _("Publish"))],
        "page_two": Paginator(range(50), 10).page(2),
    }
    return render(request, "ui/gallery.html", context)
