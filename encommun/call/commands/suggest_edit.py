"""Suggest other words for a field of a public proposal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.call import consents
from encommun.call.content import LONG, SUGGESTED
from encommun.call.models import Proposal, Suggestion
from encommun.call.refusals import NothingSuggested, SuggestionAnswered, UnknownChoice
from encommun.call.rules import is_suggester, may_suggest
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line, clean_text
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent

OPEN = (Suggestion.State.UNPROVEN, Suggestion.State.WAITING)


@transaction.atomic
def suggest_edit(
    proposal: Proposal,
    *,
    field: str,
    text: str,
    words: str = "",
    email: str,
    name: str = "",
    publish_name: bool = False,
    actor: Actor,
    at: datetime,
) -> Suggestion:
    """Suggest a new text. From an account the authors are told at once; otherwise once the address was proven.

    Raises:
        NotPublished: there is no such public proposal.
        UnknownChoice: not a field that others may reword.
        NothingSuggested: the text is the one that is there, or nothing.
    """
    require(may_suggest(proposal))
    if field not in SUGGESTED:
        raise UnknownChoice(choice=field)
    before = getattr(proposal, field)
    text = clean_text(text) if field in LONG else clean_line(text)
    if not text or text == before:
        raise NothingSuggested()
    email, name = clean_email(email), clean_line(name)
    is_proven = actor.is_signed_in and actor.email == email
    suggestion = Suggestion.objects.create(
        proposal=proposal,
        field=field,
        before=before,
        text=text,
        words=clean_text(words),
        account_id=actor.account_id if is_proven else None,
        email=email,
        name=name,
        name_is_public=publish_name and bool(name),
        state=Suggestion.State.WAITING if is_proven else Suggestion.State.UNPROVEN,
        made_at=at,
    )
    if suggestion.name_is_public:
        _note_consent(suggestion, actor=actor, at=at)
    kind = "call.edit_suggested" if is_proven else "call.suggestion_begun"
    record(kind, actor=actor, at=at, event_id=proposal.event_id, about=proposal, suggestion=suggestion.pk, field=field)
    return suggestion


def _note_consent(suggestion: Suggestion, *, actor: Actor, at: datetime) -> None:
    give_consent(
        email=suggestion.email,
        account_id=suggestion.account_id,
        purpose=consents.CREDIT_PURPOSE,
        text=str(consents.CREDIT_TEXT),
        text_version=consents.VERSION,
        language=get_language() or "fr",
        about=reference(suggestion),
        door="call:suggest",
        event_id=suggestion.proposal.event_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def confirm_suggestion(suggestion: Suggestion, *, actor: Actor, at: datetime) -> None:
    """The one who suggests opened her letter: her address is proven, and the authors are told.

    Raises:
        NotFound: it is somebody else's.
        SuggestionAnswered: it was confirmed, answered or taken back before.
    """
    require(is_suggester(actor, suggestion))
    unproven = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.UNPROVEN)
    if not unproven.update(state=Suggestion.State.WAITING):
        raise SuggestionAnswered()
    proposal = suggestion.proposal
    facts = {"suggestion": suggestion.pk, "field": suggestion.field}
    record("call.edit_suggested", actor=actor, at=at, event_id=proposal.event_id, about=proposal, **facts)


@transaction.atomic
def take_back_suggestion(suggestion: Suggestion, *, actor: Actor, at: datetime) -> None:
    """Take one's suggestion back before it is answered.

    Raises:
        NotFound: it is somebody else's.
        SuggestionAnswered: it was answered or taken back before.
    """
    require(is_suggester(actor, suggestion))
    waiting = Suggestion.objects.filter(pk=suggestion.pk, state__in=OPEN)
    if not waiting.update(state=Suggestion.State.TAKEN_BACK, answered_at=at):
        raise SuggestionAnswered()
    proposal = suggestion.proposal
    record("call.suggestion_taken_back", actor=actor, at=at, event_id=proposal.event_id, about=proposal, suggestion=suggestion.pk)
