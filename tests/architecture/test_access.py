"""The access table: every address and API operation, walked as everyone, against own, foreign and absent objects."""

import re
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from lxml import etree, html

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
ABSENT = {UUID: UUID("00000000-0000-4000-8000-000000000000"), int: 987654321, str: "ZZZZZZZZ"}


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
    """Asks an address as somebody; what a request changed is undone. Each person signs in once a walk."""

    def __init__(self, cast: Cast, name: str, row: Row) -> None:
        self.cast, self.name, self.row = cast, name, row
        self.entered: dict[str, tuple[str, dict[str, str]]] = {}

    def ask(self, who: str, kwargs: dict) -> object:
        if who not in self.entered:
            self.entered[who] = self._enter(who)
        session, headers = self.entered[who]
        client = Client(raise_request_exception=False)
        if session:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        self.path = reverse(self.name, kwargs=kwargs)
        with transaction.atomic():
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

    def _enter(self, who: str) -> tuple[str, dict[str, str]]:
        """The session and the headers that somebody comes with."""
        if self.name.startswith("api:v1:"):
            return "", self._key(who)
        if who == "owner" and self.row.link:
            session = Client().session
            session[KEY] = [list(self.row.link(self.cast))]
            session.save()
            return session.session_key, {}
        if who in ACCOUNTS:
            return self.cast.sign_in(Client(), ACCOUNTS[who]).cookies[settings.SESSION_COOKIE_NAME].value, {}
        return "", {}

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
    walker, own = Walker(cast, name, row), row.kwargs(cast) if row.kwargs else {}
    # Refusals are the same lines of Python on every database: on PostgreSQL the pages are asked, by those who see them.
    everyone = EVERYONE if connection.vendor == "sqlite" else [who for who in EVERYONE if who in row.allowed] or EVERYONE[:1]
    answers = {}
    wrong = []
    for who in everyone:
        answer = walker.ask(who, own)
        if not (is_answered(answer, row) if who in row.allowed else is_refused(answer)):
            wrong.append((who, "allowed" if who in row.allowed else "not allowed", answer.status_code))
        check_headers(answer)
        check_html(answer)
        answers[who] = (plain(answer, walker.path), answer.status_code)
    assert wrong == []
    if row.kwargs and row.allowed and not name.startswith("demo:"):
        assert what_tells_the_absent_from_the_forbidden(walker, own, answers) == []
    if row.foreign:  # through another gathering nothing is found
        foreign = row.foreign(cast)
        assert [who for who in everyone if not is_refused(walker.ask(who, foreign))] == []


def what_tells_the_absent_from_the_forbidden(walker: Walker, own: dict, answers: dict) -> list[tuple]:
    """Ask for what does not exist: it is refused to everyone, in the words that meet those who may not see what does."""
    absent = {key: value if key in ("event", "token") and "code" in own else ABSENT[type(value)] for key, value in own.items()}
    if len(own) > 1:
        absent["event"] = own["event"]
    wrong = []
    for who, (seen, status) in answers.items():
        answer = walker.ask(who, absent)
        to_prove_again = answer.status_code == 302 and walker.name.startswith("people:")
        if not (is_refused(answer) or to_prove_again):
            wrong.append((who, "absent", answer.status_code))
        # A key of the wrong gathering is told so (403) where the address itself is public: events are no secret.
        if who not in walker.row.allowed and len(own) > 1 and plain(answer, walker.path) != seen:
            wrong.append((who, answer.status_code, status))
    return wrong


def plain(answer, path: str) -> tuple[int, str]:
    """Status and body, without what must differ: the address itself and the form's protection."""
    if answer.streaming:
        return answer.status_code, ""
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


#: What each element loads.
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src", "embed": "src"}
LINKED = ("stylesheet", "icon", "manifest", "preload", "modulepreload")


def loaded_and_inline(page: str) -> tuple[list[str], list[str]]:
    """The addresses that a page loads, and anything inline in it."""
    loaded, inline = [], []
    for element in html.document_fromstring(page).iter(etree.Element):
        facts = element.attrib
        inline += [f"<{element.tag} {name}>" for name in facts if name.startswith("on") or name == "style"]
        is_script = element.tag == "script" and "src" not in facts and "json" not in facts.get("type", "")
        if element.tag == "style" or is_script:
            inline.append(f"<{element.tag}>")
        if element.tag in LOADED and (url := facts.get(LOADED[element.tag])):
            loaded.append(url)
        if element.tag == "link" and facts.get("rel") in LINKED:
            loaded.append(facts["href"])
    return loaded, inline


def test_what_a_page_loads_and_what_is_inline_in_it_is_found():
    page = '<html><head><link rel="icon" href="/i"><style>a{}</style></head><body onload="x()"><img src="//else/i.png" style="">'
    assert loaded_and_inline(page) == (["/i", "//else/i.png"], ["<style>", "<body onload>", "<img style>"])
    assert loaded_and_inline("<p>a<script>x()</script><script type='application/ld+json'>{}</script>") == ([], ["<script>"])


def check_html(answer) -> None:
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code in (301, 302, 304):
        return
    assert answer.content
    loaded, inline = loaded_and_inline(answer.content.decode())
    assert inline == []
    assert [url for url in loaded if not url.startswith(("/", "data:")) or url.startswith("//")] == []
