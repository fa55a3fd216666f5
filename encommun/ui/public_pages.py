"""Public pages: the same bytes for everyone, rendered once, kept compressed in memory.

A view is declared with ``@public_page``. Its answer is kept until a public change of the event is recorded
(``journal.record(..., public=True)`` raises the event's stamp) or a minute has passed (deadlines come by themselves).
Each process looks at the stamps at most once a second, and at once after a change made through itself; somebody who
has just changed something passes by what is kept for a few seconds (cookie ``encommun-fresh``), on any process.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import brotli
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse

from encommun.foundation.actor import VISITOR

FRESH_COOKIE = "encommun-fresh"
FRESH_SECONDS = 10
LOOK_EVERY = 1.0  # seconds between two looks at the stamps
LIVES = 60.0  # seconds after which a page is drawn again, for deadlines
MOST_BYTES = 64 * 1024 * 1024

type View = Callable[..., HttpResponse]
type Key = tuple[str, str, str]  # host, path, query


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered page: its bytes and headers by encoding."""

    event_id: int | None
    stamp: object
    until: float
    etag: str
    bodies: dict[str, bytes]  # "br", "gzip", "" -> bytes
    headers: dict[str, list[tuple[str, str]]]
    size: int


class Store:
    """Kept pages of this process, the least recently asked forgotten first."""

    #: Reads the stamp of each event; ``journal`` sets it when it is loaded.
    read_stamps: Callable[[], dict[int, int]] = staticmethod(dict)

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._bytes = 0
        self._stamps: dict[int, int] = {}
        self._next_look = 0.0

    def find(self, key: Key) -> Kept | None:
        """The page, if it is still true."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        if kept.until < time.monotonic() or kept.stamp != self.stamp(kept.event_id):
            self.forget(key)
            return None
        return kept

    def stamp(self, event_id: int | None) -> object:
        """What a page of the event (or of the instance, for None) is compared with."""
        if event_id is None:
            return tuple(sorted(self._stamps.items()))
        return (self._stamps.get(0, 0), self._stamps.get(event_id, 0))

    def look_now(self) -> None:
        """Read the stamps before the next answer."""
        self._next_look = 0.0

    def refresh(self) -> bool:
        """Read the stamps if it is time; whether the database was asked."""
        if (now := time.monotonic()) < self._next_look:
            return False
        self._next_look = now + LOOK_EVERY
        self._stamps = self.read_stamps()
        return True

    def keep(self, key: Key, kept: Kept) -> None:
        with self._lock:
            if former := self._pages.pop(key, None):
                self._bytes -= former.size
            self._pages[key] = kept
            self._bytes += kept.size
            while self._bytes > MOST_BYTES:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= oldest.size

    def forget(self, key: Key) -> None:
        with self._lock:
            if former := self._pages.pop(key, None):
                self._bytes -= former.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0
            self._next_look = 0.0


STORE = Store()


def public_page(*params: str) -> Callable[[View], View]:
    """Declare a view whose answer is the same for everyone.

    Args:
        params: the query parameters that the page understands; with any other the page is drawn but not kept.

    The view sees a visitor, whoever asks. It puts the event on ``request.event`` (``events.views.event_of``).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor = VISITOR
            STORE.refresh()
            stamp_before = STORE.stamp(None)
            response = view(request, *args, **kwargs)
            event = getattr(request, "event", None)
            if request.session.accessed:
                raise RuntimeError(f"{request.path} is declared public and read the session")
            response.headers.setdefault("Cache-Control", "public, no-cache")
            response.public_of = event.pk if event is not None else None
            response.may_be_kept = (
                response.status_code == 200
                and not response.streaming
                and set(request.GET) <= set(params)
                and stamp_before == STORE.stamp(None)
            )
            return response

        public.is_public_page = True
        return public

    return decorate


class KeepPublicPages:
    """The outermost middleware: keeps the final bytes of public pages, and marks those who change something."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            response = self.get_response(request)
            STORE.look_now()
            if not request.path_info.startswith("/api/"):
                response.set_cookie(
                    FRESH_COOKIE, "1", max_age=FRESH_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
                )
            return response
        response = self.get_response(request)
        if not getattr(response, "may_be_kept", False):
            return response
        kept = _compress(response)
        if request.method == "GET":
            STORE.keep(_key(request.META), kept)
        return _answer(request.META, kept, response)


def _compress(response: HttpResponse) -> Kept:
    body = response.content
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    bodies = {"": body, "gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=6)}
    plain = [(name, value) for name, value in response.items() if name.lower() not in ("content-length", "vary")]
    headers = {}
    for encoding, data in bodies.items():
        headers[encoding] = [*plain, ("ETag", etag), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(data)))]
        if encoding:
            headers[encoding].append(("Content-Encoding", encoding))
    return Kept(
        event_id=response.public_of,
        stamp=STORE.stamp(response.public_of),
        until=time.monotonic() + LIVES,
        etag=etag,
        bodies=bodies,
        headers=headers,
        size=sum(map(len, bodies.values())),
    )


def _encoding(environ: dict[str, Any]) -> str:
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""


def _key(environ: dict[str, Any]) -> Key:
    return (environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))


def _answer(environ: dict[str, Any], kept: Kept, response: HttpResponse) -> HttpResponse:
    """The first answer, in the same shape as the later ones."""
    encoding = _encoding(environ)
    if environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
        response.status_code = 304
        response.content = b""
    else:
        response.content = kept.bodies[encoding]
    for name, value in kept.headers[encoding]:
        response.headers[name] = value
    if response.status_code == 304:
        del response.headers["Content-Length"]
    return response


class PublicPages:
    """WSGI: answers a kept page before Django is asked."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and FRESH_COOKIE not in environ.get("HTTP_COOKIE", ""):
            if STORE.refresh():
                close_old_connections()
            kept = STORE.find(_key(environ))
            if kept is not None:
                encoding = _encoding(environ)
                if environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
                    start_response(
                        "304 Not Modified",
                        [h for h in kept.headers[encoding] if h[0] not in ("Content-Length", "Content-Encoding", "Content-Type")],
                    )
                    return [b""]
                start_response("200 OK", kept.headers[encoding])
                return [kept.bodies[encoding]]
        return self.application(environ, start_response)
