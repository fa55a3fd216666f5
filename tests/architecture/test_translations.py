"""Every sentence is in French and in English, and means one thing."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(ROOT.glob("encommun/*/locale/fr/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\(\w+\)s|\{\w*\}")


def living(path):
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_every_sentence_has_its_french(path):
    wanting = [
        e.msgid for e in living(path) if "fuzzy" in e.flags or not all(e.msgstr_plural.values() if e.msgid_plural else [e.msgstr])
    ]
    assert wanting == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_french_keeps_the_places_to_fill(path):
    wrong = [e.msgid for e in living(path) if not e.msgid_plural and set(PLACES.findall(e.msgid)) != set(PLACES.findall(e.msgstr))]
    assert wrong == []


def test_one_english_sentence_has_one_french_sentence():
    """Catalogues of all packages are merged by Django: two answers to one question would depend on their order."""
    french = defaultdict(set)
    for path in CATALOGUES:
        for entry in living(path):
            if not entry.msgid_plural:
                french[(entry.msgctxt, entry.msgid)].add(entry.msgstr)
    assert {key[1]: found for key, found in french.items() if len(found) > 1} == {}


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed: «apt install gettext»")
@pytest.mark.parametrize("package", [path.parts[-5] for path in CATALOGUES])
def test_no_sentence_is_missing_from_its_catalogue(package, tmp_path):
    source = ROOT / "encommun" / package
    copy = tmp_path / package
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.pyc", "*.mo", "static"))
    before = {entry.msgid for entry in living(source / "locale/fr/LC_MESSAGES/django.po")}
    subprocess.run(
        [sys.executable, "-P", "-m", "django", "makemessages", "-l", "fr", "--no-location"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    after = {entry.msgid for entry in living(copy / "locale/fr/LC_MESSAGES/django.po")}
    assert after - before == set()


def test_every_package_that_speaks_has_a_catalogue():
    speaking = {
        path.relative_to(ROOT / "encommun").parts[0]
        for path in ROOT.glob("encommun/*/**/*.*")
        if path.suffix in (".py", ".html")
        and re.search(r"gettext(_lazy)? as _|{% (block)?translate", path.read_text(encoding="utf-8"))
    }
    assert speaking - {path.parts[-5] for path in CATALOGUES} == set()
