"""Bring proposals from elsewhere: published ones of this call, each with its first version."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from encommun.call.commands.save_draft import keep_revision, save_content
from encommun.call.commands.start_draft import save_under_a_new_code
from encommun.call.content import Content
from encommun.call.models import Author, Proposal
from encommun.call.refusals import NoCall
from encommun.call.rules import call_of, may_choose
from encommun.call.search import index
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A proposal as a file tells it.

    Attributes:
        keys: what it is known by in the file, the strongest first.
        people: names and parts of those who carry it; the file gives no address.
    """

    keys: tuple[str, ...]
    content: Content
    language: str = "fr"
    people: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class Done:
    """Codes by what happened to them."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


@transaction.atomic
def bring_proposals(event: Event, brought: Iterable[Brought], *, names_are_public: bool, actor: Actor, at: datetime) -> Done:
    """Publish what a file tells; the same file again changes what it says otherwise, and never what an author wrote since.

    Raises:
        NotAllowed: the actor does not choose here.
        NoCall: the event has no call.
    """
    require(may_choose(actor, event))
    if call_of(event) is None:
        raise NoCall()
    known = {one.imported_as: one for one in Proposal.objects.filter(event=event).exclude(imported_as="").select_related("event")}
    done = Done()
    for one in brought:
        former = next((known[key] for key in one.keys if key in known), None)
        if former is None:
            made = _make(event, one, names_are_public=names_are_public, actor=actor, at=at)
            known |= dict.fromkeys(one.keys, made)
            done.new.append(made.code)
        elif (
            former.state == Proposal.State.PUBLISHED
            and not former.revisions.exclude(author=None).exists()
            and _write(former, one, actor, at)
        ):
            done.changed.append(former.code)
        else:
            done.same.append(former.code)
    record("call.proposals_brought", actor=actor, at=at, event_id=event.pk, about=event.call, public=True, new=len(done.new))
    return done


def _make(event: Event, one: Brought, *, names_are_public: bool, actor: Actor, at: datetime) -> Proposal:
    proposal = Proposal(
        event=event, imported_as=one.keys[0][:220], language=one.language, created_at=at, saved_at=at, published_at=at
    )
    proposal.state = Proposal.State.PUBLISHED
    content = one.content.cleaned()
    content.put_on(proposal)
    save_under_a_new_code(proposal)
    Author.objects.bulk_create(
        Author(
            proposal=proposal, email="", name=clean_line(name)[:120], part=part, name_is_public=names_are_public, position=position
        )
        for position, (name, part) in enumerate(one.people)
        if clean_line(name)
    )
    index(proposal)
    keep_revision(proposal, content, actor=actor, at=at)
    record("call.proposal_published", actor=actor, at=at, event_id=event.pk, about=proposal, public=True)
    return proposal


def _write(proposal: Proposal, one: Brought, actor: Actor, at: datetime) -> bool:
    changed = save_content(proposal, one.content, version=proposal.version, actor=actor, at=at)
    if changed:
        facts = {"version": proposal.version, "changed": changed}
        record("call.proposal_edited", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True, **facts)
    return bool(changed)
