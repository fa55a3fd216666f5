"""Text in, arguments of commands out."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.hours import HalvesField, ZoneField, keys_of
from encommun.events.models import Event, Presence
from encommun.foundation.licences import LICENCE_CHOICES
from encommun.places.models import Equipment, Layout, Room
from encommun.programme.commands import Needs, SessionText, SlotText, SomebodyTaking
from encommun.programme.models import Part, Session, Slot
from encommun.programme.rules import day_of, moment_on
from encommun.programme.words import LANGUAGES
from encommun.ui.dates import short_day
from encommun.ui.forms import EmailField, Form, LineField, TextField


def room_choices(rooms: list[Room]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Rooms under their venues."""
    venues: dict[str, list[tuple[str, str]]] = {}
    for room in rooms:
        venues.setdefault(room.venue.name, []).append((str(room.pk), f"{room.name} ({room.capacity})"))
    return list(venues.items())


class PlaceForm(Form):
    """Which session, where and when."""

    session = forms.ChoiceField(label=_("Session"))
    room = forms.ChoiceField(label=_("Room"))
    day = forms.ChoiceField(label=_("Day"))
    time = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=1440, required=False)

    def __init__(self, *args: Any, event: Event, rooms: list[Room], sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.rooms, self.sessions = event, rooms, sessions
        unplaced = [(one.code, one.title) for one in sessions if not one.is_placed]
        placed = [(one.code, one.title) for one in sessions if one.is_placed]
        groups = [(_("Not placed yet"), unplaced), (_("Placed already"), placed)]
        self.fields["session"].choices = [("", _("Choose a session")), *((name, group) for name, group in groups if group)]
        self.fields["room"].choices = [("", _("Choose a room")), *room_choices(rooms)]
        self.fields["day"].choices = [(day.isoformat(), short_day(day)) for day in event.days]
        self.fields["minutes"].help_text = _("Empty: as long as the session says.")

    @property
    def starts_at(self) -> datetime:
        return moment_on(date.fromisoformat(self.cleaned_data["day"]), self.cleaned_data["time"], self.event.zone)

    @property
    def room_chosen(self) -> Room:
        return next(room for room in self.rooms if str(room.pk) == self.cleaned_data["room"])

    @property
    def session_chosen(self) -> Session:
        return next(one for one in self.sessions if one.code == self.cleaned_data["session"])

    @staticmethod
    def values_of(session: Session, event: Event) -> dict[str, Any]:
        """What the form shows for a session."""
        values: dict[str, Any] = {"session": session.code, "minutes": session.minutes}
        if session.starts_at and session.room_id:
            local = session.starts_at.astimezone(event.zone)
            day = day_of(local, event.zone)
            values |= {"room": str(session.room_id), "day": day.isoformat(), "time": local.time()}
        return values


class SessionForm(Form):
    """What a session says of itself."""

    title = LineField(label=_("Title"), max_length=150)
    abstract = TextField(
        label=_("Description"),
        max_length=6000,
        required=False,
        rows=8,
        help_text=_("Markdown is understood: **bold**, lists, links."),
    )
    axis = forms.ChoiceField(label=_("Axis"), required=False)
    format_name = LineField(label=_("Format"), max_length=60, required=False, help_text=_("Workshop, debate, conference …"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=1440, initial=60)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fr")
    licence = forms.ChoiceField(label=_("Licence"), choices=[("", "—"), *LICENCE_CHOICES], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices, initial=Session.Kind.SESSION, required=False)
    expected = forms.IntegerField(
        label=_("How many people may come"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as many as say that it interests them."),
    )
    layout = forms.ChoiceField(label=_("Seats"), choices=[("", _("However they stand")), *Layout.choices], required=False)
    equipment = forms.MultipleChoiceField(
        label=_("What must be there"), choices=Equipment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    step_free = forms.BooleanField(label=_("A room without steps is needed"), required=False)
    hearing_loop = forms.BooleanField(label=_("A hearing loop is needed"), required=False)
    quiet_room = forms.BooleanField(label=_("A quiet room is needed"), required=False)
    wished = HalvesField(
        label=_("Would rather stand"), required=False, help_text=_("The ball in the evening, for example. None ticked: anywhere.")
    )
    tables = forms.IntegerField(
        label=_("Tables of an open-space slot"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("How many subjects at once."),
    )
    rounds = forms.IntegerField(
        label=_("Rounds"), min_value=1, max_value=12, required=False, help_text=_("How many times one after the other.")
    )

    def __init__(self, *args: Any, event: Event, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["wished"].ask_for(event)
        self.axes = {axis.slug: axis for axis in event.axes.all()}
        self.fields["axis"].choices = [("", _("No axis")), *((slug, str(axis.title)) for slug, axis in self.axes.items())]
        if session is not None and session.language not in dict(LANGUAGES):
            self.fields["language"].choices = [*LANGUAGES, (session.language, session.language)]

    def text(self) -> SessionText:
        """The arguments of the commands."""
        facts = self.cleaned_data
        names = ("title", "abstract", "format_name", "minutes", "language", "licence")
        return SessionText(
            **{name: facts[name] for name in names},
            axis=self.axes.get(facts["axis"]),
            kind=facts["kind"] or Session.Kind.SESSION,
            needs=self._needs(),
        )

    def _needs(self) -> Needs:
        facts = self.cleaned_data
        return Needs(
            layout=facts["layout"],
            equipment=tuple(facts["equipment"]),
            step_free=facts["step_free"],
            hearing_loop=facts["hearing_loop"],
            quiet=facts["quiet_room"],
            expected=facts["expected"],
            wished=self.fields["wished"].spans(facts["wished"]),
            tables=facts["tables"] or 0,
            rounds=facts["rounds"] or 1,
        )

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """What the form shows for a session."""
        names = (
            "title",
            "abstract",
            "format_name",
            "minutes",
            "language",
            "licence",
            "kind",
            "expected",
            "layout",
            "equipment",
            "tables",
            "rounds",
        )
        needs = {name: getattr(session, f"needs_{name}") for name in ("step_free", "hearing_loop")}
        return (
            {name: getattr(session, name) for name in names}
            | needs
            | {
                "wished": keys_of(session.wished, session.event),
                "quiet_room": session.needs_quiet,
                "axis": session.axis.slug if session.axis else "",
            }
        )


class PartForm(Form):
    """Somebody who takes part; without a name, nobody."""

    name = LineField(label=_("Name"), max_length=120, required=False)
    email = EmailField(label=_("E-mail address"), required=False, max_length=254)
    structure_name = LineField(label=_("Structure"), max_length=150, required=False)
    kind = forms.ChoiceField(label=_("Part"), choices=Part.Kind.choices, required=False)
    name_is_public = forms.BooleanField(label=_("Agrees to be named in public"), required=False)
    halves = HalvesField(label=_("Can only be there"), required=False, help_text=_("None ticked: at any time."))
    rather = HalvesField(label=_("Would rather be there"), required=False)
    zone = ZoneField(label=_("Speaks from"), help_text=_("For somebody who does not come: a place where it is the same time."))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("halves", "rather"):
            self.fields[name].ask_for(event)
        self.fields["zone"].also(self.initial.get("zone", ""))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("email") and not facts.get("name"):
            self.add_error("name", _("Give a name to this address; empty the line to remove somebody."))
        return facts

    def somebody(self) -> SomebodyTaking:
        """The argument of the commands."""
        facts = self.cleaned_data
        names = ("name", "email", "structure_name", "name_is_public")
        said = Presence(
            available=self.fields["halves"].spans(facts["halves"]),
            wished=self.fields["rather"].spans(facts["rather"]),
            zone=facts["zone"],
        )
        return SomebodyTaking(**{name: facts[name] for name in names}, kind=facts["kind"] or Part.Kind.CARRIES, presence=said)

    @property
    def says_hours(self) -> bool:
        """Whether something is said of her hours."""
        return any(self[name].value() for name in ("halves", "rather", "zone"))

    @staticmethod
    def values_of(part: Part, event: Event) -> dict[str, Any]:
        """What the form shows for a part."""
        names = ("name", "email", "structure_name", "kind", "name_is_public", "zone")
        hours = {"halves": keys_of(part.presence.available, event), "rather": keys_of(part.presence.wished, event)}
        return {name: getattr(part, name) for name in names} | hours


PartForms = forms.formset_factory(PartForm, extra=2, max_num=40, validate_max=True)


class SlotForm(Form):
    """A span of a day; without times, none."""

    day = forms.ChoiceField(label=_("Day"), required=False)
    starts = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    kind = forms.ChoiceField(label=_("For"), choices=Slot.Kind.choices, required=False)
    label_fr = LineField(label=_("Name in French"), max_length=60, required=False)
    label_en = LineField(label=_("Name in English"), max_length=60, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["day"].choices = [(day.isoformat(), short_day(day)) for day in event.days]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if (facts.get("starts") is None) != (facts.get("ends") is None) and not self.errors:
            self.add_error("ends" if facts.get("ends") is None else "starts", _("Give both times; empty both to remove the slot."))
        return facts

    def slot(self) -> SlotText | None:
        """The argument of the command; None for an empty line."""
        facts = self.cleaned_data
        starts, ends = facts.get("starts"), facts.get("ends")
        if not isinstance(starts, time) or not isinstance(ends, time):
            return None
        day, zone = date.fromisoformat(facts["day"] or self.event.starts_on.isoformat()), self.event.zone
        return SlotText(
            starts_at=moment_on(day, starts, zone),
            ends_at=moment_on(day, ends, zone),
            kind=facts["kind"] or Slot.Kind.SESSIONS,
            label={"fr": facts["label_fr"], "en": facts["label_en"]},
        )

    @staticmethod
    def values_of(slot: Slot, event: Event) -> dict[str, Any]:
        """What the form shows for a slot."""
        starts, ends = slot.starts_at.astimezone(event.zone), slot.ends_at.astimezone(event.zone)
        return {
            "day": day_of(starts, event.zone).isoformat(),
            "starts": starts.time(),
            "ends": ends.time(),
            "kind": slot.kind,
            "label_fr": slot.label.get("fr", ""),
            "label_en": slot.label.get("en", ""),
        }


SlotForms = forms.formset_factory(SlotForm, extra=3, max_num=120, validate_max=True)


class PublishForm(Form):
    """The note of a version, and the confirmation."""

    note = LineField(
        label=_("A note for readers"), max_length=500, required=False, help_text=_("One sentence, shown beside the version.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    confirms = forms.BooleanField(label=_("I have read the changes: publish them"))
