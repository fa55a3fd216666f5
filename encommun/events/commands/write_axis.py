"""Write a working axis, or take one away."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify

from encommun.events.models import Axis, Event
from encommun.events.refusals import AxisUsed, NameMissing
from encommun.events.rules import may_describe
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.localised import Localised
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record


@dataclass(frozen=True, kw_only=True)
class AxisText:
    """An axis as the team writes it; ``hue`` is a token of the design system, and brings its shape."""

    title: dict[str, str]
    text: dict[str, str] = field(default_factory=dict)
    hue: str = "first"


@transaction.atomic
def write_axis(event: Event, text: AxisText, *, axis: Axis | None = None, actor: Actor, at: datetime) -> Axis:
    """Add an axis, or change one. Its address, drawn from its first title, stays.

    Raises:
        NotAllowed: only coordination.
        NameMissing: an axis has a title.
    """
    require(may_describe(actor, event))
    title = {language: clean_line(words)[:100] for language, words in text.title.items() if clean_line(words)}
    if not title:
        raise NameMissing()
    if axis is None:
        last = event.axes.aggregate(Max("position"))["position__max"] or 0
        axis = Axis(event=event, slug=_free_slug(event, Localised(title).in_language("fr")), position=last + 1)
    axis.title, axis.hue = title, text.hue
    axis.text = {language: clean_text(words) for language, words in text.text.items() if clean_text(words)}
    axis.save()
    record("events.axis_written", actor=actor, at=at, event_id=event.pk, about=axis, public=True)
    return axis


@transaction.atomic
def remove_axis(axis: Axis, *, actor: Actor, at: datetime) -> None:
    """Take away an axis under which nothing is gathered.

    Raises:
        NotAllowed: only coordination.
        AxisUsed: proposals, sessions or resources are under it.
    """
    require(may_describe(actor, axis.event))
    record("events.axis_removed", actor=actor, at=at, event_id=axis.event_id, about=axis, public=True)
    try:
        with transaction.atomic():
            axis.delete()
    except ProtectedError:
        raise AxisUsed() from None


def _free_slug(event: Event, title: str) -> str:
    slug = slugify(title)[:50]
    return slug if slug and not event.axes.filter(slug=slug).exists() else f"{slug or 'axe'}-{new_code(6).lower()}"
