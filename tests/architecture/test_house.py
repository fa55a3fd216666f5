"""The rules of the house that a machine can see; see docs/map.md and docs/style.md."""

import ast
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "encommun"
PACKAGES = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
COMMANDS = sorted(path for path in HOUSE.glob("*/commands/*.py") if path.name != "__init__.py")
SOURCES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("package", sorted({path.parent.parent.name for path in COMMANDS}))
def test_commands_take_who_acts_and_when_by_name(package):
    module = import_module(f"encommun.{package}.commands")
    wrong = []
    for name in module.__all__:
        thing = getattr(module, name)
        if not inspect.isfunction(thing) or inspect.isgeneratorfunction(thing):
            continue
        parameters = inspect.signature(thing).parameters
        wrong += [
            f"{name}: {word}"
            for word in ("actor", "at")
            if word in parameters and parameters[word].kind != inspect.Parameter.KEYWORD_ONLY
        ]
        if thing.__doc__ is None:
            wrong.append(f"{name}: no docstring")
        source = inspect.getsource(thing)
        if "record(" in source and name != "record":
            if "at" not in parameters:
                wrong.append(f"{name}: records, and is not told when")
            if "actor" not in parameters and not re.search(r"actor=(SYSTEM|VISITOR|Actor\(|actor_of\()", source):
                wrong.append(f"{name}: records, and does not say who acts")
    assert wrong == []


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_every_file_of_commands_is_offered_by_its_package(path):
    tree = ast.parse((path.parent / "__init__.py").read_text())
    offered = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    inside = {
        node.module
        for other in path.parent.glob("*.py")
        for node in ast.walk(ast.parse(other.read_text()))
        if isinstance(node, ast.ImportFrom)
    }
    assert f"encommun.{path.parent.parent.name}.commands.{path.stem}" in offered | inside


def test_imports_go_down():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_component_is_in_the_gallery(cast, client):
    from encommun.ui.components import COMPONENTS

    sources = "".join(path.read_text() for path in (HOUSE / "ui" / "templates").rglob("*gallery*"))
    sources += "".join(path.read_text() for path in (HOUSE / "ui" / "templates" / "ui" / "gallery").rglob("*.html"))
    assert client.get("/ui/").status_code == 200
    assert [name for name in COMPONENTS if not re.search(rf'{{% (?:ui|show) "{name}"', sources)] == []


def test_nothing_but_its_own_verbs_writes_how_many_places_are_taken():
    writes = re.compile(r"\btaken\s*=(?!=)|\.taken\s*[-+]=|[\"']taken[\"']\s*:")
    found = {name_of(path) for path in SOURCES if writes.search(re.sub(r"taken = models\.\w+", "", path.read_text()))}
    found = {name for name in found if not name.startswith("call/")}  # there, a suggestion is taken
    reads = {"registration/queries/drift.py"}  # the recount looks for other numbers, and mends nothing
    assert found - {"registration/models/passes.py"} - reads == set()


def test_nothing_but_the_settings_reads_the_environment():
    found = {name_of(path) for path in SOURCES if re.search(r"os\.environ|os\.getenv", path.read_text())}
    assert found == {"config.py", "__main__.py", "wsgi.py", "demo/run.py"} & found


def test_there_are_no_signals_and_no_admin():
    found = {name_of(path) for path in SOURCES if re.search(r"django\.dispatch|\.connect\(\s*receiver|@receiver", path.read_text())}
    assert found == set()
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_only_the_house_s_cleaners_call_html_safe():
    marked = {name_of(path) for path in SOURCES if "mark_safe(" in path.read_text()}
    known = {
        "foundation/text.py",  # cleaned by nh3
        "ui/templatetags/ui.py",  # parts that templates drew, and escaped
        "commons/templatetags/commons.py",  # JSON with its signs escaped
        "demo/views/demo.py",  # urlize, which escapes
    }
    assert marked - known == set()
    templates = [name_of(path) for path in HOUSE.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape off", path.read_text())]
    # A letter's body comes from ``foundation.text.markdown``; the codes of the training and of a welcome are drawn by ourselves.
    drawn = {"checkin/templates/checkin/training.html", "checkin/templates/checkin/welcomed.html"}
    assert set(templates) - {"mailing/templates/mailing/letter.html"} - drawn == set()
