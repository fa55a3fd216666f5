"""Two texts side by side, word by word: what stays, what goes, what comes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 6000  # words in both texts; beyond, the whole is shown as replaced


@dataclass(frozen=True)
class Piece:
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def differences(before: Any, after: Any) -> list[Piece]:
    """The pieces of the two texts in reading order; what goes stands before what comes in its place."""
    former, later = (WORDS.findall("" if text is None else str(text)) for text in (before, after))
    if len(former) + len(later) > MOST:
        return [Piece("gone", "".join(former)), Piece("new", "".join(later))]
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, former, later, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(former[a:b])))
            continue
        pieces += [Piece("gone", "".join(former[a:b]))] if b > a else []
        pieces += [Piece("new", "".join(later[c:d]))] if d > c else []
    return pieces
