"""Proposals as something that people talk about."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db.models import Max, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.call.anonymity import as_everyone_sees
from encommun.call.models import Proposal, Revision
from encommun.call.queries import Names, history_in_words
from encommun.call.queries.moderation import removals_of_proposals
from encommun.call.rules import is_author
from encommun.deliberation.topic import Person, Topic, TopicKind
from encommun.events.models import Event
from encommun.foundation.actor import Actor

KIND, SLUG = "proposal", "propositions"


def topic_of_proposal(proposal: Proposal, event: Event) -> Topic:
    """A proposal as a topic."""
    hide = getattr(proposal, "hide", None)  # set while its authors must not be known
    of: Callable[[Actor], bool] = partial(_is_of, proposal)
    return Topic(
        event=event,
        kind=KIND,
        slug=SLUG,
        code=proposal.code,
        title=proposal.title,
        route=("call:proposal", (event.slug, proposal.code)),
        is_open=proposal.state == Proposal.State.PUBLISHED,
        is_of=of,
        people=partial(_people, proposal),
        hide=hide or str,
        hides_names=hide is not None,
    )


def _is_of(proposal: Proposal, actor: Actor) -> bool:
    return is_author(actor, proposal)


def _people(proposal: Proposal) -> Iterable[Person]:
    for author in proposal.authors.all():
        if author.email:
            yield Person(email=author.email, language=proposal.language, account_id=author.account_id)


def find(event: Event, codes: list[str]) -> dict[str, Topic]:
    """Published proposals among codes."""
    found = Proposal.objects.filter(event=event, code__in=codes, state=Proposal.State.PUBLISHED).prefetch_related("authors")
    return {topic.code: topic for topic in _topics(found, event)}


def listed(event: Event) -> list[Topic]:
    """Every published proposal, by axis."""
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).prefetch_related("authors")
    return _topics(found.order_by("axis__position", "published_at", "id"), event)


def _topics(proposals: QuerySet[Proposal], event: Event) -> list[Topic]:
    """As everyone sees them; whose they are is asked of the proposals themselves."""
    found = list(proposals.select_related("decision"))
    seen = as_everyone_sees(found, event)
    return [
        replace(topic_of_proposal(shown, event), is_of=partial(_is_of, proposal), people=partial(_people, proposal))
        for proposal, shown in zip(found, seen, strict=True)
    ]


def changed(since: datetime, until: datetime) -> list[tuple[int, str, datetime]]:
    """Published proposals whose text changed between two moments; at most two hundred, the latest first."""
    found = Revision.objects.filter(
        is_public=True, at__gt=since, at__lte=until, proposal__state=Proposal.State.PUBLISHED
    ).order_by()
    grouped = found.values_list("proposal__event_id", "proposal__code").annotate(last=Max("at"))
    return list(grouped.order_by("-last")[:200])


def changes(event: Event, since: dict[str, datetime], email: str) -> dict[str, list[str]]:
    """What changed in each since its moment, in sentences, less what that person wrote herself."""
    revisions = Prefetch("revisions", queryset=Revision.objects.filter(is_public=True).select_related("suggestion", "author"))
    found = Proposal.objects.filter(event=event, code__in=since, state=Proposal.State.PUBLISHED).select_related("decision")
    rows, names, told = list(found.prefetch_related("authors", revisions)), Names(event), {}
    for proposal, shown in zip(rows, as_everyone_sees(rows, event), strict=True):
        shown.event = event
        hers = {one.version for one in proposal.revisions.all() if one.author is not None and one.author.email == email}
        steps = [step for step in history_in_words(shown, names)[1:] if step.at > since[proposal.code] and step.version not in hers]
        told[proposal.code] = [sentence for step in steps for sentence in step.changes]
    return told


TOPICS = [
    TopicKind(
        kind=KIND,
        slug=SLUG,
        name=_("Proposals"),
        find=find,
        listed=listed,
        removals=removals_of_proposals,
        changed=changed,
        changes=changes,
    ),
]
