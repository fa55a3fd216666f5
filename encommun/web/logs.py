"""Logs as JSON lines: no body, no address, no secret link; control characters are escaped by JSON itself."""

import json
import logging
import re
from datetime import UTC, datetime

SECRET_PARTS = re.compile(r"(/lien/)[a-z2-7]{20,}|([?&](?:token|key|code)=)[^&\s]+", re.IGNORECASE)
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def without_secrets(text: str) -> str:
    """A line without secret links, tokens in addresses, and e-mail addresses."""
    return ADDRESSES.sub("…@…", SECRET_PARTS.sub(r"\1\2…", text))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
