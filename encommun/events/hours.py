"""Hours at a gathering, in plain words: the mornings, afternoons and evenings of its days, and where people speak from."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encommun.events.models import Event, Presence
from encommun.events.models.presence import Spans, moments_of
from encommun.ui.dates import short_day

#: Where people speak from who do not come: one name a time zone, by the places that people know, from west to east.
ZONES = {
    "Pacific/Tahiti": gettext_lazy("Tahiti"),
    "America/Los_Angeles": gettext_lazy("Vancouver, Los Angeles"),
    "America/Denver": gettext_lazy("Denver, Calgary"),
    "America/Mexico_City": gettext_lazy("Mexico City"),
    "America/Chicago": gettext_lazy("Winnipeg, Chicago"),
    "America/Bogota": gettext_lazy("Bogota, Lima"),
    "America/Toronto": gettext_lazy("Montréal, New York, Port-au-Prince"),
    "America/Martinique": gettext_lazy("Guadeloupe, Martinique"),
    "America/Santiago": gettext_lazy("Santiago"),
    "America/Cayenne": gettext_lazy("French Guiana"),
    "America/Sao_Paulo": gettext_lazy("São Paulo, Buenos Aires"),
    "America/Miquelon": gettext_lazy("Saint-Pierre and Miquelon"),
    "Africa/Abidjan": gettext_lazy("Dakar, Abidjan, Bamako"),
    "Europe/London": gettext_lazy("London, Dublin, Lisbon"),
    "Africa/Casablanca": gettext_lazy("Casablanca"),
    "Africa/Lagos": gettext_lazy("Algiers, Tunis, Douala, Kinshasa"),
    "Europe/Paris": gettext_lazy("Paris, Brussels, Geneva, Berlin"),
    "Europe/Athens": gettext_lazy("Athens, Kyiv, Helsinki"),
    "Africa/Johannesburg": gettext_lazy("Kigali, Johannesburg"),
    "Africa/Cairo": gettext_lazy("Cairo"),
    "Asia/Beirut": gettext_lazy("Beirut"),
    "Indian/Mayotte": gettext_lazy("Mayotte, Antananarivo, Nairobi"),
    "Europe/Istanbul": gettext_lazy("Istanbul"),
    "Indian/Reunion": gettext_lazy("Réunion, Mauritius, Dubai"),
    "Asia/Karachi": gettext_lazy("Karachi"),
    "Asia/Kolkata": gettext_lazy("Delhi, Puducherry"),
    "Asia/Dhaka": gettext_lazy("Dhaka"),
    "Asia/Ho_Chi_Minh": gettext_lazy("Hanoi, Bangkok"),
    "Asia/Shanghai": gettext_lazy("Beijing, Singapore"),
    "Asia/Tokyo": gettext_lazy("Tokyo, Seoul"),
    "Australia/Sydney": gettext_lazy("Sydney"),
    "Pacific/Noumea": gettext_lazy("Nouméa"),
    "Pacific/Auckland": gettext_lazy("Auckland"),
}


def place_of(zone: str) -> str:
    """«Montréal, New York, Port-au-Prince»."""
    return str(ZONES[zone]) if zone in ZONES else zone.rpartition("/")[2].replace("_", " ")


def halves_of(event: Event) -> dict[str, tuple[str, tuple[str, str]]]:
    """Morning, afternoon and evening of each day: key -> words, and the span as moments."""
    found = {}
    for day in event.days:
        night = day + timedelta(days=1)
        edges = [
            datetime.combine(on, at, tzinfo=event.zone).isoformat()
            for on, at in ((day, time(5)), (day, time(13)), (day, time(18, 30)), (night, time(5)))
        ]
        named = (_("{day}, morning"), _("{day}, afternoon"), _("{day}, evening"))
        for n, words in enumerate(named):
            found[f"{day:%m%d}-{n}"] = (words.format(day=short_day(day)), (edges[n], edges[n + 1]))
    return found


def keys_of(spans: Spans, event: Event) -> list[str]:
    """The halves of days that some of these spans reach into."""
    held = moments_of(spans)
    return [
        key
        for key, (_words, (a, b)) in halves_of(event).items()
        if any(start < datetime.fromisoformat(b) and datetime.fromisoformat(a) < end for start, end in held)
    ]


def in_words(said: Presence, event: Event) -> list[str]:
    """What somebody says of her hours, a sentence for each thing."""
    halves = halves_of(event)

    def listed(spans: Spans) -> str:
        return "; ".join(halves[key][0] for key in keys_of(spans, event))

    found = []
    if hours := listed(said.available):
        found.append(_("Can only be there: {hours}").format(hours=hours))
    if hours := listed(said.wished):
        found.append(_("Would rather be there: {hours}").format(hours=hours))
    if said.zone:
        found.append(_("Speaks from afar: {place}").format(place=place_of(said.zone)))
    return found


class HalvesField(forms.MultipleChoiceField):
    """Halves of days, to tick."""

    widget = forms.CheckboxSelectMultiple

    def ask_for(self, event: Event) -> None:
        """Offer those of this gathering."""
        self._halves = halves_of(event)
        self.choices = [(key, words) for key, (words, _span) in self._halves.items()]

    def spans(self, keys: list[str]) -> Spans:
        """What was ticked."""
        return tuple(self._halves[key][1] for key in keys)


class ZoneField(forms.ChoiceField):
    """Where somebody speaks from; a zone kept from elsewhere stays."""

    places = tuple(ZONES.items())

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "choices": [("", gettext_lazy("Comes")), *self.places], **kwargs})

    def valid_value(self, value: object) -> bool:
        return super().valid_value(value) or is_zone(str(value))

    def also(self, zone: str) -> None:
        """Offer this zone too."""
        if zone and zone not in ZONES:
            self.choices = [*self.choices, (zone, place_of(zone))]


def is_zone(name: str) -> bool:
    """Whether a time zone has this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
