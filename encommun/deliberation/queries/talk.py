"""What is said about topics, for everyone and for the team."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from encommun.deliberation.models import Comment, Follow, Report, Talk, TopicMove
from encommun.deliberation.rules import is_follower, is_writer, may_moderate
from encommun.deliberation.topic import Topic, kinds, topic_named
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require

A_PAGE = 30
MOST_ANSWERS = 400


@dataclass
class Thread:
    """A message with its answers, in the order in which they came; answers to answers stand beside them."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)


def moves_of(event: Event, kind: str) -> dict[str, str]:
    """Which topic each one was merged into, to the end of the chain."""
    steps = dict(TopicMove.objects.filter(event=event, topic_kind=kind).values_list("from_code", "to_code"))
    ends = {}
    for code in steps:
        end = code
        while end in steps:
            end = steps[end]
        ends[code] = end
    return ends


def codes_of(event: Event, kind: str, code: str) -> list[str]:
    """The topic, and those merged into it."""
    return [code, *(former for former, end in moves_of(event, kind).items() if end == code)]


def talk_of(event: Event, kind: str) -> Talk | None:
    """How people talk about that kind; None: as nobody has said otherwise."""
    return Talk.objects.filter(event=event, topic_kind=kind).first()


def comments_on(topic: Topic) -> QuerySet[Comment]:
    """Everything that has a place on its page."""
    codes = codes_of(topic.event, topic.kind, topic.code)
    return Comment.objects.on_page().filter(event=topic.event, topic_kind=topic.kind, topic_code__in=codes)


@dataclass(frozen=True)
class Talked:
    """What is said of a topic: a page of threads, how many messages are shown, how many the team removed."""

    threads: list[Thread]
    page: Page
    shown: int
    removed: int


def threads_on(topic: Topic, *, number: Any = 1) -> Talked:
    """One page of what is said, oldest first. Five statements, whatever was written."""
    found = comments_on(topic)
    page = Paginator(found.filter(parent=None), A_PAGE).get_page(number)
    threads = {comment.pk: Thread(comment) for comment in page}
    answers = Comment.objects.on_page().filter(parent__in=threads).select_related(None)[:MOST_ANSWERS]
    for answer in answers:
        threads[answer.parent_id].answers.append(answer)
    counts = Counter(dict(found.order_by().values_list("state").annotate(Count("pk"))))
    return Talked(list(threads.values()), page, counts[Comment.State.SHOWN], counts[Comment.State.REMOVED])


def comment_counts(event: Event, kind: str) -> dict[str, int]:
    """How many messages are shown about each topic of a kind."""
    moves = moves_of(event, kind)
    found = Comment.objects.filter(event=event, topic_kind=kind, state=Comment.State.SHOWN).order_by()
    counts: Counter[str] = Counter()
    for code, count in found.values_list("topic_code").annotate(Count("pk")):
        counts[moves.get(code, code)] += count
    return dict(counts)


def comment_shown(event: Event, code: str) -> Comment:
    """A message that has a place on a page.

    Raises:
        NotFound: there is none.
    """
    found = Comment.objects.on_page().filter(event=event, code=code).select_related("event").first()
    if found is None:
        raise NotFound()
    return found


def comment_of_writer(actor: Actor, event: Event, code: str) -> Comment:
    """A message in any state, for whoever wrote it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = Comment.objects.filter(event=event, code=code).select_related("event").first()
    if found is None:
        raise NotFound()
    require(is_writer(actor, found))
    return found


def follow_seen_by(actor: Actor, event: Event, code: str) -> Follow:
    """What one follows.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = Follow.objects.filter(event=event, code=code).select_related("event").first()
    if found is None:
        raise NotFound()
    require(is_follower(actor, found))
    return found


def topic_of_row(row: Comment | Follow) -> Topic | None:
    """The topic that a row is about, after merges; None when it is no longer public."""
    code = moves_of(row.event, row.topic_kind).get(row.topic_code, row.topic_code)
    return topic_named(row.event, row.topic_kind, code)


@dataclass(frozen=True)
class Watched:
    """A message as those who moderate see it."""

    comment: Comment
    topic: Topic | None
    reports: list[Report]


def to_moderate(actor: Actor, event: Event) -> list[Watched]:
    """What waits for the team, the oldest first: first messages, and messages reported.

    Raises:
        NotAllowed: the actor does not moderate here.
    """
    require(may_moderate(actor, event))
    waiting = Comment.objects.filter(event=event, state=Comment.State.WAITING)
    reported = Comment.objects.filter(event=event, state=Comment.State.SHOWN, reports__state=Report.State.WAITING)
    found = (waiting | Comment.objects.filter(pk__in=reported.values("pk"))).order_by("made_at")[:100]
    return _watched(event, list(found.prefetch_related("reports")))


def moderated(actor: Actor, event: Event) -> list[Watched]:
    """The journal: what was removed or kept after a report, the latest first.

    Raises:
        NotAllowed: the actor does not moderate here.
    """
    require(may_moderate(actor, event))
    handled = Report.objects.filter(comment__event=event).exclude(state=Report.State.WAITING)
    found = Comment.objects.filter(event=event, state=Comment.State.REMOVED) | Comment.objects.filter(
        event=event, pk__in=handled.values("comment_id")
    )
    return _watched(event, list(found.order_by("-gone_at", "-made_at").prefetch_related("reports")[:100]))


def _watched(event: Event, comments: list[Comment]) -> list[Watched]:
    topics: dict[tuple[str, str], Topic] = {}
    for kind in kinds().values():
        moves = moves_of(event, kind.kind)
        codes = {moves.get(c.topic_code, c.topic_code) for c in comments if c.topic_kind == kind.kind}
        found = kind.find(event, sorted(codes)) if codes else {}
        topics |= {
            (kind.kind, code): found[moves.get(code, code)]
            for code in {c.topic_code for c in comments if c.topic_kind == kind.kind}
            if moves.get(code, code) in found
        }
    return [Watched(c, topics.get((c.topic_kind, c.topic_code)), list(c.reports.all())) for c in comments]


def waiting_count(event: Event) -> int:
    """How many messages wait for the team."""
    waiting = Comment.objects.filter(event=event, state=Comment.State.WAITING).count()
    return waiting + Report.objects.filter(comment__event=event, state=Report.State.WAITING).values("comment").distinct().count()


def removals(event: Event) -> list[tuple[str, int]]:
    """How many messages the team removed, by reason: public."""
    found = Comment.objects.filter(event=event, state=Comment.State.REMOVED).order_by()
    counts = dict(found.values_list("reason").annotate(Count("pk")))
    labels = dict(Comment._meta.get_field("reason").choices)
    return [(str(labels[reason]), count) for reason, count in sorted(counts.items()) if reason]
