"""Who reaches which address of talking and deciding."""

from collections.abc import Callable
from typing import Any

from encommun.call.models import Proposal
from encommun.call.topics import topic_of_proposal
from encommun.deliberation import commands
from encommun.deliberation.models import Comment, Follow, Interest, Meeting, Member, Poll
from encommun.deliberation.rules import COMMENT_LINK, FOLLOW_LINK, INTEREST_LINK
from encommun.foundation.actor import Actor
from encommun.foundation.signing import link_token
from tests.access import EVERYONE, Row
from tests.call.access import CHOOSING, draft, published
from tests.cast import NOW, Cast
from tests.deliberation.conftest import DAY

MODERATING = ("coordination",)


def _event(cast: Cast) -> dict[str, Any]:
    return {"event": cast.event.slug}


def _topic(cast: Cast) -> Any:
    return topic_of_proposal(published(cast), cast.event)


def _comment(cast: Cast) -> Comment:
    found = Comment.objects.filter(event=cast.event).first()
    if found is None:
        said = {"words": "Bonjour", "email": "nora@x.example", "actor": Actor(), "at": NOW}
        found = commands.write_comment(_topic(cast), **said)
        commands.confirm_comment(found, actor=Actor(links=frozenset({(COMMENT_LINK, found.code)})), at=NOW)
    return found


def _follow(cast: Cast) -> Follow:
    said = {"email": "nora@x.example", "account_id": None, "language": "fr", "again": False, "actor": Actor(), "at": NOW}
    return commands.follow(cast.event, "proposal", published(cast).code, **said)


def _interest(cast: Cast) -> Interest:
    return commands.be_interested(_topic(cast), email="nora@x.example", actor=Actor(), at=NOW)


def _committee(cast: Cast) -> dict[str, Any]:
    rules = {"fr": "Lire, puis parler."}
    commands.set_committee(cast.event, rules=rules, is_open=True, actor=cast.actor("hugo"), at=NOW)
    return _event(cast)


def _member(cast: Cast) -> Member:
    _committee(cast)
    found = Member.objects.filter(committee__event=cast.event).first()
    said = {"name": "Chloé", "publish_name": False, "words": "", "actor": cast.actor("chloe"), "at": NOW}
    return found or commands.ask_to_join(cast.event, **said)


def _meeting(cast: Cast) -> Meeting:
    _committee(cast)
    said = {"held_on": NOW.date(), "title": "Première", "notes": "", "actor": cast.actor("hugo"), "at": NOW}
    return Meeting.objects.filter(committee__event=cast.event).first() or commands.note_meeting(cast.event, **said)


def _poll(state: str) -> Callable[[Cast], Poll]:
    """A vote in a state, one for all who try."""

    def make(cast: Cast) -> Poll:
        found = Poll.objects.filter(event=cast.event, state=state).first()
        if found is not None:
            return found
        first, other = published(cast), draft(cast)
        Proposal.objects.filter(pk=other.pk).update(state="published", published_at=NOW)
        hugo, codes = cast.actor("hugo"), [first.code, other.code]
        said = {"title": "Ouverture", "question": "Pour ouvrir ?", "electorate": "committee", "kind": "proposal"}
        poll = commands.prepare_poll(cast.event, **said, codes=codes, closes_at=NOW + DAY, actor=hugo, at=NOW)
        if state != "draft":
            commands.open_poll(poll, actor=hugo, at=NOW)
        if state == "closed":
            commands.close_poll(poll, actor=hugo, at=NOW)
        return poll

    return make


def _of(make: Callable[[Cast], Any], word: str, link: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {
        "kwargs": lambda cast: {"event": cast.event.slug, word: make(cast).code},
        "foreign": lambda cast: {"event": cast.other.slug, word: make(cast).code},
    }
    return row | {"link": lambda cast: (link, make(cast).code)} if link else row


def _token(make: Callable[[Cast], Any], word: str, purpose: str) -> Callable[[Cast], dict[str, Any]]:
    def kwargs(cast: Cast) -> dict[str, Any]:
        code = make(cast).code
        return {"event": cast.event.slug, word: code, "token": link_token(purpose, code)}

    return kwargs


def _about(cast: Cast, event: Any = None) -> dict[str, Any]:
    return {"event": (event or cast.event).slug, "kind": "propositions", "code": published(cast).code}


ABOUT = {"kwargs": _about, "foreign": lambda cast: _about(cast, cast.other)}

ACCESS = {
    "deliberation:house_rules": Row(allowed=EVERYONE, kwargs=_event),
    "deliberation:talk": Row(allowed=EVERYONE, **ABOUT),
    "deliberation:write": Row(allowed=EVERYONE, **ABOUT),
    "deliberation:comment": Row(allowed=("owner",), **_of(_comment, "comment", COMMENT_LINK)),
    "deliberation:comment_link": Row(allowed=EVERYONE, kwargs=_token(_comment, "comment", COMMENT_LINK)),
    "deliberation:report": Row(allowed=EVERYONE, **_of(_comment, "comment")),
    "deliberation:follow": Row(allowed=("owner",), **_of(_follow, "follow", FOLLOW_LINK)),
    "deliberation:follow_link": Row(allowed=EVERYONE, kwargs=_token(_follow, "follow", FOLLOW_LINK)),
    "deliberation:interests": Row(allowed=EVERYONE, kwargs=_event),
    "deliberation:interest": Row(allowed=EVERYONE, **ABOUT),
    "deliberation:interest_link": Row(allowed=EVERYONE, kwargs=_token(_interest, "interest", INTEREST_LINK)),
    "deliberation:committee": Row(allowed=EVERYONE, kwargs=_committee),
    "deliberation:join": Row(allowed=EVERYONE, kwargs=_committee),
    "deliberation:committee_team": Row(allowed=CHOOSING, kwargs=_committee),
    "deliberation:add_meeting": Row(allowed=CHOOSING, method="POST", kwargs=_committee),
    "deliberation:meeting": Row(allowed=CHOOSING, **_of(_meeting, "meeting")),
    "deliberation:add_resolution": Row(allowed=CHOOSING, method="POST", kwargs=_committee),
    "deliberation:answer_request": Row(allowed=CHOOSING, method="POST", **_of(_member, "member")),
    "deliberation:polls": Row(allowed=EVERYONE, kwargs=_event),
    "deliberation:poll": Row(allowed=EVERYONE, **_of(_poll("open"), "poll")),
    "deliberation:vote": Row(allowed=EVERYONE, **_of(_poll("open"), "poll")),
    "deliberation:ballots_csv": Row(allowed=EVERYONE, **_of(_poll("closed"), "poll")),
    "deliberation:ballots_json": Row(allowed=EVERYONE, **_of(_poll("closed"), "poll")),
    "deliberation:team_polls": Row(allowed=CHOOSING, kwargs=_event),
    "deliberation:team_poll": Row(allowed=CHOOSING, **_of(_poll("draft"), "poll")),
    "deliberation:team": Row(allowed=MODERATING, kwargs=_event),
    "deliberation:set_talk": Row(
        allowed=MODERATING, method="POST", kwargs=lambda cast: {"event": cast.event.slug, "kind": "propositions"}
    ),
    "deliberation:moderate": Row(allowed=MODERATING, method="POST", **_of(_comment, "comment")),
}
