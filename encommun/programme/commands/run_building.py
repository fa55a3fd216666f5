"""Run a search in a process of its own, told apart from the worker: it may be heavy, and it may be stopped."""

import resource
import subprocess
import sys
import threading
from datetime import datetime, timedelta

from django.db import transaction

from encommun.foundation import clock
from encommun.programme import builder
from encommun.programme.models import Building
from encommun.programme.queries.building import Site, site_of

#: The most memory that a search may take.
MOST_BYTES = 4 * 2**30
WORKERS = 2
#: A search that said nothing for so long has died.
SILENT = timedelta(seconds=45)
RUN = "import django; django.setup(); from encommun.programme.commands.run_building import child; child({number})"

_children: list[subprocess.Popen[bytes]] = []


def begin_buildings(*, at: datetime) -> int:
    """Begin the searches that wait, each in a process; note those that died. Answer how many began."""
    _children[:] = [one for one in _children if one.poll() is None]
    silent = Building.objects.filter(state=Building.State.RUNNING, beat_at__lt=at - SILENT)
    silent.update(state=Building.State.FAILED, ended_at=at)
    begun = 0
    for number in Building.objects.filter(state=Building.State.WAITING).order_by("id").values_list("pk", flat=True)[:2]:
        waiting = Building.objects.filter(pk=number, state=Building.State.WAITING)
        if waiting.update(state=Building.State.RUNNING, started_at=at, beat_at=at):
            _children.append(subprocess.Popen([sys.executable, "-c", RUN.format(number=number)]))
            begun += 1
    return begun


def child(number: int) -> None:
    """What the process does."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.RLIM_INFINITY))
    try:
        run_building(number)
    except BaseException:
        Building.objects.filter(pk=number, state=Building.State.RUNNING).update(state=Building.State.FAILED, ended_at=clock.now())
        raise


def run_building(number: int, *, workers: int = WORKERS, pause: float = 0.7) -> None:
    """Search, tell the row about it, and end when it asks to. The search is in a thread; only this one touches the database."""
    building = Building.objects.select_related("event").get(pk=number)
    site = site_of(building.event, building.levels, building.mode)
    told: list[builder.Progress] = []
    made: list[builder.Built] = []
    failed: list[BaseException] = []
    search = builder.Builder(
        site.problem,
        seconds=building.seconds,
        workers=workers,
        keep=building.mode == Building.Mode.KEEP,
        told=lambda progress: told.__setitem__(slice(None), [progress]),
    )

    def work() -> None:
        try:
            made.append(search.run())
        except BaseException as error:  # said in the row, and raised again below
            failed.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        thread.join(pause)
        if _beat(building, site, told) and thread.is_alive():
            search.stop()
            thread.join()
    if failed:
        Building.objects.filter(pk=number).update(state=Building.State.FAILED, ended_at=clock.now())
        raise failed[0]
    _end(building, site, made[0])


def _beat(building: Building, site: Site, told: list[builder.Progress]) -> bool:
    """Say that it lives, and the best so far; answer whether to stop."""
    facts: dict[str, object] = {"beat_at": clock.now()}
    if told:
        last = told[0]
        unmet = builder.Costs(site.problem).unmet(last.programme)
        facts["best"] = site.written(last.programme)
        facts["found"] = {
            "cost": last.cost,
            "bound": last.bound,
            "left_out": [key for key in site.sessions if key not in last.programme],
            "seconds": round(last.seconds, 1),
            "unmet": _unmet(unmet),
            "totals": _totals(unmet),
        }
    with transaction.atomic():
        Building.objects.filter(pk=building.pk, state=Building.State.RUNNING).update(**facts)
        return Building.objects.filter(pk=building.pk, stop_asked=True).exists()


def _end(building: Building, site: Site, built: builder.Built) -> None:
    """Keep the answer; when something stands nowhere, say which wishes contradict each other."""
    left_out = [key for key in site.sessions if key not in built.programme]
    found: dict[str, object] = {
        "cost": built.cost,
        "bound": built.bound,
        "proved": built.proved,
        "left_out": left_out,
        "seconds": round(built.seconds, 1),
        "first_seconds": round(built.first_seconds, 1) if built.first_seconds is not None else None,
        "unmet": _unmet(built.unmet),
        "totals": _totals(built.unmet),
    }
    if left_out:
        Building.objects.filter(pk=building.pk).update(beat_at=clock.now() + timedelta(seconds=30))
        why = builder.conflict(site.problem, seconds=20, workers=WORKERS)
        if why is not None:
            found["core"] = [[wish.kind, wish.key, wish.detail] for wish in why.core]
            found["relax"] = [[wish.kind, wish.key, wish.detail] for wish in why.relax]
    Building.objects.filter(pk=building.pk).update(
        state=Building.State.DONE, ended_at=clock.now(), best=site.written(built.programme), found=found
    )


def _unmet(unmet: list[builder.Unmet]) -> list[list[object]]:
    return [[one.rule, list(one.sessions), one.amount, one.cost, one.detail] for one in unmet[:60]]


def _totals(unmet: list[builder.Unmet]) -> dict[str, int]:
    """How many wishes of each rule are not met."""
    totals: dict[str, int] = {}
    for one in unmet:
        totals[one.rule] = totals.get(one.rule, 0) + 1
    return totals
