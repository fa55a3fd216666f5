"""The command line: ``encommun --help``."""

import os
import subprocess
import sys
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Encommun: run a gathering as a commons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # they show values, and values may be secrets
)


def _set_up(*, tables: bool = True) -> None:
    """Read the settings; with ``tables``, stop with a sentence when the database is not there or not up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
    import django

    django.setup()
    if not tables:
        return
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        is_current = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        typer.echo(f"The database does not answer: {error}", err=True)
        raise typer.Exit(1) from error
    if not is_current:
        typer.echo("The tables are not those of this version: run «encommun migrate» first.", err=True)
        raise typer.Exit(1)


@app.command()
def migrate() -> None:
    """Create or update the tables of the database."""
    _set_up(tables=False)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8000,
    workers: Annotated[
        int | None, typer.Option(help="Web processes; one a processor on PostgreSQL, one in all on SQLite when not given", min=1)
    ] = None,
    threads: Annotated[int, typer.Option(help="Threads of each process", min=1)] = 4,
    with_worker: Annotated[bool, typer.Option(help="Run the background worker beside, in the same process group")] = False,
) -> None:
    """Serve pages (granian)."""
    from granian import Granian
    from granian.constants import Interfaces

    beside = [subprocess.Popen([sys.executable, "-m", "encommun", "worker"])] if with_worker else []
    try:
        Granian(
            "encommun.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or usual_workers(),
            blocking_threads=threads,
            websockets=False,
            log_level="warning",
            respawn_failed_workers=True,
        ).serve()
    finally:
        for process in beside:
            process.terminate()
        for process in beside:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def usual_workers() -> int:
    """Python uses one processor a process; SQLite writes one thing at a time, and small machines have little memory."""
    from encommun.config import Config

    return max(2, os.process_cpu_count() or 1) if Config.from_environment().database_is_postgresql() else 1


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Do what is due and what waits, then end (for a scheduler)")] = False,
) -> None:
    """Run the background worker: letters, reactions, holds, the journal's chain."""
    _set_up()
    from encommun.reactions.worker import run_once, run_until_told

    run_once() if once else run_until_told()


@app.command()
def config() -> None:
    """Print every setting: variable, value, help. Secrets are masked."""
    from encommun.config import Config, WrongConfig, variable

    try:
        values = Config.from_environment()
    except WrongConfig as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    for field in fields(Config):
        value = getattr(values, field.name)
        shown = "…" if field.metadata["secret"] and value else _as_written(value)
        typer.echo(f"{variable(field.name)} = {shown}\n    {field.metadata['help']}")


@app.command("create-event")
def create_event(
    event: Annotated[str, typer.Argument(help="Short name, first word of its addresses for ever: «our-meeting-2027»")],
    name: Annotated[str, typer.Option(help="Its name", prompt=True)],
    starts: Annotated[datetime, typer.Option(help="First day", formats=["%Y-%m-%d"], prompt="First day (YYYY-MM-DD)")],
    contact: Annotated[str, typer.Option(help="Address that people write to", prompt="Address that people write to")],
    ends: Annotated[datetime | None, typer.Option(help="Last day; the first one if left out", formats=["%Y-%m-%d"])] = None,
    town: Annotated[str, typer.Option(help="Town")] = "",
    organiser: Annotated[str, typer.Option(help="Address of who coordinates; the contact if left out")] = "",
) -> None:
    """Make a gathering, hidden until its team shows it, and the person who coordinates it."""
    _set_up()
    from django.db import transaction

    from encommun.events.commands import EventText, give_role, open_event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM
    from encommun.foundation.refusals import Refused

    text = EventText(name=name, starts_on=starts.date(), ends_on=(ends or starts).date(), town=town, contact_email=contact)
    try:
        with transaction.atomic():
            open_event(event, text, actor=SYSTEM, at=clock.now())
            give_role(event_slug=event, email=organiser or contact, role="coordination", actor=SYSTEM, at=clock.now())
    except Refused as refused:
        typer.echo(refused.sentence, err=True)
        raise typer.Exit(1) from refused
    typer.echo(f"{name}: /{event}/organisation/. {organiser or contact} signs in with a code by e-mail, then adds a second factor.")


