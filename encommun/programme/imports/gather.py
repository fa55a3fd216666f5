"""From what a reader saw of each item to items: checks that every form of file needs, repeated ids among them."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from encommun.programme.imports.found import Found, Item, Somebody
from encommun.programme.imports.texts import LONGEST_ABSTRACT, LONGEST_NAME, LONGEST_TITLE, cut, one_line

LONGEST_KEY, LONGEST_WHERE = 200, 80
#: Titles have no marks of HTML.
MARKED = re.compile(r"</?(?:b|i|em|strong|span|br|p|sup|sub|code|u|small|a)\b[^<>]{0,200}>", re.I)


@dataclass(kw_only=True)
class Draft:
    """An item as a reader saw it, before any check."""

    where: str
    guid: str = ""
    keys: list[str] = field(default_factory=list)
    title: str
    abstract: str = ""
    starts_at: datetime | None = None
    start_is_given: bool = False
    minutes: int | None = None
    room: str = ""
    track: str = ""
    format: str = ""
    language: str = ""
    people: list[Somebody] = field(default_factory=list)
    is_cancelled: bool = False
    again: str = ""  # what a calendar calls this time of something that repeats
    is_exception: bool = False  # this time is not as the others


def gather(found: Found, drafts: list[Draft]) -> None:
    """Put the drafts in ``found``, with a report for each that is bent or left out."""
    times: Counter[str] = Counter()
    taken: set[str] = set()
    guids = {item.guid for item in found.items if item.guid}
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        item = _item(found, draft)
        if item is None:
            continue
        same = (item.title, item.starts_at, item.room, item.guid or item.keys[:1])
        if same in seen:
            found.leave_out(item.where, "repeated", title=cut(item.title, 60))
            continue
        seen.add(same)
        keys = []
        for key in item.keys or (_by_words(item),):
            times[key] += 1
            keys.append(_free(_short(key), times[key], taken))
        if item.keys and all(times[key] > 1 for key in item.keys):
            found.note(item.where, "id_again", title=cut(item.title, 60))
        guid = "" if item.guid in guids else item.guid
        guids.add(guid)
        found.items.append(_with(item, tuple(keys), guid))
        if item.room:
            found.rooms.setdefault(item.room, None)
    found.days = sorted({*found.days, *(day for day in map(_day(found), found.items) if day)})


def _with(item: Item, keys: tuple[str, ...], guid: str) -> Item:
    return Item(**{name: getattr(item, name) for name in item.__dataclass_fields__} | {"keys": keys, "guid": guid})


def _day(found: Found):
    def day(item: Item):
        if item.starts_at is None:
            return None
        local = item.starts_at.astimezone(found.zone)
        return local.date() - timedelta(days=local.time() < time(5))

    return day


def _short(key: str) -> str:
    """What a session is kept under: short enough, and still its own."""
    return key if len(key) <= LONGEST_KEY else f"long:{hashlib.sha256(key.encode()).hexdigest()}"


def _free(key: str, times: int, taken: set[str]) -> str:
    """The key, numbered from its second time on; it is taken now."""
    free = key if times == 1 else f"{key}#{times}"
    while free in taken:
        times += 1
        free = f"{key}#{times}"
    taken.add(free)
    return free


def _by_words(item: Item) -> str:
    """Known by its title where the file gives no id."""
    return f"title:{item.title.casefold()}"


def _item(found: Found, draft: Draft) -> Item | None:
    draft.where, title = cut(one_line(draft.where), LONGEST_WHERE), one_line(MARKED.sub("", draft.title))
    if not title:
        found.leave_out(draft.where, "no_title")
        return None
    abstract = draft.abstract.strip()
    if len(title) > LONGEST_TITLE:
        abstract = f"{title}\n\n{abstract}".strip()
        title = cut(title, LONGEST_TITLE)
        found.note(draft.where, "title_cut", title=cut(title, 60))
    if len(abstract) > LONGEST_ABSTRACT:
        abstract = cut(abstract, LONGEST_ABSTRACT)
        found.note(draft.where, "text_cut", title=cut(title, 60))
    starts_at = draft.starts_at
    if starts_at is None and draft.start_is_given:
        found.note(draft.where, "time_unread", title=cut(title, 60))
    minutes = draft.minutes
    if minutes is None or minutes <= 0:
        if starts_at is not None:
            found.note(draft.where, "no_length", title=cut(title, 60))
        minutes = 60
    elif minutes > 1440:
        found.note(draft.where, "too_long", title=cut(title, 60))
        minutes = 1440
    language = draft.language.strip().lower()[:2]
    return Item(
        where=draft.where,
        keys=tuple(key for one in draft.keys if (key := one_line(one))),
        title=title,
        guid=_uuid(draft.guid),
        abstract=abstract,
        starts_at=starts_at.astimezone(found.zone) if starts_at else None,
        minutes=minutes,
        room=cut(one_line(draft.room), 100),
        track=cut(one_line(draft.track), 80),
        format=cut(one_line(draft.format), 60),
        language=language if re.fullmatch("[a-z]{2}", language) else "",
        people=tuple(_once(draft.people)),
        is_cancelled=draft.is_cancelled,
    )


def _once(people: list[Somebody]) -> list[Somebody]:
    named = {one.name.casefold(): Somebody(name=cut(one.name, LONGEST_NAME), part=one.part) for one in reversed(people) if one.name}
    return list(reversed(named.values()))


def _uuid(text: str) -> str:
    try:
        return str(UUID(text)) if re.fullmatch(r"[0-9a-fA-F-]{32,36}", text or "") else ""
    except ValueError:
        return ""
