"""What a first visit of a large programme asks over the wire: the page, and everything that it names."""

import posixpath
import re
from urllib.parse import unquote

import brotli
import pytest
from django.conf import settings

from encommun.programme import commands
from tests.programme.conftest import NEXT_DAY, somebody

MOST_BYTES, MOST_REQUESTS = 100_000, 15
ROOMS = ("maxi", "micro", "plateforme-intermedia", "auditorium", "galerie-loire", "atelier-1", "atelier-2")
ABSTRACT = (
    "Une heure pour démonter ce que l’on croit savoir des communs, en petits groupes, puis écrire ce qu’il faudrait garder. "
    "On repart avec une fiche, un contact et au moins une question de plus. "
) * 4


@pytest.fixture
def large(programme):
    """120 sessions of two days, with people, axes and texts of a usual length."""
    axes = list(programme.event.axes.all())
    sessions = []
    for n in range(120):
        people = (somebody(f"Personne Numéro {n}", email=f"p{n}@x.example", name_is_public=True),)
        text = {"abstract": ABSTRACT, "axis": axes[n % len(axes)], "format_name": "Atelier", "people": people}
        sessions.append(programme.session(f"Séance {n} : ce que les communs nous apprennent", **text))
    moves = [
        commands.Move(
            session=one,
            room=programme.room(ROOMS[n % len(ROOMS)]),
            starts_at=programme.moment(f"{9 + n // len(ROOMS) % 9:02}:00", NEXT_DAY if n >= 63 else programme.event.days[0]),
        )
        for n, one in enumerate(sessions)
    ]
    commands.move_sessions(programme.event, moves, **programme.who)
    return programme.publish()


def asked_by(html: str) -> set[str]:
    """Addresses that a browser fetches by itself: style sheets, scripts and what they import, fonts, pictures."""
    tags = re.findall(r"<(?:link|script|img)\b[^>]*>", html)
    links = [
        tag
        for tag in tags
        if not tag.startswith("<link") or re.search(r'rel="(?:stylesheet|icon|preload|modulepreload|manifest)', tag)
    ]
    found = {re.search(r'(?:href|src)="([^"]+)"', tag)[1] for tag in links if re.search(r'(?:href|src)="', tag)}
    for address in [one for one in found if one.endswith((".css", ".js"))]:
        text = static_file(address).read_text()
        base = address.rpartition("/")[0]
        named = re.findall(r'url\("?([^")]+\.woff2)"?\)', text) + re.findall(r'import[^;"]*"(\.[^"]+)"', text)
        found |= {
            posixpath.normpath(f"{base}/{name}") for name in named if "latin-ext" not in name
        }  # fetched only where a letter asks for it
    return {unquote(one) for one in found}  # «%40» and «@» are one address


def static_file(address: str):
    return settings.STATIC_ROOT / address.removeprefix(settings.STATIC_URL)


def weight(address: str) -> int:
    path = static_file(address)
    small = path.with_name(f"{path.name}.br")
    return (small if small.exists() else path).stat().st_size


def test_a_first_visit_of_120_sessions_is_light(large, client):
    answer = client.get("/nec-2018/programme/")
    assert answer.text.count("/seances/") >= 120
    page = len(brotli.compress(answer.content, quality=6))
    local = {one for one in asked_by(answer.text) if one.startswith(settings.STATIC_URL)}
    assert {one for one in asked_by(answer.text) if one.startswith("http")} == set()
    total = page + sum(map(weight, local))
    assert len(local) >= 3
    assert (total <= MOST_BYTES, len(local) + 1 <= MOST_REQUESTS) == (True, True), (
        total,
        page,
        {one: weight(one) for one in local},
    )
