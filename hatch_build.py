"""Build hook: the wheel carries compiled translations and collected static files, so they are made first if they are not there."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Assets(BuildHookInterface):
    """Runs bin/setup when static files were not collected yet."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets; nothing for an editable install, which serves the sources.

        Raises:
            RuntimeError: they are not there and cannot be made here.
        """
        root = Path(self.root)
        if version == "editable" or (root / "encommun/static_built/staticfiles.json").exists():
            return
        if not (root / "bin/setup").exists():
            raise RuntimeError("Static files are missing: build from a checkout, where bin/setup makes them.")
        subprocess.run([root / "bin/setup"], check=True, cwd=root)
