"""Letters as .eml files in a folder: the default of an instance without SMTP."""

from pathlib import Path
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """One file a letter, named by its Message-ID: sending it twice leaves one file."""

    def __init__(self, *, folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = folder

    def send_messages(self, email_messages: Any) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = message.extra_headers["Message-ID"].strip("<>").partition("@")[0]
            (self.folder / f"{name}.eml").write_bytes(message.message().as_bytes())
        return len(email_messages)
