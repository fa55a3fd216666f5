"""The command line, run as a person runs it: a process of its own on a new SQLite instance."""

import os
import subprocess
import sys

import pytest

from encommun.__main__ import usual_workers


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    data = tmp_path_factory.mktemp("instance")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")}

    def run(*args: str, **settings: str) -> subprocess.CompletedProcess:
        env = environ | {"ENCOMMUN_DATA": str(data)} | settings
        return subprocess.run([sys.executable, "-m", "encommun", *args], env=env, capture_output=True, text=True, timeout=600)

    assert run("migrate").returncode == 0
    return run


def test_one_web_process_a_processor_on_postgresql_and_one_on_sqlite(monkeypatch):
    monkeypatch.setattr(os, "process_cpu_count", lambda: 6)
    for address, expected in (("", 1), ("postgresql://x@127.0.0.1/x", 6)):
        monkeypatch.setenv("ENCOMMUN_DATABASE_URL", address)
        assert usual_workers() == expected


def test_help_names_every_command(instance):
    shown = instance("--help").stdout
    for command in ("demo", "serve", "worker", "migrate", "config", "create-organiser", "check"):
        assert command in shown


def test_config_prints_every_setting_and_masks_secrets(instance):
    shown = instance("config", ENCOMMUN_SECRET_KEY="do-not-show-this", ENCOMMUN_HOSTS="a.example, b.example").stdout
    assert "ENCOMMUN_BASE_URL = http://127.0.0.1:8000" in shown
    assert "ENCOMMUN_HOSTS = a.example,b.example\n" in shown
    assert "ENCOMMUN_HTTPS = no\n" in shown
    assert "ENCOMMUN_TODAY = \n" in shown
    assert "ENCOMMUN_SECRET_KEY = …" in shown
    assert "do-not-show-this" not in shown


@pytest.mark.parametrize(
    "name, value, sentence",
    [
        ("ENCOMMUN_TODAY", "demain", "ENCOMMUN_TODAY: expected a day as YYYY-MM-DD, got «demain»"),
        ("ENCOMMUN_HTTPS", "perhaps", "ENCOMMUN_HTTPS: expected yes or no, got «perhaps»"),
        ("ENCOMMUN_PROXIES", "-1", "ENCOMMUN_PROXIES: expected a whole number, 0 or more, got «-1»"),
        ("ENCOMMUN_COLOUR", "red", "ENCOMMUN_COLOUR: no such setting"),
        ("ENCOMMUN_SECRET_KEY_FILE", "/nowhere", "ENCOMMUN_SECRET_KEY_FILE: cannot read /nowhere"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(instance, name, value, sentence):
    for command in ("config", "migrate"):
        ended = instance(command, **{name: value})
        assert ended.returncode == 1
        assert sentence in ended.stderr


def test_an_organiser_of_an_unknown_event_is_refused_in_a_sentence(instance):
    ended = instance("create-organiser", "aya@nec.example", "nowhere")
    assert ended.returncode == 1
    assert "nowhere" in ended.stderr


def test_without_tables_a_sentence_says_what_to_do_first(instance, tmp_path):
    for command in (["check"], ["worker"], ["create-organiser", "aya@nec.example", "nec-2018"]):
        ended = instance(*command, ENCOMMUN_DATA=str(tmp_path))
        assert (ended.returncode, ended.stderr) == (
            1,
            "The tables are not those of this version: run «encommun migrate» first.\n",
        )


def test_check_says_that_everything_holds(instance):
    ended = instance("check")
    assert (ended.returncode, ended.stdout.strip().splitlines()[-1]) == (0, "Everything holds.")
