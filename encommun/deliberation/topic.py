"""What people talk about: a proposal, a session … as the packages above describe it in their ``topics.py`` (a list ``TOPICS``)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody whose topic it is: where she is told of what is said about it."""

    email: str
    language: str
    account_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One thing that people talk about.

    Attributes:
        route: name and arguments of its page.
        is_open: whether people may speak of it now.
        people: whose it is.
        is_of: whether an actor is one of them.
        hide: takes names out of a text, while readers must not know whose it is.
    """

    event: Event
    kind: str
    slug: str
    code: str
    title: str
    route: tuple[str, tuple[str, ...]]
    is_open: bool
    is_of: Callable[[Actor], bool]
    people: Callable[[], Iterable[Person]]
    hide: Callable[[str], str] = str
    hides_names: bool = False

    @property
    def address(self) -> str:
        """The path of its page, in the language of the request."""
        name, args = self.route
        return reverse(name, args=args)


def nothing_removed(_event: Event) -> list[tuple[str, int]]:
    """Of a kind of which the team removes nothing."""
    return []


def nothing_changed(_since: datetime, _until: datetime) -> list[tuple[int, str, datetime]]:
    """Of a kind whose texts never change."""
    return []


def no_changes(_event: Event, _since: dict[str, datetime], _email: str) -> dict[str, list[str]]:
    """The same, in words."""
    return {}


@dataclass(frozen=True, kw_only=True)
class TopicKind:
    """A kind of topic, as a package describes it.

    Attributes:
        kind: how rows name it, «proposal».
        slug: how addresses name it, «propositions».
        find: the public ones among codes of an event, by code.
        listed: all the public ones of an event, for somebody who picks among them.
        removals: how many the team removed, by reason in words.
        changed: topics whose text changed between two moments: event, code, when it did last.
        changes: what changed since a moment of each code, a sentence each, less what the person of that address did herself.
    """

    kind: str
    slug: str
    name: str | Promise
    find: Callable[[Event, list[str]], dict[str, Topic]]
    listed: Callable[[Event], list[Topic]]
    removals: Callable[[Event], list[tuple[str, int]]] = nothing_removed
    changed: Callable[[datetime, datetime], list[tuple[int, str, datetime]]] = nothing_changed
    changes: Callable[[Event, dict[str, datetime], str], dict[str, list[str]]] = no_changes


@lru_cache(maxsize=1)
def kinds() -> dict[str, TopicKind]:
    """Every kind that a package describes, by its name."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("encommun.")]
    described = (
        kind
        for config in ours
        if module_has_submodule(config.module, "topics")
        for kind in import_module(f"{config.name}.topics").TOPICS
    )
    return {kind.kind: kind for kind in described}


def kind_named(slug: str) -> TopicKind:
    """The kind that an address names.

    Raises:
        NotFound: there is none.
    """
    for kind in kinds().values():
        if kind.slug == slug:
            return kind
    raise NotFound()


def topic_of(event: Event, slug: str, code: str) -> Topic:
    """The topic of an address.

    Raises:
        NotFound: there is none that everyone may see.
    """
    found = kind_named(slug).find(event, [code]).get(code)
    if found is None:
        raise NotFound()
    return found


def topic_named(event: Event, kind: str, code: str) -> Topic | None:
    """The topic that rows name, if it is still to be seen."""
    return kinds()[kind].find(event, [code]).get(code) if kind in kinds() else None


def full_address(path: str, language: str) -> str:
    """An address for a letter, whatever the language now active."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    bare = path.removeprefix(f"{prefix}/") if prefix else path
    return f"{settings.CONFIG.base_url}{prefix}/{bare.lstrip('/')}"
