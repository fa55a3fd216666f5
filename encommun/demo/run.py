"""``encommun demo``: everything that the demo needs, in one process group."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from itertools import islice
from pathlib import Path

import typer


def run(*, port: int, data: Path, reset: bool, today: date) -> None:
    """Make the data if there is none, then serve: web, worker, and the doubles of the payment services."""
    if reset and data.exists():
        if not (data / "demo.json").exists() and any(data.iterdir()):
            typer.echo(f"{data} holds something else than a demo: it is left alone.", err=True)
            raise typer.Exit(1)
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    if _is_taken(port):
        typer.echo(f"Port {port} is already in use: choose another with --port.", err=True)
        raise typer.Exit(1)
    card_port, asso_port = islice((one for one in range(port + 1, 65536) if not _is_taken(one)), 2)
    base_url = f"http://127.0.0.1:{port}"
    environ = environment(port=port, card_port=card_port, asso_port=asso_port, data=data, today=today)
    os.environ.clear()
    os.environ.update(environ)
    subprocess.run([sys.executable, "-m", "encommun", "migrate"], check=True)
    if not (data / "demo.json").exists():
        typer.echo("Making the demo's data …")
        subprocess.run([sys.executable, "-m", "encommun.demo.data"], check=True)
    elif json.loads((data / "demo.json").read_text()).get("base_url", base_url) != base_url:
        subprocess.run([sys.executable, "-m", "encommun.demo.data"], check=True)
    card = ["--port", str(card_port), "--notify", f"{base_url}/paiement/carte/avis/", "--secret", "whsec_demo"]
    asso = ["--port", str(asso_port), "--notify", f"{base_url}/paiement/helloasso/avis/"]
    doubles = [
        _double("card_double", *card, "--data", str(data / "card.json")),
        _double("helloasso_double", *asso, "--data", str(data / "helloasso.json")),
    ]
    web = subprocess.Popen([sys.executable, "-m", "encommun", "serve", "--port", str(port), "--with-worker"])
    signal.signal(signal.SIGTERM, _stop)
    try:
        _wait_for(base_url, web)
        _say(base_url, data)
        web.wait()
    except KeyboardInterrupt:
        typer.echo("\nStopping …")
    finally:
        for process in (web, *doubles):
            process.terminate()
        for process in (web, *doubles):
            _wait_or_kill(process)


def environment(*, port: int, card_port: int, asso_port: int, data: Path, today: date) -> dict[str, str]:
    """The environment of the demo's processes: this one's, with the demo's settings and no other of Encommun's."""
    own = f"http://127.0.0.1:{port}"
    card, asso = f"http://127.0.0.1:{card_port}", f"http://127.0.0.1:{asso_port}"
    return {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")} | {
        "DJANGO_SETTINGS_MODULE": "encommun.settings",
        "ENCOMMUN_DATA": str(data),
        "ENCOMMUN_BASE_URL": own,
        "ENCOMMUN_HOSTS": "localhost,127.0.0.1",
        "ENCOMMUN_TODAY": today.isoformat(),
        "ENCOMMUN_DEMO": "yes",
        "ENCOMMUN_CARD_SECRET_KEY": "sk_test_demo",
        "ENCOMMUN_CARD_WEBHOOK_SECRET": "whsec_demo",
        "ENCOMMUN_CARD_API_BASE": card,
        "ENCOMMUN_CARD_PAGE_ORIGIN": card,
        "ENCOMMUN_HELLOASSO_CLIENT_ID": "demo",
        "ENCOMMUN_HELLOASSO_CLIENT_SECRET": "demo",
        "ENCOMMUN_HELLOASSO_ORGANIZATION": "ping",
        "ENCOMMUN_HELLOASSO_API_BASE": asso,
        "ENCOMMUN_HELLOASSO_PAGE_ORIGIN": asso,
        "ENCOMMUN_CONTACT_EMAIL": "contact@nec.example",
    }


def _double(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", f"encommun.demo.{module}", *arguments])


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _stop(*_signal: object) -> None:
    raise KeyboardInterrupt


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait_for(base_url: str, web: subprocess.Popen[bytes]) -> None:
    for _n in range(1800):
        if web.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{base_url}/sante/", timeout=2) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except OSError:
            time.sleep(0.1)
    typer.echo("The demo did not start in time.", err=True)
    raise typer.Exit(1)


def _say(base_url: str, data: Path) -> None:
    from encommun.demo.names import CAST

    typer.echo(f"\nNumérique en Commun[s] 2018: {base_url}/nec-2018/\n")
    typer.echo(f"Sent letters, and codes to sign in: {base_url}/demo/\n")
    typer.echo(f"Sign in at {base_url}/connexion/ with one of these addresses; the code is on the page of sent letters:")
    for member in CAST.values():
        typer.echo(f"  {member.email:28} {member.name}: {member.what}")
    typer.echo(f"\nData: {data} (kept; --reset begins again). Stop with Ctrl+C.", nl=True)
    sys.stdout.flush()
