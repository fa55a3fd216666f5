"""The line of a file on which something stands, for files whose readers do not say it."""

import json
from collections.abc import Mapping
from typing import Any

#: What tells a thing from others, the surest first.
TELLING = ("guid", "uuid", "code", "id", "title", "name")


class Lines:
    """Finds things in a text, from the last one found on: a file is read in its order."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1
        self._has_many = text.count("\n", 0, 100_000) > 2

    def place(self, thing: Any, otherwise: str) -> str:
        """«line 12», or what is said of it otherwise: files on one line have no other."""
        if not self._has_many or not isinstance(thing, Mapping):
            return otherwise
        for key in TELLING:
            value = thing.get(key)
            if not isinstance(value, str) or not 1 < len(value) < 300:
                continue
            for written in (json.dumps(value, ensure_ascii=False), json.dumps(value), value, value.replace("'", "''")):
                at = self._text.find(written, self._at)
                if at >= 0:
                    self._line += self._text.count("\n", self._at, at)
                    self._at = at
                    return f"line {self._line}"
        return otherwise
