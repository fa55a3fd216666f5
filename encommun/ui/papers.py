"""Documents on paper: Typst with the fonts that the library carries (docs/decisions/0006-typst-for-documents.md)."""

import json
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import typst

#: What our fonts draw: Latin, Greek, Cyrillic and the punctuation of European languages.
NOT_DRAWN = re.compile(
    "[^\n\u0020-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff\u2009-\u2026\u202f-\u203a\u20ac\u2116\u2122\u2212]"
)


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts that the library carries: the same page on every machine."""
    return typst.Fonts(include_system_fonts=False)


def paper(source: Path, data: dict[str, Any], *, moment: int, standards: Collection[str] = ("ua-1",), whole: str = "") -> bytes:
    """A document as a tagged PDF.

    PDF/UA refuses a document with a sign that no font has (an emoji in a name): such signs are then drawn as «?».

    Args:
        moment: the time written in the file, in seconds since 1970: the same data make the same bytes.
        standards: of Typst, e.g. «ua-1», «a-3a».
        whole: a name in ``data`` whose text is put in the file as it is, and not drawn.
    """
    try:
        return _compiled(source, data, moment, standards)
    except typst.TypstError:
        return _compiled(source, {name: one if name == whole else _drawn(one) for name, one in data.items()}, moment, standards)


def _compiled(source: Path, data: dict[str, Any], moment: int, standards: Collection[str]) -> bytes:
    inputs = {"data": json.dumps(data)}
    compiler = typst.Compiler(input=source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    return bytes(compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=moment))


def _drawn(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _drawn(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_drawn(inner) for inner in value]
    return NOT_DRAWN.sub("?", value) if isinstance(value, str) else value
