"""Text in, arguments of the import out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.programme.commands import ImportWish
from encommun.programme.imports import FIELDS, Found
from encommun.programme.words import FIELDS as FIELD_WORDS
from encommun.ui.forms import Form, LineField


class FileForm(Form):
    """A file."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_(
            "schedule.xml, schedule.json, an export of pretalx, Indico or Sessionize, iCalendar (.ics), a table (.csv, .xlsx). 12 MB at most."
        ),
    )


class WishForm(Form):
    """How the file is brought in; for a table, which column is what."""

    as_proposals = forms.BooleanField(
        label=_("Bring them in as proposals of the call, not as sessions"),
        required=False,
        help_text=_("They are public at once. Rooms and times of the file are left aside."),
    )
    is_confirmed = forms.BooleanField(label=_("These sessions are confirmed: they will be in the next version"), required=False)
    makes_axes = forms.BooleanField(label=_("Make an axis of each theme of the file that we do not have"), required=False)
    names_are_public = forms.BooleanField(
        label=_("The people named in the file agree to be named in public"),
        required=False,
        help_text=_("Without it their names stay with the team."),
    )
    takes_dates = forms.BooleanField(label=_("The days of the gathering become those of the file"), required=False)
    venue = forms.ChoiceField(label=_("Venue of the rooms that we do not have"), required=False)
    venue_name = LineField(label=_("Name of the new venue"), required=False, max_length=150)

    def __init__(self, *args: Any, event: Event, said: Found, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"is_confirmed": True, "makes_axes": len({item.track for item in said.items}) <= 20})
        super().__init__(*args, **kwargs)
        self.said = said
        venues = [(one.slug, one.name) for one in event.venues.order_by("event_venues__position")]
        self.fields["venue"].choices = [*venues, ("", _("A new venue"))]
        if said.columns:
            choices = [("", _("None")), *((name, name) for name in dict.fromkeys(said.columns))]
            for name in FIELDS:
                self.fields[f"column_{name}"] = forms.ChoiceField(
                    label=FIELD_WORDS[name], choices=choices, required=False, initial=said.mapping.get(name, "")
                )

    @property
    def columns(self) -> list[Any]:
        """The fields of the mapping."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def others(self) -> list[Any]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def mapping(self) -> dict[str, str]:
        """Our fields with their columns."""
        return {name: self.cleaned_data[f"column_{name}"] for name in FIELDS if self.cleaned_data.get(f"column_{name}")}

    def wish(self) -> ImportWish:
        """The argument of the command; before anything was chosen, what is proposed."""
        names = ("as_proposals", "is_confirmed", "makes_axes", "names_are_public", "takes_dates", "venue", "venue_name")
        facts = (
            self.cleaned_data
            if self.is_bound and self.is_valid()
            else {name: self.get_initial_for_field(self.fields[name], name) for name in names}
        )
        wish = {name: facts.get(name) for name in names if facts.get(name) is not None}
        if not self.is_bound and len(self.fields["venue"].choices) > 1:
            wish["venue"] = self.fields["venue"].choices[0][0]
        return ImportWish(**wish)
