"""Compile translations and collect static files, when their sources changed. Both are carried by the wheel."""

import hashlib
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "encommun" / "static_built"


def compile_translations() -> None:
    import polib

    for po in ROOT.glob("encommun/**/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))


def fingerprint() -> str:
    digest = hashlib.sha256()
    sources = [
        *ROOT.glob("encommun/*/static/**/*"),
        ROOT / "package-lock.json",
        ROOT / "uv.lock",
        ROOT / "encommun" / "settings.py",
    ]
    for path in sorted(sources):
        if path.is_file():
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def collect_static_files() -> None:
    mark = BUILT / ".fingerprint"
    if mark.exists() and mark.read_text() == fingerprint():
        return
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "encommun.settings", "ENCOMMUN_DATA": data, "ENCOMMUN_DEMO": "yes"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(fingerprint())


if __name__ == "__main__":
    compile_translations()
    collect_static_files()
