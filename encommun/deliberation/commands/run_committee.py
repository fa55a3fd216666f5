"""The committee: what the team writes of it, and who is in it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.deliberation import consents
from encommun.deliberation.models import Committee, Meeting, Member, Resolution
from encommun.deliberation.refusals import NothingWritten, NotMember, RequestAnswered
from encommun.deliberation.rules import may_ask_to_join, may_run_committee
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent, withdraw_consents


@transaction.atomic
def set_committee(event: Event, *, rules: dict[str, str], is_open: bool, actor: Actor, at: datetime) -> Committee:
    """Write the committee's rules, and say whether people may ask to join.

    Raises:
        NotAllowed: the actor does not run it.
        NothingWritten: no rules.
    """
    require(may_run_committee(actor, event))
    texts = {language: clean_text(text) for language, text in rules.items() if clean_text(text)}
    if not texts:
        raise NothingWritten()
    committee, _made = Committee.objects.update_or_create(event=event, defaults={"rules": texts, "is_open": is_open})
    record("deliberation.committee_set", actor=actor, at=at, event_id=event.pk, about=committee, public=True, is_open=is_open)
    return committee


@transaction.atomic
def ask_to_join(event: Event, *, name: str, publish_name: bool, words: str, actor: Actor, at: datetime) -> Member:
    """Ask to join, with an account.

    Raises:
        NoCommittee, SignInFirst, AlreadyAsked: it takes nobody now, nobody is signed in, or she asked before.
        NothingWritten: no name.
    """
    committee = Committee.objects.select_for_update().filter(event=event).first()
    require(may_ask_to_join(actor, committee))
    if not (name := clean_line(name)[:120]):
        raise NothingWritten()
    said = {"email": actor.email, "person": name, "words": clean_text(words)[:1000], "language": get_language() or "fr"}
    again = {"state": Member.State.ASKED, "asked_at": at, "until": None, "name_is_public": False}
    member, _made = Member.objects.update_or_create(committee=committee, account_id=actor.account_id, defaults=said | again)
    member.committee.event = event
    _name(member, name, publish_name, actor=actor, at=at)
    record("deliberation.joining_asked", actor=actor, at=at, event_id=event.pk, about=member)
    return member


@transaction.atomic
def answer_request(member: Member, *, accepts: bool, actor: Actor, at: datetime) -> None:
    """Take somebody in, or not this time.

    Raises:
        NotAllowed: the actor does not run it.
        RequestAnswered: it was answered before.
    """
    member = Member.objects.select_for_update(of=("self",)).select_related("committee__event").get(pk=member.pk)
    require(may_run_committee(actor, member.committee.event))
    if member.state != Member.State.ASKED:
        raise RequestAnswered()
    member.state = Member.State.IN if accepts else Member.State.DECLINED
    member.since = at if accepts else None
    member.save(update_fields=["state", "since"])
    record(
        "deliberation.joining_answered",
        actor=actor,
        at=at,
        event_id=member.committee.event_id,
        about=member,
        public=True,
        accepted=accepts,
    )


@transaction.atomic
def introduce_member(event: Event, *, name: str, publish_name: bool, actor: Actor, at: datetime) -> None:
    """Change one's own name, and whether everyone may read it.

    Raises:
        NotMember: she neither asked nor is in it.
    """
    member = _own(event, actor)
    _name(member, clean_line(name)[:120], publish_name, actor=actor, at=at)
    record("deliberation.member_introduced", actor=actor, at=at, event_id=event.pk, about=member, public=True)


def _own(event: Event, actor: Actor) -> Member:
    standing = (Member.State.ASKED, Member.State.IN)
    hers = Member.objects.filter(committee__event=event, account_id=actor.account_id, state__in=standing)
    member = hers.select_related("committee__event").first() if actor.is_signed_in else None
    if member is None:
        raise NotMember()
    return member


def _name(member: Member, name: str, publish: bool, *, actor: Actor, at: datetime) -> None:
    was_public, member.person, member.name_is_public = member.name_is_public, name, publish and bool(name)
    member.save(update_fields=["person", "name_is_public"])
    about = reference(member)
    if member.name_is_public and not was_public:
        give_consent(
            email=member.email,
            account_id=member.account_id,
            purpose=consents.JOIN_PURPOSE,
            text=str(consents.JOIN_TEXT),
            text_version=consents.JOIN_VERSION,
            language=get_language() or member.language,
            about=about,
            door="deliberation:join",
            event_id=member.committee.event_id,
            actor=actor,
            at=at,
        )
    elif was_public and not member.name_is_public:
        withdraw_consents(email=member.email, purpose=consents.JOIN_PURPOSE, about=about, actor=actor, at=at)


@transaction.atomic
def leave_committee(event: Event, *, actor: Actor, at: datetime) -> None:
    """Leave, or take one's request back.

    Raises:
        NotMember: she neither asked nor is in it.
    """
    end_membership(_own(event, actor), at=at)
    record("deliberation.member_left", actor=actor, at=at, event_id=event.pk, about=event, public=True)


@transaction.atomic
def end_place(member: Member, *, actor: Actor, at: datetime) -> None:
    """The team ends somebody's place.

    Raises:
        NotAllowed, NotFound: the actor does not run it; or she is not in it.
    """
    require(may_run_committee(actor, member.committee.event))
    if member.state != Member.State.IN:
        raise NotFound()
    end_membership(member, at=at)
    record("deliberation.member_ended", actor=actor, at=at, event_id=member.committee.event_id, about=member, public=True)


def end_membership(member: Member, *, at: datetime) -> None:
    """Out of the committee, and no longer named."""
    member.state, member.until, member.name_is_public = Member.State.LEFT, at, False
    member.save(update_fields=["state", "until", "name_is_public"])


@transaction.atomic
def note_meeting(
    event: Event, *, held_on: date, title: str, notes: str, meeting: Meeting | None = None, actor: Actor, at: datetime
) -> Meeting:
    """Write a meeting and its notes, or change them.

    Raises:
        NotAllowed, NotFound: the actor does not run it; or there is no committee.
        NothingWritten: no title.
    """
    committee = _committee(event, actor)
    if not (title := clean_line(title)[:150]):
        raise NothingWritten()
    meeting = meeting or Meeting(committee=committee)
    meeting.held_on, meeting.title, meeting.notes, meeting.written_at = held_on, title, clean_text(notes), at
    meeting.save()
    record("deliberation.meeting_noted", actor=actor, at=at, event_id=event.pk, about=meeting, public=True)
    return meeting


@transaction.atomic
def note_resolution(event: Event, *, decided_on: date, decision: str, reason: str, actor: Actor, at: datetime) -> Resolution:
    """Write what the committee decided, with its reason.

    Raises:
        NotAllowed, NotFound: the actor does not run it; or there is no committee.
        NothingWritten: no decision, or no reason.
    """
    committee = _committee(event, actor)
    decision, reason = clean_line(decision)[:300], clean_text(reason)
    if not decision or not reason:
        raise NothingWritten()
    made = Resolution.objects.create(committee=committee, decided_on=decided_on, decision=decision, reason=reason, written_at=at)
    record("deliberation.resolution_noted", actor=actor, at=at, event_id=event.pk, about=made, public=True)
    return made


def _committee(event: Event, actor: Actor) -> Committee:
    require(may_run_committee(actor, event))
    committee = Committee.objects.filter(event=event).first()
    if committee is None:
        raise NotFound()
    return committee
