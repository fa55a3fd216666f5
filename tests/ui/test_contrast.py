"""The colours of the design system keep the contrasts of WCAG 2.2 AA, in both themes."""

import re
from pathlib import Path

import pytest

CSS = Path("encommun/ui/static/ui/encommun.css").read_text(encoding="utf-8")
COLOUR = r"#[0-9a-f]{6}"
TOKENS = {name: (light, dark) for name, light, dark in re.findall(rf"--([a-z-]+): light-dark\(({COLOUR}), ({COLOUR})\)", CSS)} | {
    name: (value, value) for name, value in re.findall(rf"--([a-z-]+): ({COLOUR});", CSS)
}

GROUNDS = ("paper", "surface", "sunken")
INKS = ("ink", "muted", "accent", "info", "success", "warning", "danger", "first", "second", "third", "fourth")
TEXT = [(ink, ground) for ink in INKS for ground in GROUNDS] + [
    ("paper", "ink"),
    ("accent-ink", "accent"),
    *[("flat-ink", f"{hue}-flat") for hue in ("first", "second", "third", "fourth", "spot")],
]
#: Edges of fields, the focus ring, axes' brackets: what must be seen to be used.
SHAPES = [(shape, ground) for shape in ("edge", "focus") for ground in GROUNDS]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    channels = [round(int(one[n : n + 2], 16) * share + int(other[n : n + 2], 16) * (1 - share)) for n in (1, 3, 5)]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def test_the_formula_is_that_of_wcag():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ink, ground", TEXT)
def test_text_keeps_four_and_a_half_to_one(ink, ground, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("shape, ground", SHAPES)
def test_what_must_be_seen_keeps_three_to_one(shape, ground, theme):
    assert contrast(TOKENS[shape][theme], TOKENS[ground][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("tone", ["info", "success", "warning", "danger"])
def test_a_notice_is_read_on_its_own_ground(tone, theme):
    ground = mixed(TOKENS[tone][theme], TOKENS["surface"][theme], 0.09)
    assert contrast(TOKENS[tone][theme], ground) >= 4.5
    assert contrast(TOKENS["ink"][theme], ground) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("hue", ["first", "second", "third", "fourth", "spot"])
def test_the_head_of_a_page_is_read_on_its_tint(hue, theme):
    ground = mixed(TOKENS[f"{hue}-flat"][theme], TOKENS["paper"][theme], (0.36, 0.22)[theme])
    assert contrast(TOKENS["ink"][theme], ground) >= 7
