"""Ask for a programme, stop the search, take its answer or set it aside."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.builder import LEVELS, SOFT
from encommun.programme.commands.place_session import Move, move_sessions
from encommun.programme.models import Building
from encommun.programme.queries.building import breaches_now, moves_of, site_of
from encommun.programme.refusals import AlreadyBuilding, BuildingEnded, DraftMovedMeanwhile, NothingToBuild
from encommun.programme.rules import may_compose

SHORTEST, LONGEST = 5, 600


@transaction.atomic
def start_building(
    event: Event,
    *,
    mode: str = Building.Mode.KEEP,
    levels: Mapping[str, str] | None = None,
    seconds: int = 60,
    actor: Actor,
    at: datetime,
) -> Building:
    """Ask for a programme; a worker begins at once. What was found before and not taken is set aside.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToBuild: no session to place.
        AlreadyBuilding: a search is under way for this gathering.
    """
    require(may_compose(actor, event))
    if not event.sessions.exclude(state="cancelled").exists():
        raise NothingToBuild()
    Building.objects.filter(event=event, state__in=[Building.State.DONE, Building.State.FAILED]).update(
        state=Building.State.REFUSED
    )
    asked = {rule: level for rule, level in (levels or {}).items() if rule in SOFT and level in LEVELS}
    try:
        with transaction.atomic():
            building = Building.objects.create(
                event=event, mode=mode, levels=asked, seconds=max(SHORTEST, min(LONGEST, seconds)), asked_at=at
            )
    except IntegrityError as error:
        raise AlreadyBuilding() from error
    record("programme.building_asked", actor=actor, at=at, event_id=event.pk, about=building, mode=mode, seconds=building.seconds)
    return building


@transaction.atomic
def stop_building(building: Building, *, actor: Actor, at: datetime) -> None:
    """End the search with the best so far.

    Raises:
        NotAllowed: the actor does not compose the programme.
        BuildingEnded: it is over already.
    """
    require(may_compose(actor, building.event))
    if not Building.objects.filter(pk=building.pk, state__in=Building.UNDER_WAY).update(stop_asked=True):
        raise BuildingEnded()
    record("programme.building_stopped", actor=actor, at=at, event_id=building.event_id, about=building)


@transaction.atomic
def accept_building(building: Building, *, actor: Actor, at: datetime) -> int:
    """Bring what was found into the draft, as moves that are undone as one; answer how many sessions moved.

    Raises:
        NotAllowed: the actor does not compose the programme.
        BuildingEnded: there is no answer to take, or it was taken or set aside.
        DraftMovedMeanwhile: the draft changed so that what was found breaks a rule now.
    """
    event = building.event
    require(may_compose(actor, event))
    row = Building.objects.select_for_update().get(pk=building.pk)
    if row.state not in (Building.State.DONE, Building.State.FAILED) or not row.best:
        raise BuildingEnded()
    site = site_of(event, row.levels, row.mode)
    if breaches_now(site, row):
        raise DraftMovedMeanwhile()
    moves = [Move(session=one.session, room=one.room, starts_at=one.starts_at) for one in moves_of(site, row)]
    for one in moves:
        one.session.event = event
    moved = move_sessions(event, moves, actor=actor, at=at)
    row.state = Building.State.ACCEPTED
    row.save(update_fields=["state"])
    record("programme.building_accepted", actor=actor, at=at, event_id=event.pk, about=row, moved=moved)
    return moved


@transaction.atomic
def refuse_building(building: Building, *, actor: Actor, at: datetime) -> None:
    """Set the answer aside: the draft stays as it is.

    Raises:
        NotAllowed: the actor does not compose the programme.
        BuildingEnded: there is none to set aside.
    """
    require(may_compose(actor, building.event))
    ended = [Building.State.DONE, Building.State.FAILED]
    if not Building.objects.filter(pk=building.pk, state__in=ended).update(state=Building.State.REFUSED):
        raise BuildingEnded()
    record("programme.building_refused", actor=actor, at=at, event_id=building.event_id, about=building)
