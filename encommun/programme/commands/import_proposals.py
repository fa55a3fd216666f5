"""Bring a file of another system in as proposals of the call, rather than as sessions of the draft."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands import Brought, bring_proposals
from encommun.call.content import Content
from encommun.call.models import Format
from encommun.events.models import Axis, Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.programme.commands.import_programme import Imported, ImportWish, axes_of_file
from encommun.programme.imports import Found, Item, Problem
from encommun.programme.refusals import NothingToImport
from encommun.programme.rules import may_compose

SHORTEST, LONGEST = 5, 480
#: Where proposals go whose theme the file does not say.
NO_AXIS = "Sans axe"


@transaction.atomic
def import_proposals(event: Event, found: Found, wish: ImportWish, *, actor: Actor, at: datetime) -> Imported:
    """Publish each item as a proposal; those that were cancelled or withdrawn there are reported and left out.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToImport: the file holds nothing.
        NoCall: the event has no call.
    """
    require(may_compose(actor, event))
    Event.objects.select_for_update().filter(pk=event.pk).first()
    if not found.items:
        raise NothingToImport()
    done = Imported(problems=list(found.problems))
    axes, done.axes = axes_of_file(event, found, wish)
    formats = _formats(event)
    brought = []
    for item in found.items:
        if item.is_cancelled:
            facts = {"title": clean_line(item.title)[:60]}
            done.problems.append(Problem(where=item.where, code="cancelled_there", facts=facts, is_left_out=True))
            continue
        axis = axes.get(item.track.casefold()) or _no_axis(event, axes, done)
        people = tuple((one.name, one.part) for one in item.people)
        content = _content(item, axis, formats)
        brought.append(Brought(keys=item.keys, content=content, language=item.language or "fr", people=people))
    said = bring_proposals(event, brought, names_are_public=wish.names_are_public, actor=actor, at=at)
    done.new, done.changed, done.same = said.new, said.changed, said.same
    return done


def _formats(event: Event) -> dict[str, Format]:
    """Formats by their names in any language; «» is the free one."""
    named: dict[str, Format] = {}
    for format in event.formats.all():
        named |= {text.casefold(): format for text in format.name.values() if text}
        if format.is_free:
            named.setdefault("", format)
    return named


def _no_axis(event: Event, axes: dict[str, Axis], done: Imported) -> Axis:
    key = NO_AXIS.casefold()
    if key not in axes:
        axes[key] = Axis.objects.create(
            event=event, slug="sans-axe", title={"fr": NO_AXIS, "en": "No axis"}, position=event.axes.count(), hue="first"
        )
        done.axes.append(NO_AXIS)
    return axes[key]


def _content(item: Item, axis: Axis, formats: dict[str, Format]) -> Content:
    named = formats.get(item.format.casefold()) if item.format else None
    chosen = named or formats.get("")
    return Content(
        title=clean_line(item.title)[:150] or "—",
        intention=clean_text(item.abstract)[:4000],
        axis=axis.slug,
        format=chosen.slug if chosen is not None else "",
        format_described=clean_line(item.format)[:200] if named is None else "",
        minutes=min(max(item.minutes, SHORTEST), LONGEST),
    )


def preview_proposals(event: Event, found: Found, wish: ImportWish, *, actor: Actor, at: datetime) -> Imported:
    """What ``import_proposals`` would do; nothing is kept.

    Raises:
        NotAllowed, NothingToImport, NoCall: as when it is done.
    """
    with transaction.atomic():
        try:
            return import_proposals(event, found, wish, actor=actor, at=at)
        finally:
            transaction.set_rollback(True)
