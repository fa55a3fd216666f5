"""The committee, for everyone and for the team."""

from encommun.deliberation.models import Committee, Member
from encommun.deliberation.rules import may_run_committee
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require


def committee_of(event: Event) -> Committee | None:
    """The committee, with its meetings and decisions, if the event has one."""
    return Committee.objects.filter(event=event).prefetch_related("meetings", "resolutions").first()


def is_member(actor: Actor, event: Event) -> bool:
    """Whether the person signed in is in the committee now."""
    if not actor.is_signed_in:
        return False
    return Member.objects.filter(committee__event=event, account_id=actor.account_id, state=Member.State.IN).exists()


def members_of(event: Event) -> list[Member]:
    """Those who are in it, with their accounts, by when they came."""
    found = Member.objects.filter(committee__event=event, state=Member.State.IN, account__isnull=False)
    return list(found.select_related("account").order_by("since", "id"))


def members_count(event: Event) -> int:
    """How many are in it."""
    return Member.objects.filter(committee__event=event, state=Member.State.IN).count()


def named_members(event: Event) -> tuple[list[str], int]:
    """The names of those who agreed to it, and how many others there are."""
    members = Member.objects.filter(committee__event=event, state=Member.State.IN)
    names = sorted(members.filter(name_is_public=True).exclude(person="").values_list("person", flat=True), key=str.casefold)
    return names, members.count() - len(names)


def membership_of(actor: Actor, event: Event) -> Member | None:
    """The actor's own place, or request."""
    if not actor.is_signed_in:
        return None
    return Member.objects.filter(committee__event=event, account_id=actor.account_id).select_related("committee").first()


def people_of_committee(actor: Actor, event: Event) -> list[Member]:
    """Requests first, then members: for the team.

    Raises:
        NotAllowed: the actor does not run the committee.
    """
    require(may_run_committee(actor, event))
    found = Member.objects.filter(committee__event=event, state__in=(Member.State.ASKED, Member.State.IN))
    return sorted(found, key=lambda member: (member.state != Member.State.ASKED, member.asked_at))


def member_for_team(actor: Actor, event: Event, code: str) -> Member:
    """One of them, for the team.

    Raises:
        NotAllowed, NotFound: the actor does not run the committee; or there is none.
    """
    require(may_run_committee(actor, event))
    found = Member.objects.filter(committee__event=event, code=code).select_related("committee__event").first()
    if found is None:
        raise NotFound()
    return found
