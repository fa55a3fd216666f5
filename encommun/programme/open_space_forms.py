"""What people type to bring a subject to an open-space slot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.programme.commands import Place
from encommun.programme.queries.open_space import OpenSpace, Table
from encommun.ui.dates import clock_time
from encommun.ui.forms import Form, LineField


class SubjectForm(Form):
    """A subject, a free table, and the pass of somebody whom the page does not know."""

    title = LineField(label=_("What would you like to talk about?"), max_length=120)
    host_name = LineField(
        label=_("Who welcomes people at the table"),
        max_length=60,
        required=False,
        help_text=_("As you want to be called. Everybody sees it; you may leave it empty."),
    )
    place = forms.ChoiceField(label=_("Table"))
    pass_code = LineField(
        label=_("Code of your pass"),
        max_length=40,
        help_text=_("It is written under the square of your pass, and in the letter that brought it."),
    )

    def __init__(self, *args: Any, slot: OpenSpace, knows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(slot)
        if knows:
            del self.fields["pass_code"]

    @property
    def chosen(self) -> Place:
        """The table that was chosen."""
        return read_place(self.cleaned_data["place"])


def place_choices(slot: OpenSpace) -> list[tuple[str, Any]]:
    """Free tables, under their rounds when there are several."""
    if len(slot.rounds) == 1:
        return [(one.key, _words(one)) for one in slot.free]
    grouped = []
    for one in slot.rounds:
        when = f" ({clock_time(one.starts_at, slot.session.event.zone)})" if one.starts_at else ""
        free = [(table.key, _words(table)) for table in one.tables if table.subject is None]
        if free:
            grouped.append((_("Round {n}").format(n=one.number) + when, free))
    return grouped


def _words(table: Table) -> str:
    return _("Table {n}").format(n=table.number)


def read_place(key: str) -> Place:
    """«2-5» is table 5 of round 2; what is no place is table 0, which no slot has."""
    first, _dash, second = key.partition("-")
    is_place = all(part.isascii() and part.isdecimal() and len(part) < 5 for part in (first, second))
    return Place(int(first), int(second)) if is_place else Place(0, 0)
