"""The command line: ``encommun --help``."""

import os
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Encommun: run a gathering as a commons.", no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
    import django

    django.setup()


@app.command()
def migrate() -> None:
    """Create or update the tables of the database."""
    _set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(help="Web processes", min=1)] = 1,
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
            workers=workers,
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


@app.command()
def worker() -> None:
    """Run the background worker: letters, reactions, holds, the journal's chain."""
    _set_up()
    from encommun.reactions.worker import run_until_told

    run_until_told()


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
        shown = "…" if field.metadata["secret"] and value else value
        typer.echo(f"{variable(field.name)} = {shown}\n    {field.metadata['help']}")


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


@app.command()
def check(
    deploy: Annotated[bool, typer.Option(help="Also check that the settings are safe for a public instance")] = False,
) -> None:
    """Check that everything holds: the journal's chain, the quotas recounted, the data's own contracts."""
    _set_up()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    from encommun.web.checks import everything_that_is_wrong

    try:
        call_command("check", deploy=deploy, fail_level="WARNING")
    except SystemCheckError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    wrong = list(everything_that_is_wrong())
    for sentence in wrong:
        typer.echo(sentence, err=True)
    if wrong:
        raise typer.Exit(1)
    typer.echo("Everything holds.")


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
