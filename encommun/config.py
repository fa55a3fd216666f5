"""Settings of an instance: one frozen dataclass, read from the environment.

Each field is read from ``ENCOMMUN_<NAME>`` or, for secrets kept in files, from the file named by ``ENCOMMUN_<NAME>_FILE``.
A wrong value stops the start with its name and what was expected. ``encommun config`` prints all of it.
"""

import os
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any


class WrongConfig(Exception):
    """A setting that cannot be understood; the message names it and what was expected."""


def _help(text: str, default: Any, *, secret: bool = False) -> Any:
    metadata = {"help": text, "secret": secret}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Config:
    """Every setting of an instance, with its type, default and help."""

    data: Path = _help("Folder of the embedded database, sent mail and generated files", lambda: Path("data"))
    database_url: str = _help(
        "PostgreSQL address (postgresql://user:password@host:5432/name); empty: SQLite in the data folder", "", secret=True
    )
    database_pool: int = _help("Most connections to PostgreSQL that one process keeps", 10)
    database_prepares: bool = _help(
        "Keep prepared statements on each connection to PostgreSQL; no: behind a pooler that shares connections between transactions",
        True,
    )
    secret_key: str = _help("Secret that signs links, cookies and keys; empty: made once in the data folder", "", secret=True)
    base_url: str = _help("Public address of the instance, without a final slash", "http://127.0.0.1:8000")
    hosts: tuple[str, ...] = _help("Further host names that may be asked for, separated by commas", ())
    instance_name: str = _help("Name of the instance, on its home page and in letters", "Encommun")
    contact_email: str = _help("Address of the people who run the instance", "contact@example.org")
    publisher: str = _help("Who publishes the instance, for its legal notice: name, legal form, address", "")
    publication_director: str = _help("Who answers for what is published, for the legal notice", "")
    hosted_by: str = _help("Who hosts the instance, for its legal notice: name, address, telephone", "")
    language: str = _help("Language of addresses without a prefix", "fr")
    mail_url: str = _help("smtp://user:password@host:587 or smtps://…:465; empty: letters are written as files", "", secret=True)
    mail_from: str = _help("Sender of letters", "Encommun <ne-pas-repondre@example.org>")
    card_secret_key: str = _help("Secret key of the card provider (Stripe); empty: no payment by card", "", secret=True)
    card_webhook_secret: str = _help("Secret that signs the card provider's notifications", "", secret=True)
    card_api_base: str = _help("Address of the card provider's API", "https://api.stripe.com")
    card_page_origin: str = _help("Origin of the card provider's payment page", "https://checkout.stripe.com")
    helloasso_client_id: str = _help("Client of the HelloAsso API; empty: no payment with HelloAsso", "")
    helloasso_client_secret: str = _help("Secret of the HelloAsso API's client", "", secret=True)
    helloasso_organization: str = _help("Name of the association in HelloAsso's addresses", "")
    helloasso_api_base: str = _help("Address of HelloAsso's API", "https://api.helloasso.com")
    helloasso_page_origin: str = _help("Origin of HelloAsso's payment page", "https://www.helloasso.com")
    https: bool = _help("The instance is reached by HTTPS: secure cookies and strict transport", False)
    proxies: int = _help("How many trusted proxies stand in front (for the caller's address in X-Forwarded-For)", 0)
    today: date | None = _help("Play another day, as the demo does (YYYY-MM-DD); empty: the real clock", None)
    demo: bool = _help("Show the demo page with sent letters and the cast; never on a public instance", False)
    debug: bool = _help("Show technical errors; never on a public instance", False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """Read every field.

        Raises:
            WrongConfig: a value that is not of the field's type, an unreadable file, or an unknown ENCOMMUN_ name.
        """
        environ = os.environ if environ is None else environ
        hints = typing.get_type_hints(cls)
        known = {name for f in fields(cls) for name in (variable(f.name), variable(f.name) + "_FILE")}
        for name in environ:
            if name.startswith("ENCOMMUN_") and not name.startswith("ENCOMMUN_TEST_") and name not in known:
                raise WrongConfig(f"{name}: no such setting. Run «encommun config» to see those that exist.")
        values = {}
        for f in fields(cls):
            raw = _raw(environ, variable(f.name))
            if raw not in (None, ""):
                values[f.name] = _convert(variable(f.name), raw, hints[f.name])
        return cls(**values)

    def database_is_postgresql(self) -> bool:
        """Whether the instance runs on PostgreSQL rather than the embedded SQLite."""
        return bool(self.database_url)


def variable(name: str) -> str:
    """The environment variable of a field: ``base_url`` -> ``ENCOMMUN_BASE_URL``."""
    return f"ENCOMMUN_{name.upper()}"


def _raw(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if path is None:
        return environ.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise WrongConfig(f"{name}_FILE: cannot read {path} ({error.strerror})") from error


def _boolean(raw: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    return words[raw.lower()]


def _positive(raw: str) -> int:
    if (number := int(raw)) < 0:
        raise ValueError(raw)
    return number


def _convert(name: str, raw: str, hint: Any) -> Any:
    expected: dict[Any, tuple[str, Callable[[str], Any]]] = {
        bool: ("yes or no", _boolean),
        int: ("a whole number, 0 or more", _positive),
        date: ("a day as YYYY-MM-DD", date.fromisoformat),
        Path: ("a path", Path),
        str: ("text", str),
        tuple[str, ...]: (
            "names separated by commas",
            lambda text: tuple(part.strip() for part in text.split(",") if part.strip()),
        ),
    }
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    words, convert = expected[hint]
    try:
        return convert(raw)
    except (ValueError, KeyError) as error:
        raise WrongConfig(f"{name}: expected {words}, got «{raw}»") from error
