"""Tell those who follow what was written: one letter a person, a gathering and a day at most."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation

from encommun.deliberation.models import Comment, Follow, TopicMove
from encommun.deliberation.queries import moves_of
from encommun.deliberation.rules import FOLLOW_LINK
from encommun.deliberation.topic import Topic, full_address, kinds
from encommun.events.models import Event
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless, plain_start
from encommun.mailing.commands import write_letter

DAY = timedelta(hours=24)
AT_ONCE = 100
#: How far back texts that changed are looked for: longer than two letters are apart.
LATELY = 2 * DAY
MOST_CHANGES = 6


@dataclass(frozen=True)
class News:
    """What a letter says of one topic."""

    title: str
    address: str
    excerpts: list[str]
    more: int
    changes: list[str]


def send_digests(*, at: datetime) -> int:
    """Write the letters that are due; answer how many. Told again at most a day later, whatever happens meanwhile."""
    hers = Follow.objects.filter(event=OuterRef("event"), email=OuterRef("email"), told_at__gt=at - DAY)
    new = Comment.objects.filter(
        event=OuterRef("event"),
        topic_kind=OuterRef("topic_kind"),
        state=Comment.State.SHOWN,
        shown_at__gt=OuterRef("told_until"),
        shown_at__lte=at,
    ).exclude(email=OuterRef("email"))
    moves = TopicMove.objects.filter(event=OuterRef("event"), topic_kind=OuterRef("topic_kind"))
    merged = moves.filter(Q(from_code=OuterRef("topic_code")) | Q(to_code=OuterRef("topic_code")))
    here = Exists(new.filter(topic_code=OuterRef("topic_code"))) | (Exists(merged) & Exists(new))
    due = Follow.objects.filter(here | _changed(at), ~Exists(hers), stopped_at=None)
    people = due.values_list("event_id", "email").distinct().order_by("event_id", "email")[:AT_ONCE]
    return sum(_tell(event_id, email, at=at) for event_id, email in list(people))


def _changed(at: datetime) -> Q:
    """Follows of topics whose text changed since they were told."""
    here = Q(pk__in=[])
    for kind in kinds().values():
        for event_id, code, last in kind.changed(at - LATELY, at):
            here |= Q(event_id=event_id, topic_kind=kind.kind, topic_code=code, told_until__lt=last)
    return here


@transaction.atomic
def _tell(event_id: int, email: str, *, at: datetime) -> int:
    """One person's letter; 0 when there was nothing for her after all."""
    rows = Follow.objects.select_for_update(of=("self",)).filter(event_id=event_id, email=email, stopped_at=None)
    follows = list(rows.select_related("event").order_by("id"))
    last = max((one.told_at for one in follows if one.told_at), default=None)
    if not follows or (last is not None and last > at - DAY):
        return 0
    event, language = follows[0].event, follows[0].language
    news = _news(event, follows, language, at=at)
    Follow.objects.filter(pk__in=[one.pk for one in follows]).update(told_until=at, **({"told_at": at} if news else {}))
    if not news:
        return 0
    page = reverse("deliberation:follow_link", args=[event.slug, follows[0].code, link_token(FOLLOW_LINK, follows[0].code)])
    context: dict[str, Any] = {"event": event, "news": news, "link": full_address(page, language)}
    dedupe = f"{follows[0].code}:{at.isoformat()}"
    write_letter(
        "deliberation/letters/digest",
        to=email,
        language=language,
        at=at,
        dedupe=dedupe,
        event_id=event.pk,
        context=context,
    )
    return 1


def _news(event: Event, follows: list[Follow], language: str, *, at: datetime) -> list[News]:
    """What each topic that she follows has that is new to her and not her own."""
    since: dict[tuple[str, str], datetime] = {}
    moves = {kind: moves_of(event, kind) for kind in kinds()}
    for one in follows:
        key = (one.topic_kind, moves.get(one.topic_kind, {}).get(one.topic_code, one.topic_code))
        since[key] = min(since.get(key, one.told_until), one.told_until)
    found: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    for comment in _new(event, since, moves, at=at).exclude(email=follows[0].email).order_by("shown_at", "id"):
        kind = comment.topic_kind
        key = (kind, moves.get(kind, {}).get(comment.topic_code, comment.topic_code))
        if key in since and comment.shown_at > since[key]:
            found[key].append(comment)
    news = []
    for kind in kinds().values():
        with translation.override(language):
            changes = kind.changes(
                event, {code: when for (name, code), when in since.items() if name == kind.kind}, follows[0].email
            )
        codes = {code for name, code in found if name == kind.kind} | {code for code, said in changes.items() if said}
        topics = kind.find(event, sorted(codes)) if codes else {}
        news += [_told(topic, found[(kind.kind, code)], changes.get(code, []), language) for code, topic in topics.items()]
    return news


def _new(event: Event, since: dict[tuple[str, str], datetime], moves: dict[str, dict[str, str]], *, at: datetime) -> Any:
    here = Q()
    for kind, code in since:
        codes = [code, *(former for former, end in moves.get(kind, {}).items() if end == code)]
        here |= Q(topic_kind=kind, topic_code__in=codes)
    return Comment.objects.filter(here, event=event, state=Comment.State.SHOWN, shown_at__lte=at, shown_at__gt=min(since.values()))


def _told(topic: Topic, comments: list[Comment], changes: list[str], language: str) -> News:
    excerpts = [harmless(topic.hide(plain_start(comment.words, 200))) for comment in comments[:3]]
    page = full_address(topic.address, language)
    said = [harmless(one) for one in changes[-MOST_CHANGES:]]
    return News(
        harmless(topic.hide(topic.title)), f"{page}#echanges" if comments else page, excerpts, len(comments) - len(excerpts), said
    )
