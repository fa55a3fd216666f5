"""Who reaches which address of the call."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from encommun.call import commands
from encommun.call.models import Criterion, Help, Invitation, LateLink, Merge, Proposal, Question, Suggestion, Wanted
from encommun.call.rules import HELP_LINK, INVITATION_LINK, LATE_LINK, LINK, SUGGESTION_LINK
from encommun.foundation.actor import Actor
from encommun.foundation.signing import link_token
from tests.access import EVERYONE, SIGNED_IN, Row
from tests.call.conftest import author_of
from tests.cast import NOW, Cast

CHOOSING = ("programme", "coordination")


def _call(cast: Cast) -> Any:
    from tests.call.conftest import Call

    return Call(cast)


def _once(state: str) -> Callable[[Cast], Proposal]:
    """One proposal for all who try; the call is opened with it."""

    def make(cast: Cast) -> Proposal:
        found = Proposal.objects.filter(event=cast.event, state=state).first()
        return found or (_call(cast).draft() if state == "draft" else _call(cast).published())

    return make


draft, published = _once("draft"), _once("published")


def _event(cast: Cast) -> dict[str, Any]:
    _call(cast)
    return {"event": cast.event.slug}


def _of(make: Callable[[Cast], Proposal]) -> dict[str, Any]:
    return {
        "kwargs": lambda cast: {"event": cast.event.slug, "code": make(cast).code},
        "link": lambda cast: (LINK, make(cast).authors.all()[0].code),
        "foreign": lambda cast: {"event": cast.other.slug, "code": make(cast).code},
    }


def _link(cast: Cast) -> dict[str, Any]:
    proposal = draft(cast)
    return {"event": cast.event.slug, "code": proposal.code, "token": link_token(LINK, proposal.authors.get().code)}


def _invitation(cast: Cast) -> Invitation:
    found = Invitation.objects.filter(proposal=published(cast)).first()
    if found is None:
        proposal = published(cast)
        asked = {"email": "nora@x.example", "part": "speaks", "actor": author_of(proposal), "at": NOW}
        found = commands.invite_author(proposal, **asked)
    return found


def _help(cast: Cast) -> Help:
    found = Help.objects.filter(proposal=published(cast)).first()
    if found is None:
        offered = {"email": "nora@x.example", "name": "Nora", "part": "speaks", "words": "", "actor": Actor(), "at": NOW}
        found = commands.offer_help(published(cast), **offered)
    return found


def _waiting_help(cast: Cast) -> Help:
    help = _help(cast)
    Help.objects.filter(pk=help.pk).update(state="waiting")
    return help


def _wanted(cast: Cast) -> Wanted:
    found = Wanted.objects.filter(proposal=published(cast)).first()
    return found or commands.seek(published(cast), part="helps", words="Une table", actor=author_of(published(cast)), at=NOW)


def _suggestion(cast: Cast) -> Suggestion:
    found = Suggestion.objects.filter(proposal=published(cast)).first()
    if found is None:
        made = {"field": "title", "text": "Autrement", "email": "nora@x.example", "actor": Actor(), "at": NOW}
        found = commands.suggest_edit(published(cast), **made)
    return found


def _waiting_suggestion(cast: Cast) -> Suggestion:
    suggestion = _suggestion(cast)
    Suggestion.objects.filter(pk=suggestion.pk).update(state="waiting")
    return suggestion


def _version(cast: Cast) -> Any:
    return published(cast).revisions.get(version=1)


def _merge(cast: Cast) -> Merge:
    found = Merge.objects.first()
    if found is None:
        into, other = published(cast), _call(cast).published(email="yves@x.example")
        found = commands.open_merge(into, other, words="", actor=author_of(into), at=NOW)
    return found


def _question(cast: Cast) -> Question:
    _call(cast)
    found = Question.objects.filter(event=cast.event).first()
    text = commands.QuestionText(kind="short", label={"fr": "Déjà venu ?"})
    return found or commands.write_question(cast.event, text, actor=cast.actor("hugo"), at=NOW)


def _late(cast: Cast) -> dict[str, Any]:
    _call(cast)
    link = LateLink.objects.first()
    if link is None:
        until = NOW + timedelta(days=30_000)
        link = commands.make_late_link(cast.event, words="Ruralité", until=until, actor=cast.actor("hugo"), at=NOW)
    return {"event": cast.event.slug, "late": link.code, "token": link_token(LATE_LINK, link.code)}


def _part(make: Callable[[Cast], Any], word: str, value: str = "code", link: str = LINK) -> dict[str, Any]:
    """Something that belongs to a proposal: its own code follows the proposal's; its own link, or an author's, opens it."""

    def kwargs(cast: Cast, event: Any = None) -> dict[str, Any]:
        made = make(cast)
        return {"event": (event or cast.event).slug, "code": made.proposal.code, word: getattr(made, value)}

    def opened(cast: Cast) -> tuple[str, str]:
        made = make(cast)
        return (link, made.code) if link != LINK else (LINK, made.proposal.authors.all()[0].code)

    return {"kwargs": kwargs, "link": opened, "foreign": lambda cast: kwargs(cast, cast.other)}


def _token(make: Callable[[Cast], Any], word: str, purpose: str) -> Callable[[Cast], dict[str, Any]]:
    def kwargs(cast: Cast) -> dict[str, Any]:
        made = make(cast)
        token = link_token(purpose, made.code)
        return {"event": cast.event.slug, "code": made.proposal.code, word: made.code, "token": token}

    return kwargs


def _criterion(cast: Cast) -> dict[str, Any]:
    found = Criterion.objects.filter(event=cast.event).first()
    if found is None:
        words = {"question": {"fr": "Est-ce ouvert ?"}, "low": {"fr": "Peu"}, "middle": {"fr": "Assez"}, "high": {"fr": "Très"}}
        found = commands.write_criterion(cast.event, **words, actor=cast.actor("hugo"), at=NOW)
    return {"event": cast.event.slug, "number": found.pk}


ACCESS = {
    "call:open": Row(allowed=EVERYONE, kwargs=_event),
    "call:ask_link": Row(allowed=EVERYONE, kwargs=_event),
    "call:link": Row(allowed=EVERYONE, kwargs=_link),
    "call:draft": Row(allowed=("owner",), **_of(draft)),
    "call:autosave": Row(allowed=("owner",), method="POST", **_of(draft)),
    "call:withdraw": Row(allowed=("owner",), **_of(draft)),
    "call:answer": Row(allowed=("owner",), method="POST", **_of(published)),
    "call:reason": Row(allowed=("owner",), method="POST", **_of(published)),
    "call:myself": Row(allowed=("owner",), method="POST", **_of(published)),
    "call:hours": Row(allowed=("owner",), **_of(published)),
    "call:together": Row(allowed=("owner",), **_of(published)),
    "call:seek": Row(allowed=("owner",), method="POST", **_of(published)),
    "call:leave": Row(allowed=("owner",), **_of(published)),
    "call:stop_seeking": Row(allowed=("owner",), method="POST", **_part(_wanted, "number", "pk")),
    "call:take_back": Row(allowed=("owner",), method="POST", **_part(_invitation, "invitation")),
    "call:answer_help": Row(allowed=("owner",), method="POST", **_part(_waiting_help, "help")),
    "call:invitation": Row(allowed=("owner",), **_part(_invitation, "invitation", link=INVITATION_LINK)),
    "call:invitation_link": Row(allowed=EVERYONE, kwargs=_token(_invitation, "invitation", INVITATION_LINK)),
    "call:own_help": Row(allowed=("owner",), **_part(_help, "help", link=HELP_LINK)),
    "call:help_link": Row(allowed=EVERYONE, kwargs=_token(_help, "help", HELP_LINK)),
    "call:versions": Row(allowed=("owner",), **_of(published)),
    "call:version": Row(allowed=("owner",), **_part(_version, "number", "version")),
    "call:suggestions": Row(allowed=("owner",), **_of(published)),
    "call:answer_suggestion": Row(allowed=("owner",), method="POST", **_part(_waiting_suggestion, "suggestion")),
    "call:own_suggestion": Row(allowed=("owner",), **_part(_suggestion, "suggestion", link=SUGGESTION_LINK)),
    "call:suggestion_link": Row(allowed=EVERYONE, kwargs=_token(_suggestion, "suggestion", SUGGESTION_LINK)),
    "call:suggest": Row(allowed=EVERYONE, kwargs=lambda cast: _of(published)["kwargs"](cast) | {"field": "title"}),
    "call:unread": Row(allowed=SIGNED_IN, kwargs=_event),
    "call:follow": Row(allowed=SIGNED_IN, **_of(published)),
    "call:history_feed": Row(allowed=EVERYONE, **_of(published)),
    "call:say_close": Row(allowed=EVERYONE, **_of(published)),
    "call:open_merge": Row(allowed=("owner", *CHOOSING), **_of(published)),
    "call:split": Row(allowed=("owner",), **_of(published)),
    "call:merge": Row(
        allowed=("owner", *CHOOSING),
        kwargs=lambda cast: {"event": cast.event.slug, "merge": _merge(cast).code},
        link=lambda cast: (LINK, _merge(cast).into.authors.all()[0].code),
        foreign=lambda cast: {"event": cast.other.slug, "merge": _merge(cast).code},
    ),
    "call:wanted": Row(allowed=EVERYONE, kwargs=_event),
    "call:help": Row(allowed=EVERYONE, **_of(published)),
    "call:list": Row(allowed=EVERYONE, kwargs=_event),
    "call:proposal": Row(allowed=EVERYONE, **_of(published)),
    "call:circumstances": Row(allowed=("owner",), **_of(published)),
    "call:method": Row(allowed=EVERYONE, kwargs=_event),
    "call:reading": Row(allowed=CHOOSING, kwargs=_event),
    "call:read": Row(allowed=CHOOSING, **_of(published)),
    "call:conflict": Row(allowed=CHOOSING, method="POST", **_of(published)),
    "call:choosing": Row(allowed=CHOOSING, kwargs=_event),
    "call:balance": Row(allowed=CHOOSING, kwargs=_event),
    "call:assign": Row(allowed=CHOOSING, method="POST", kwargs=_event),
    "call:new_criterion": Row(allowed=CHOOSING, kwargs=_event),
    "call:criterion": Row(allowed=CHOOSING, kwargs=_criterion),
    "call:ask_reader": Row(allowed=CHOOSING, method="POST", **_of(published)),
    "call:team_list": Row(allowed=CHOOSING, kwargs=_event),
    "call:open_late": Row(allowed=EVERYONE, kwargs=_late),
    "call:compose": Row(allowed=CHOOSING, kwargs=_event),
    "call:preview": Row(allowed=CHOOSING, kwargs=_event),
    "call:copy": Row(allowed=CHOOSING, kwargs=_event),
    "call:late_links": Row(allowed=CHOOSING, kwargs=_event),
    "call:new_format": Row(allowed=CHOOSING, kwargs=_event),
    "call:format": Row(allowed=CHOOSING, kwargs=lambda cast: _event(cast) | {"format": "atelier"}),
    "call:new_question": Row(allowed=CHOOSING, kwargs=_event),
    "call:question": Row(allowed=CHOOSING, kwargs=lambda cast: _event(cast) | {"question": _question(cast).code}),
    "call:report": Row(allowed=EVERYONE, **_of(published)),
    "call:reported": Row(allowed=("coordination",), kwargs=_event),
    "call:team_close": Row(allowed=CHOOSING, kwargs=_event),
    "call:waiting": Row(allowed=CHOOSING, kwargs=_event),
    "call:release": Row(allowed=CHOOSING, kwargs=_event),
    "call:team_proposal": Row(allowed=CHOOSING, **_of(published)),
}
