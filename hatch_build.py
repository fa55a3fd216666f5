"""Build hook: the wheel carries compiled translations and collected static files, made first from what the sources are now."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface):
    """Runs bin/setup, which does nothing when nothing changed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets; nothing for an editable install, which serves the sources.

        Raises:
            RuntimeError: they are not there and cannot be made here.
        """
        root = Path(self.root)
        if version == "editable":
            return
        if (root / "bin/setup").exists():
            subprocess.run([root / "bin/setup"], check=True, cwd=root)
        elif not (root / "encommun/static_built/staticfiles.json").exists():  # a source archive carries them
            raise RuntimeError("Static files are missing: build from a checkout, where bin/setup makes them.")
