"""Public pages: the same bytes for everyone, rendered once, kept compressed in memory.

A view is declared with ``@public_page``. Its answer is kept until a public change of the event is recorded
(``journal.record(..., public=True)`` raises the event's stamp) or a minute has passed (deadlines come by themselves).
A page that takes long to draw and is read all the time is drawn anew beside: whoever asks meanwhile gets the one that was
true a moment ago, so that nobody waits for a new version of a large programme.
Each process looks at the stamps at most once a second, and at once after a change made through itself; somebody who
has just changed something passes by what is kept for a few seconds (cookie ``encommun-fresh``), on any process.
"""

import gzip
import hashlib
import io
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import brotli
import zstandard
from django.db import close_old_connections, connections
from django.http import HttpRequest, HttpResponse

from encommun.foundation.actor import VISITOR

FRESH_COOKIE = "encommun-fresh"
FRESH_SECONDS = 10
LOOK_EVERY = 1.0  # seconds between two looks at the stamps
LIVES = 60.0  # seconds after which a page is drawn again, for deadlines
MOST_BYTES = 64 * 1024 * 1024
SLOW = 0.1  # seconds to draw, from which a page is drawn anew beside
TRUE_LATELY = 5.0  # seconds since a slow page was last found true, within which it may still be given

type View = Callable[..., HttpResponse]
type Key = tuple[str, str, str]  # host, path, query


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered page: its bytes and headers by encoding."""

    event_id: int | None
    stamp: object
    until: float
    etag: str
    bodies: dict[str, bytes]  # "br", "zstd", "gzip", "" -> bytes
    headers: dict[str, list[tuple[str, str]]]
    size: int
    took: float  # seconds to draw


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
        self._true_at: dict[Key, float] = {}
        self._drawing: set[Key] = set()

    def find(self, key: Key) -> Kept | None:
        """The page, if it is still true."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        now = time.monotonic()
        if kept.until < now or kept.stamp != self.stamp(kept.event_id):
            return None
        if kept.took > SLOW:
            self._true_at[key] = now
        return kept

    def find_late(self, key: Key) -> Kept | None:
        """A slow page that is no longer true and was a moment ago; asked once more, it is drawn by then."""
        kept = self._pages.get(key)
        lately = time.monotonic() - self._true_at.get(key, -TRUE_LATELY) < TRUE_LATELY
        return kept if kept is not None and kept.took > SLOW and lately else None

    def begin_drawing(self, key: Key) -> bool:
        """Whether the caller is the one who draws the page anew beside."""
        with self._lock:
            if key in self._drawing:
                return False
            self._drawing.add(key)
            return True

    def end_drawing(self, key: Key) -> None:
        with self._lock:
            self._drawing.discard(key)

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
                forgotten, oldest = self._pages.popitem(last=False)
                self._true_at.pop(forgotten, None)
                self._bytes -= oldest.size

    def forget(self, key: Key) -> None:
        with self._lock:
            if former := self._pages.pop(key, None):
                self._bytes -= former.size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._true_at.clear()
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
            began = time.monotonic()
            response = view(request, *args, **kwargs)
            event = getattr(request, "event", None)
            if hasattr(request, "session") and request.session.accessed:
                raise RuntimeError(f"{request.path} is declared public and read the session")
            response.headers.setdefault("Cache-Control", "public, no-cache")
            response.took = time.monotonic() - began
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
    bodies = {
        "": body,
        "gzip": gzip.compress(body, 6, mtime=0),
        "br": brotli.compress(body, quality=6),
        "zstd": zstandard.ZstdCompressor(level=9).compress(body),
    }
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
        took=getattr(response, "took", 0.0),
    )


def _encoding(environ: dict[str, Any]) -> str:
    """The smallest of the encodings that the reader takes."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if ";" in accepted:
        accepted = ",".join(
            one for one in accepted.split(",") if one.replace(" ", "").partition(";q=")[2] not in ("0", "0.0", "0.00")
        )
    return "br" if "br" in accepted else "zstd" if "zstd" in accepted else "gzip" if "gzip" in accepted else ""


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
            key = _key(environ)
            kept = STORE.find(key)
            if kept is None and (kept := STORE.find_late(key)) is not None and STORE.begin_drawing(key):
                threading.Thread(target=self._draw, args=(key, environ), daemon=True).start()
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

    def _draw(self, key: Key, environ: dict[str, Any]) -> None:
        """Draw a page anew, for a visitor, beside the answers."""
        names = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
        asked = {name: environ[name] for name in names if name in environ}
        asked |= {name: environ[name] for name in ("wsgi.url_scheme", "wsgi.version", "HTTP_X_FORWARDED_PROTO") if name in environ}
        asked |= {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()}
        try:
            answer = self.application(asked, lambda *_given: None)
            close = getattr(answer, "close", None)
            for _piece in answer:
                pass
            if close is not None:
                close()
        finally:
            STORE.end_drawing(key)
            connections.close_all()
