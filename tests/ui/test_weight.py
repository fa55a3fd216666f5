"""A first visit stays light: style, behaviour and the font, as they travel."""

import gzip
from pathlib import Path

FONT = Path("node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2")


def test_what_every_page_brings_weighs_less_than_seventy_kilobytes():
    shared = [Path(f"encommun/{name}").read_bytes() for name in ("ui/static/ui/encommun.css", "ui/static/ui/elements.js")]
    assert sum(len(gzip.compress(body)) for body in shared) + FONT.stat().st_size < 70_000
