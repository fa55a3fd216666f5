"""Reading without knowing whose it is: proposals as everyone sees them while their authors' names must not be known.

Names are taken out of the text too. What is veiled is a copy: the proposal itself never changes.
"""

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet

from encommun.call.content import LONG
from encommun.call.models import Author, Choosing, Proposal, Revision, Wanted
from encommun.call.rules import released_decision
from encommun.call.search import fold, stems_of
from encommun.events.models import Event
from encommun.foundation.actor import Actor

HIDDEN = "[…]"
#: Words of a structure's name that name nobody.
GENERIC = frozenset(
    [
        "association",
        "bibliotheque",
        "bibliotheques",
        "centre",
        "collectif",
        "college",
        "communaute",
        "commune",
        "compagnie",
        "cooperative",
        "departement",
        "ecole",
        "espace",
        "federation",
        "fondation",
        "france",
        "france",
        "institut",
        "laboratoire",
        "lycee",
        "mairie",
        "maison",
        "mediatheque",
        "mediatheques",
        "ministere",
        "numerique",
        "public",
        "publique",
        "region",
        "reseau",
        "service",
        "services",
        "societe",
        "universite",
        "ville",
        "village",
        "agence",
        "atelier",
        "club",
    ]
)


def hides_authors(event: Event) -> bool:
    """Whether authors of the event's proposals must not be known now. One statement."""
    return Choosing.objects.filter(event=event, is_anonymous=True, phase__in=Choosing.HIDDEN_IN).exists()


def telling_words(authors: Iterable[Author]) -> list[str]:
    """Everything that would tell who the authors are, without accents, the longest first."""
    telling: set[str] = set()
    for author in authors:
        for whole in (author.name, author.structure_name, author.email, author.email.partition("@")[2]):
            telling.add(fold(whole).strip())
        telling.update(part for part in re.findall(r"[\w’'-]+", fold(author.name)) if len(part) >= 3)
        telling.update(part for part in re.split(r"[^\w]+", fold(author.email.partition("@")[0])) if len(part) >= 4)
        for part in re.findall(r"[\w-]+", author.structure_name):
            if len(part) >= 4 and part[0].isupper() and fold(part) not in GENERIC:
                telling.add(fold(part))
    return sorted((word for word in telling if len(word) >= 3), key=len, reverse=True)


def without(words: Sequence[str], text: str) -> str:
    """A text with those words taken out, whatever their accents and capitals."""
    if not words or not text:
        return text
    folded, places = "", []
    for place, char in enumerate(text):
        simple = fold(char)
        folded += simple
        places += [place] * len(simple)
    pattern = "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words)
    cut, last = [], 0
    for match in re.finditer(pattern, folded):
        start, end = places[match.start()], places[match.end() - 1] + 1
        if start < last:
            continue
        cut += [text[last:start], HIDDEN]
        last = end
    return "".join([*cut, text[last:]])


def veil(proposal: Proposal, authors: Iterable[Author] | None = None) -> Proposal:
    """A copy without anything that tells whose it is: for display only, never to be saved."""
    hide = partial(without, telling_words(proposal.authors.all() if authors is None else authors))
    veiled = copy.copy(proposal)  # Django gives the copy a state of its own
    veiled._prefetched_objects_cache = dict(getattr(proposal, "_prefetched_objects_cache", {}))
    for name in ("title", "format_described", *LONG):
        setattr(veiled, name, hide(getattr(proposal, name)))
    veiled.answers = hidden_in(proposal.answers, hide)
    veiled._prefetched_objects_cache["authors"] = Nameless(
        [Author(pk=author.pk, part=author.part, position=author.position) for author in proposal.authors.all()]
    )
    cache = veiled._prefetched_objects_cache
    if "revisions" in cache:
        cache["revisions"] = Nameless([_veil_revision(revision, hide) for revision in cache["revisions"]])
    if "merged_from" in cache:
        cache["merged_from"] = Nameless([veil(other) for other in cache["merged_from"]])
    if "split_into" in cache:
        cache["split_into"] = Nameless([veil(other, proposal.authors.all()) for other in cache["split_into"]])
    if "split_from" in proposal._state.fields_cache and proposal.split_from is not None:
        veiled.split_from = veil(proposal.split_from, proposal.authors.all())
    if hasattr(proposal, "looks_for"):
        veiled.looks_for = [_veil_words(wanted, hide) for wanted in proposal.looks_for]
    veiled.hide = hide
    return veiled


