"""Forms about workshops and contributors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.registration.forms.fields import MomentField, in_zone
from encommun.registration.models import Contribution, Workshop
from encommun.ui.forms import EmailField, Form, LineField


class WorkshopForm(Form):
    """How the places of a session are counted."""

    seats = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=5000)
    kept = forms.IntegerField(
        label=_("Of these, kept for newcomers and access needs"),
        min_value=0,
        max_value=5000,
        initial=0,
        help_text=_("A person ticks one box for both: nobody knows which of the two it is."),
    )
    kept_until = MomentField(
        label=_("Kept until"), required=False, help_text=_("Then those that nobody took are for everybody. Empty: until the end.")
    )
    opens_at = MomentField(label=_("People sign up from"))
    draws_at = MomentField(
        label=_("Drawn on"),
        required=False,
        help_text=_("Until then people say their wishes in order. Empty: first come, first served."),
    )

    def __init__(self, *args: Any, event: Event, workshop: Workshop | None = None, **kwargs: Any) -> None:
        if workshop is not None:
            kwargs["initial"] = {name: getattr(workshop, name) for name in ("seats", "kept", "kept_until", "opens_at", "draws_at")}
        super().__init__(*args, **kwargs)
        in_zone(self, event.zone)


class ContributorForm(Form):
    """Somebody who gives a hand."""

    name = LineField(label=_("Name"), max_length=120)
    email = EmailField(label=_("E-mail address"), max_length=254, help_text=_("The pass goes there. No account is needed."))
    part = forms.ChoiceField(label=_("Part"), choices=Contribution.Part.choices, initial=Contribution.Part.VOLUNTEERS)
