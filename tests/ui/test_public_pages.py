"""Kept public pages: the same bytes for everyone, true at once after a change, and nothing else ever kept."""

import gzip
import io
import math
import time

import brotli
import pytest
from django.test import RequestFactory

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.journal.models import PublicStamp
from encommun.ui import public_pages
from encommun.ui.public_pages import FRESH_COOKIE, STORE, PublicPages, public_page
from tests.cast import NOW

HOME = "/nec-2018/"


@pytest.fixture
def wsgi(monkeypatch):
    """The WSGI door alone: what is not kept answers «Django»."""
    monkeypatch.setattr(public_pages, "close_old_connections", lambda: None)

    def behind(environ, start_response):
        start_response("200 OK", [])
        return [b"Django"]

    door = PublicPages(behind)

    def get(path=HOME, method="GET", query="", **headers):
        answer = {}

        def start(status, sent):
            answer.update(status=status, headers=dict(sent))

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "testserver",
            "wsgi.input": io.BytesIO(),
        } | {"HTTP_" + name.upper(): value for name, value in headers.items()}
        return b"".join(door(environ, start)), answer

    return get


@pytest.fixture
def kept(cast, client, monkeypatch):
    """The event's home, asked once as a host names it; however busy the machine is, it counts as drawn quickly."""
    monkeypatch.setattr("encommun.ui.public_pages.SLOW", math.inf)
    return client.get(HOME, headers={"Host": "testserver"})


def test_the_door_answers_the_very_bytes_that_django_answered(kept, wsgi):
    body, answer = wsgi()
    assert body == kept.content
    assert answer["headers"]["ETag"] == kept.headers["ETag"]
    assert answer["headers"]["Content-Security-Policy"] == kept.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "open_it"), [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_each_gets_the_encoding_that_she_reads(kept, wsgi, accepted, encoding, open_it):
    body, answer = wsgi(accept_encoding=accepted)
    assert answer["headers"]["Content-Encoding"] == encoding
    assert answer["headers"]["Vary"] == "Accept-Encoding"
    assert open_it(body) == kept.content


def test_a_page_that_was_read_before_is_not_sent_again(kept, wsgi, client):
    body, answer = wsgi(if_none_match=kept.headers["ETag"])
    assert (body, answer["status"]) == (b"", "304 Not Modified")
    STORE.clear()
    assert client.get(HOME, headers={"If-None-Match": kept.headers["ETag"]}).status_code == 304


def test_who_is_signed_in_gets_the_same_bytes_and_no_cookie(cast, client, kept):
    cast.sign_in(client, "aya")
    STORE.clear()
    answer = client.get(HOME)
    assert answer.content == kept.content
    assert not answer.cookies


def test_after_a_public_change_the_page_is_drawn_again_at_once(cast, client, kept, wsgi):
    record("events.tested", actor=SYSTEM, at=NOW, event_id=cast.event.pk, about=cast.event, public=True)
    STORE.look_now()
    assert wsgi()[0] == b"Django"


def test_a_change_made_by_another_process_is_seen_within_a_second(cast, kept, wsgi, monkeypatch):
    PublicStamp.objects.bump(cast.event.pk)
    assert wsgi()[0] == kept.content
    monkeypatch.setattr(STORE, "_next_look", time.monotonic() - 1)
    assert wsgi()[0] == b"Django"


def test_a_change_of_another_event_leaves_the_page(cast, kept, wsgi):
    PublicStamp.objects.bump(cast.other.pk)
    STORE.look_now()
    assert wsgi()[0] == kept.content


def test_a_page_lives_a_minute(kept, wsgi, monkeypatch):
    later = time.monotonic() + public_pages.LIVES + 1
    monkeypatch.setattr(public_pages.time, "monotonic", lambda: later)
    assert wsgi()[0] == b"Django"


def test_who_just_changed_something_passes_by_what_is_kept(kept, wsgi):
    assert wsgi(cookie=f"{FRESH_COOKIE}=1")[0] == b"Django"


def test_a_change_marks_who_made_it_for_a_few_seconds(cast, client):
    answer = client.post("/connexion/", {"email": ""})
    assert answer.cookies[FRESH_COOKIE]["max-age"] == public_pages.FRESH_SECONDS


@pytest.mark.parametrize("query", ["utm_source=x", "x=" + "a" * 50])
def test_an_unknown_query_is_answered_and_not_kept(cast, client, wsgi, query):
    assert client.get(f"{HOME}?{query}").status_code == 200
    assert wsgi(query=query)[0] == b"Django"


def test_another_host_does_not_get_the_page_of_this_one(kept, wsgi):
    assert wsgi(host="elsewhere.example")[0] == b"Django"


def test_head_has_the_headers_without_the_body(kept, client):
    answer = client.head(HOME)
    assert answer.content == b""
    assert answer.headers["ETag"] == kept.headers["ETag"]


def test_what_is_not_found_is_not_kept(cast, client, wsgi):
    assert client.get("/no-such-gathering/").status_code == 404
    assert wsgi(path="/no-such-gathering/")[0] == b"Django"


def test_memory_is_bounded_and_the_least_asked_goes_first(cast, client, monkeypatch):
    client.get(HOME)
    first = STORE._bytes
    monkeypatch.setattr(public_pages, "MOST_BYTES", first + 100)
    client.get("/nec-2018/axes-de-travail/")
    assert STORE._bytes <= first + 100
    assert [key[1] for key in STORE._pages] == ["/nec-2018/axes-de-travail/"]


@pytest.mark.django_db
def test_a_public_view_that_reads_the_session_is_an_error():
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpResponse

    @public_page()
    def view(request):
        request.session.get("links")
        return HttpResponse("x")

    request = RequestFactory().get("/")
    request.session = SessionStore()
    with pytest.raises(RuntimeError, match="declared public and read the session"):
        view(request)
