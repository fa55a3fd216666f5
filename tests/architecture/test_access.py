"""The access table: every address and API operation, walked as everyone, against own, foreign and absent objects."""

import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from encommun.events.commands import make_token
from encommun.people.links import KEY
from tests.access import EVERYONE, Row
from tests.cast import NOW, Cast

TESTS = Path(__file__).resolve().parent.parent
ACCOUNTS = {
    "member": "chloe",
    "elsewhere": "emma",
    "door": "driss",
    "programme": "hugo",
    "registration": "farid",
    "commons": "gaelle",
    "data_protection": "ines",
    "coordination": "aya",
}
ABSENT = {int: 987654321, str: "ZZZZZZZZ"}


def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for path in sorted(TESTS.glob("*/access.py")):
        for name, row in import_module(f"tests.{path.parent.name}.access").ACCESS.items():
            assert name not in found, f"{name} has two rows"
            found[name] = row
    return found


def names(resolver: URLResolver | None = None, namespaces: tuple[str, ...] = ()) -> list[str]:
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            found += names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.append(":".join((*namespaces, pattern.name or f"({pattern.pattern})")))
    return found


ROWS = rows()


def test_every_address_has_a_row():
    assert sorted(set(names()) - set(ROWS)) == []


def test_every_row_has_an_address():
    assert sorted(set(ROWS) - set(names())) == []


class Walker:
    """Asks an address as somebody; what a request changed is undone."""

    def __init__(self, cast: Cast, name: str, row: Row) -> None:
        self.cast, self.name, self.row = cast, name, row

    def ask(self, who: str, kwargs: dict) -> object:
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            headers = {}
            if self.name.startswith("api:v1:"):
                headers = self._key(who)
            elif who == "owner" and self.row.link:
                session = client.session
                session[KEY] = [list(self.row.link(self.cast))]
                session.save()
                client.cookies["encommun-session"] = session.session_key
            elif who in ACCOUNTS:
                self.cast.sign_in(client, ACCOUNTS[who])
            self.path = reverse(self.name, kwargs=kwargs)
            if self.row.method == "GET":
                answer = client.get(self.path, headers=headers)
            elif headers or self.name.startswith("api:"):
                answer = client.post(
                    self.path, _BODIES.get(self.name, {}), content_type="application/json", headers=headers | _idempotency()
                )
            else:
                answer = client.post(self.path, headers=headers)
            list(answer) if answer.streaming else None
            transaction.set_rollback(True)
        return answer

    def _key(self, who: str) -> dict[str, str]:
        if who not in ("door", "registration", "elsewhere"):
            return {}
        event, coordinator = (self.cast.other, "emma") if who == "elsewhere" else (self.cast.event, "aya")
        role = "registration" if who == "elsewhere" else who
        _token, secret = make_token(event, name="Essai", role=role, days=30, actor=self.cast.actor(coordinator), at=NOW)
        return {"Authorization": f"Bearer {secret}"}


def _idempotency() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


_BODIES = {
    "api:v1:book": {
        "buyer_name": "Chloé Martin",
        "email": "chloe@association.example",
        "payment_method": "transfer",
        "seats": [{"pass_type": "deux-jours"}],
    },
    "api:v1:scan": {"code": "ABCD2345", "scan_id": "0f2d4fb4-3a3c-4b27-8f6c-6e0b2f4f2f3e"},
}


def is_refused(answer) -> bool:
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("people:sign_in"))
    return to_sign_in or answer.status_code in (401, 403, 404, 405)


def is_answered(answer, row: Row) -> bool:
    return answer.status_code < 400 or (row.method == "POST" and answer.status_code in (400, 409, 422))


@pytest.mark.parametrize("name", sorted(ROWS))
def test_each_address_answers_those_of_its_row_and_nobody_else(cast, name):
    row = ROWS[name]
    walker = Walker(cast, name, row)
    kwargs = row.kwargs(cast) if row.kwargs else {}
    wrong = []
    for who in EVERYONE:
        answer = walker.ask(who, kwargs)
        if not (is_answered(answer, row) if who in row.allowed else is_refused(answer)):
            wrong.append((who, "allowed" if who in row.allowed else "not allowed", answer.status_code))
        check_headers(answer)
        check_html(answer)
    assert wrong == []


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.foreign))
def test_through_another_gathering_nothing_is_found(cast, name):
    row = ROWS[name]
    walker, kwargs = Walker(cast, name, row), row.foreign(cast)
    assert [(who, answer.status_code) for who in EVERYONE if not is_refused(answer := walker.ask(who, kwargs))] == []


@pytest.mark.parametrize(
    "name", sorted(name for name, row in ROWS.items() if row.kwargs and row.allowed and not name.startswith("demo:"))
)
def test_what_is_absent_and_what_is_forbidden_look_alike(cast, name):
    row = ROWS[name]
    own = row.kwargs(cast)
    walker = Walker(cast, name, row)
    absent = {key: value if key in ("event", "token") and "code" in own else ABSENT[type(value)] for key, value in own.items()}
    if len(own) > 1:
        absent["event"] = own["event"]
    wrong = []
    for who in EVERYONE:
        answer = walker.ask(who, absent)
        absent_path = walker.path
        to_prove_again = answer.status_code == 302 and name.startswith("people:")
        if not (is_refused(answer) or to_prove_again):
            wrong.append((who, "absent", answer.status_code))
        if who not in row.allowed:
            other = walker.ask(who, own)
            # A key of the wrong gathering is told so (403) where the address itself is public: events are no secret.
            if len(own) > 1 and plain(answer, absent_path) != plain(other, walker.path):
                wrong.append((who, answer.status_code, other.status_code))
    assert wrong == []


def plain(answer, path: str) -> tuple[int, str]:
    """Status and body, without what must differ: the address itself and the form's protection."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode(errors="replace"))
    return answer.status_code, body.replace(path, "…")


#: Pages made to stand inside another site.
FRAMED = {"programme:embed"}


def check_headers(answer) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-" not in policy
    is_framed = answer.resolver_match.view_name in FRAMED
    assert f"frame-ancestors {'*' if is_framed else "'none'"}" in policy
    assert "default-src 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers.get("X-Frame-Options") == (None if is_framed else "DENY")
    assert headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "same-origin", "no-referrer")
    assert "Permissions-Policy" in headers
    cache = headers["Cache-Control"]
    is_public = getattr(answer.resolver_match.func, "is_public_page", False) or cache.startswith("public")
    is_asked_again = cache == "private, no-cache" and "ETag" in headers and "html" not in headers.get("Content-Type", "")
    assert is_public or is_asked_again or "no-store" in cache, cache
    for cookie in answer.cookies.values():
        if cookie.value:
            assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax"), cookie.key


class Page(HTMLParser):
    """Finds what a page loads, and anything inline."""

    LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src", "embed": "src"}

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.inline += [f"<{tag} {name}>" for name in facts if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in facts and "json" not in facts.get("type", "")):
            self.inline.append(f"<{tag}>")
        if url := facts.get(self.LOADED.get(tag, "")):
            self.loaded.append(url)
        if tag == "link" and facts.get("rel") in ("stylesheet", "icon", "manifest", "preload", "modulepreload"):
            self.loaded.append(facts["href"])


def check_html(answer) -> None:
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code in (301, 302, 304):
        return
    page = Page()
    page.feed(answer.content.decode())
    assert page.inline == []
    assert [url for url in page.loaded if not url.startswith(("/", "data:"))] == []
    assert [url for url in page.loaded if url.startswith("//")] == []