def hidden_in(value: Any, hide: Callable[[str], str]) -> Any:
    """A value of a text as revisions keep them, whatever it is made of."""
    if isinstance(value, dict):
        return {key: hidden_in(one, hide) for key, one in value.items()}
    if isinstance(value, list):
        return [hidden_in(one, hide) for one in value]
    return hide(value) if isinstance(value, str) else value


class Nameless(list):  # type: ignore[type-arg]
    """Rows as a template and a query read them: ``all()`` and iteration."""

    def all(self) -> "Nameless":
        return self

    def exists(self) -> bool:
        return bool(self)

    def count(self, *_args: object) -> int:
        return len(self)


def _veil_revision(revision: Revision, hide: Callable[[str], str]) -> Revision:
    veiled = copy.copy(revision)
    veiled.fields = hidden_in(revision.fields, hide)
    return veiled


def _veil_words(wanted: Wanted, hide: Callable[[str], str]) -> Wanted:
    veiled = copy.copy(wanted)
    veiled.words = hide(wanted.words)
    return veiled


def as_everyone_sees(proposals: Iterable[Proposal], event: Event) -> list[Proposal]:
    """Proposals for a public page: veiled while their authors must not be known and have no answer yet. One statement."""
    found = list(proposals)
    if not hides_authors(event):
        return found
    return [proposal if released_decision(proposal) is not None else veil(proposal) for proposal in found]


def hides_authors_from(actor: Actor, event: Event) -> bool:
    """Whether somebody must not know the authors now: everyone but coordination, which writes to them."""
    return not actor.has_role(event.pk) and hides_authors(event)


def as_the_team_sees(actor: Actor, proposals: Iterable[Proposal], event: Event) -> list[Proposal]:
    """Proposals for a page of the team: coordination, which writes to authors, always knows who they are."""
    return list(proposals) if actor.has_role(event.pk) else as_everyone_sees(proposals, event)


def hidden_words(actor: Actor, proposals: Iterable[Proposal], event: Event) -> Callable[[str], str]:
    """What takes the names of those proposals' authors out of words said of them, for somebody of the team."""
    if not hides_authors_from(actor, event):
        return str
    return partial(without, telling_words([author for proposal in proposals for author in proposal.authors.all()]))


def one_as_everyone_sees(proposal: Proposal) -> Proposal:
    """The same for one."""
    return as_everyone_sees([proposal], proposal.event)[0]


def wanted_as_everyone_sees(rows: Iterable[Wanted], event: Event) -> list[Wanted]:
    """What proposals look for, without names while they must not be known. Two statements."""
    found = list(rows)
    if not found or not hides_authors(event):
        return found
    by_proposal: dict[int, list[Author]] = {}
    for author in Author.with_former.filter(proposal__in=[one.proposal_id for one in found]):
        by_proposal.setdefault(author.proposal_id, []).append(author)
    shown = []
    for one in found:
        hide = partial(without, telling_words(by_proposal.get(one.proposal_id, ())))
        veiled, veiled.proposal = _veil_words(one, hide), copy.copy(one.proposal)
        veiled.proposal.title = hide(one.proposal.title)
        shown.append(veiled)
    return shown


def found_by_words(proposals: QuerySet[Proposal], event: Event, words: str) -> QuerySet[Proposal]:
    """What was found by words, less what a hidden name alone would find."""
    typed = [*fold(words).split()[:8], *stems_of(words)[:8]]
    if not typed or not hides_authors(event):
        return proposals
    telling: dict[int, set[str]] = {}
    for author in Author.with_former.filter(proposal__in=proposals.order_by().values("pk")):
        telling.setdefault(author.proposal_id, set()).update(telling_words([author]))
    told = [
        pk for pk, known in telling.items() if any(one.startswith(word) or word.startswith(one) for one in known for word in typed)
    ]
    return proposals.exclude(pk__in=told)