def _as_written(value: object) -> str:
    """A setting as one writes it in the environment."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


@app.command("create-organiser")
def create_organiser(
    email: Annotated[str, typer.Argument(help="Address of the person")],
    event: Annotated[str, typer.Argument(help="Short name of the event, as in its address")],
    name: Annotated[str, typer.Option(help="Her name")] = "",
    role: Annotated[
        str, typer.Option(help="coordination, programme, registration, door, data_protection or commons")
    ] = "coordination",
) -> None:
    """Give somebody a role in the team of an event."""
    _set_up()
    from encommun.events.commands import give_role
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM
    from encommun.foundation.refusals import Refused

    try:
        give_role(event_slug=event, email=email, name=name, role=role, actor=SYSTEM, at=clock.now())
    except Refused as refused:
        typer.echo(refused.sentence, err=True)
        raise typer.Exit(1) from refused
    typer.echo(f"{email} · {role} · {event}. She signs in with a code by e-mail, then adds a second factor.")


@app.command("import-programme")
def import_programme(
    event: Annotated[str, typer.Argument(help="Short name of the event, as in its address")],
    file: Annotated[Path, typer.Argument(help="schedule.xml, schedule.json, pretalx or Indico JSON, .ics, .csv or .xlsx")],
    venue: Annotated[str, typer.Option(help="Short name of the venue for rooms that are not there yet")] = "",
    names_are_public: Annotated[bool, typer.Option(help="The people named in the file agree to be named in public")] = False,
    take_dates: Annotated[bool, typer.Option(help="The days of the event become those of the file")] = False,
    draft: Annotated[bool, typer.Option(help="Sessions are being built, not confirmed")] = False,
    as_proposals: Annotated[bool, typer.Option(help="As proposals of the call, not as sessions")] = False,
    try_only: Annotated[bool, typer.Option("--try", help="Say what it would do, and do nothing")] = False,
) -> None:
    """Bring a programme from elsewhere into the draft, or into the call. The same file again makes nothing twice."""
    _set_up()
    from encommun.events.models import Event
    from encommun.foundation import clock
    from encommun.foundation.actor import SYSTEM
    from encommun.foundation.refusals import Refused
    from encommun.programme import commands
    from encommun.programme.imports import Unreadable, read
    from encommun.programme.words import of_problem, of_unreadable

    found = Event.objects.filter(slug=event).first()
    if found is None or not file.is_file():
        typer.echo(f"No event «{event}», or no file «{file}».", err=True)
        raise typer.Exit(1)
    wish = commands.ImportWish(is_confirmed=not draft, names_are_public=names_are_public, takes_dates=take_dates, venue=venue)
    as_sessions = commands.preview_import if try_only else commands.import_programme
    act = (commands.preview_proposals if try_only else commands.import_proposals) if as_proposals else as_sessions
    try:
        done = act(found, read(file.read_bytes(), zone=found.zone), wish, actor=SYSTEM, at=clock.now())
    except Unreadable as error:
        typer.echo(of_unreadable(error), err=True)
        raise typer.Exit(1) from error
    except Refused as refused:
        typer.echo(refused.sentence, err=True)
        raise typer.Exit(1) from refused
    for problem in done.problems:
        typer.echo(of_problem(problem))
    typer.echo(f"{len(done.new)} new, {len(done.changed)} changed, {len(done.same)} already here; {len(done.rooms)} new rooms.")


@app.command()
def bounce() -> None:
    """Note that a letter came back: reads the mail server's report (RFC 3464) on standard input."""
    _set_up()
    from encommun.mailing.commands import note_bounce

    letter = note_bounce(sys.stdin.buffer.read())
    typer.echo(f"{letter.recipient}: {letter.last_error}" if letter else "Nothing to note: no lasting failure of a letter of ours.")


@app.command()
def check(
    deploy: Annotated[bool, typer.Option(help="Also check that the settings are safe for a public instance")] = False,
) -> None:
    """Check that everything holds: the journal's chain, the quotas recounted, the data's own contracts."""
    _set_up()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from encommun.web.checks import everything_that_is_wrong, what_the_law_asks_to_say

    try:
        call_command("check", deploy=deploy, fail_level="WARNING")
    except SystemCheckError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    wrong = [*everything_that_is_wrong(), *(what_the_law_asks_to_say() if deploy else ())]
    for sentence in wrong:
        typer.echo(sentence, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo("Everything holds.")


@app.command("check-invoice")
def check_invoice(file: Annotated[Path, typer.Argument(help="An invoice in XML, or a PDF that holds one", exists=True)]) -> None:
    """Say what EN 16931 and the French rules make of an electronic invoice."""
    _set_up(tables=False)
    from encommun.invoicing.factur_x import NoSaxon, verdict

    try:
        found = verdict(file.read_bytes())
    except (NoSaxon, ValueError) as error:
        typer.echo(str(error) or "The rules need «saxonche»: pip install saxonche.", err=True)
        raise typer.Exit(2) from error
    broken = [("XSD", found.schema)] if found.schema else [*found.base, *found.fr]
    for rule, sentence in broken:
        typer.echo(f"{rule}: {sentence}", err=True)
    kind = "valid, also between bodies in France" if found.is_valid_in_france else "valid, outside the French flow between bodies"
    typer.echo(kind if found.is_valid else "not valid")
    raise typer.Exit(0 if found.is_valid_in_france else 1)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8000,
    data: Annotated[Path, typer.Option(help="Folder of the demo's data")] = Path("data/demo"),
    reset: Annotated[bool, typer.Option(help="Begin again from nothing")] = False,
    today: Annotated[str, typer.Option(help="The day that the demo plays (YYYY-MM-DD)")] = "2018-07-02",
) -> None:
    """Serve Numérique en Commun[s] 2018 on SQLite, ready to be tried."""
    from encommun.demo.run import run

    run(port=port, data=data.absolute(), reset=reset, today=date.fromisoformat(today))


if __name__ == "__main__":
    app()
