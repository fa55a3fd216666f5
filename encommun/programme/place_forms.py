"""Forms of venues and rooms: text in, arguments of commands out."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.places.commands import ClosureText, RoomText, VenueText
from encommun.places.models import Closure, Equipment, Layout, Room, Venue
from encommun.programme.rules import day_of, moment_on
from encommun.ui.dates import short_day
from encommun.ui.forms import Form, LineField, TextField


class VenueForm(Form):
    """A venue, in the words of the national standard."""

    name = LineField(label=_("Name of the venue"), max_length=150)
    address = LineField(label=_("Number and street"), max_length=200, required=False)
    postcode = LineField(
        label=_("Postcode"), max_length=5, required=False, validators=[RegexValidator(r"^\d{5}$", _("Five digits."))]
    )
    town = LineField(label=_("Town"), max_length=100)
    insee_code = LineField(
        label=_("INSEE code of the town"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^([013-9]\d|2[AB1-9])\d{3}$", _("Five signs, as 44109."))],
    )
    pivot = LineField(
        label=_("SIRET, or RNA number of the association"),
        max_length=14,
        required=False,
        validators=[RegexValidator(r"^(\d{14}|W\d{9})$", _("A SIRET has 14 digits, an RNA number W and 9 digits."))],
        help_text=_("It lets the directories of digital mediation know the place again."),
    )
    latitude = forms.DecimalField(label=_("Latitude"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6)
    longitude = forms.DecimalField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, max_digits=9, decimal_places=6
    )
    access_fr = TextField(label=_("How to come and to enter, in French"), max_length=1500, required=False, rows=3)
    access_en = TextField(label=_("How to come and to enter, in English"), max_length=1500, required=False, rows=3)
    url = forms.URLField(label=_("Its site"), required=False, assume_scheme="https")
    access_url = forms.URLField(label=_("Its page at Acceslibre"), required=False, assume_scheme="https")

    def text(self) -> VenueText:
        """The argument of the commands."""
        facts = dict(self.cleaned_data)
        access = {"fr": facts.pop("access_fr"), "en": facts.pop("access_en")}
        return VenueText(**facts, access=access)

    @staticmethod
    def values_of(venue: Venue) -> dict[str, Any]:
        """What the form shows for a venue."""
        names = ("name", "address", "postcode", "town", "insee_code", "pivot", "latitude", "longitude", "url", "access_url")
        texts = {f"access_{language}": venue.access.get(language, "") for language in ("fr", "en")}
        return {name: getattr(venue, name) for name in names} | texts


class RoomForm(Form):
    """A room; without a name, none."""

    room = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = LineField(label=_("Name of the room"), max_length=100, required=False)
    floor = LineField(label=_("Floor"), max_length=60, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=100_000, required=False, help_text=_("0: not known."))
    rows = forms.IntegerField(label=_("Places in rows"), min_value=0, max_value=100_000, required=False)
    circle = forms.IntegerField(label=_("Places in a circle"), min_value=0, max_value=100_000, required=False)
    tables = forms.IntegerField(label=_("Places around tables"), min_value=0, max_value=100_000, required=False)
    standing = forms.IntegerField(label=_("Places standing"), min_value=0, max_value=100_000, required=False)
    step_free = forms.BooleanField(label=_("Reached without steps"), required=False)
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False)
    quiet = forms.BooleanField(label=_("Quiet"), required=False)
    holds_several = forms.BooleanField(label=_("Several things at once: stands, corners"), required=False)
    equipment = forms.MultipleChoiceField(
        label=_("What is there"), choices=Equipment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def text(self) -> RoomText | None:
        """The argument of the command; None for an empty line."""
        facts = dict(self.cleaned_data)
        if not facts.get("name"):
            return None
        given = {layout: facts.pop(layout) for layout in Layout.values}
        capacities = {layout: number for layout, number in given.items() if number is not None}
        return RoomText(
            **facts | {"capacity": facts["capacity"] or 0, "equipment": tuple(facts["equipment"])}, capacities=capacities
        )

    @staticmethod
    def values_of(room: Room) -> dict[str, Any]:
        """What the form shows for a room."""
        names = ("name", "floor", "capacity", "step_free", "hearing_loop", "quiet", "holds_several", "equipment")
        return {name: getattr(room, name) for name in names} | room.capacities | {"room": room.pk}


RoomForms = forms.formset_factory(RoomForm, extra=1, max_num=80, validate_max=True)


class ClosureForm(Form):
    """A span during which a room is closed; without times, none."""

    room = forms.ChoiceField(label=_("Room"), required=False)
    day = forms.ChoiceField(label=_("Day"), required=False)
    starts = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    reason = LineField(label=_("Why"), max_length=120, required=False)

    def __init__(self, *args: Any, event: Event, rooms: list[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["room"].choices = [("", "—"), *((str(room.pk), room.name) for room in rooms)]
        self.fields["day"].choices = [(day.isoformat(), short_day(day)) for day in event.days]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("room") and not self.errors and (facts.get("starts") is None or facts.get("ends") is None):
            self.add_error("starts", _("Give both times; empty the room to remove the line."))
        return facts

    def text(self) -> ClosureText | None:
        """The argument of the command; None for an empty line."""
        facts = self.cleaned_data
        if not facts.get("room"):
            return None
        day, zone = date.fromisoformat(facts["day"]), self.event.zone
        return ClosureText(
            room=int(facts["room"]),
            starts_at=moment_on(day, facts["starts"], zone),
            ends_at=moment_on(day, facts["ends"], zone),
            reason=facts["reason"],
        )

    @staticmethod
    def values_of(closure: Closure, event: Event) -> dict[str, Any]:
        """What the form shows for a span."""
        starts, ends = closure.starts_at.astimezone(event.zone), closure.ends_at.astimezone(event.zone)
        return {
            "room": str(closure.room_id),
            "day": day_of(starts, event.zone).isoformat(),
            "starts": starts.time(),
            "ends": ends.time(),
            "reason": closure.reason,
        }


ClosureForms = forms.formset_factory(ClosureForm, extra=1, max_num=80, validate_max=True)


class WalksForm(Form):
    """How long it takes from each venue to each other."""

    def __init__(self, *args: Any, venues: list[Venue], walks: dict[tuple[int, int], int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [(one, other) for n, one in enumerate(venues) for other in venues[n + 1 :]]
        for one, other in self.pairs:
            self.fields[f"walk-{one.pk}-{other.pk}"] = forms.IntegerField(
                label=f"{one.name} – {other.name}",
                min_value=0,
                max_value=180,
                required=False,
                initial=walks.get((one.pk, other.pk)),
                help_text=_("Minutes, with time to leave the room. Empty: 15."),
            )

    def minutes(self, one: Venue, other: Venue) -> int | None:
        """What was written for a pair."""
        return self.cleaned_data[f"walk-{one.pk}-{other.pk}"]
