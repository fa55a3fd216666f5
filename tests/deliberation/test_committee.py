import pytest
from django.urls import reverse

from encommun.deliberation import commands
from encommun.deliberation.models import Committee, Meeting, Member, Resolution
from encommun.deliberation.queries import is_member, named_members
from encommun.deliberation.refusals import AlreadyAsked, NoCommittee, NothingWritten, NotMember, RequestAnswered, SignInFirst
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.mailing.models import Letter
from encommun.privacy.commands import withdraw_consent
from encommun.privacy.models import Consent
from tests.cast import NOW

ASKING = {"name": "Chloé Martin", "publish_name": True, "words": "J'ai deux soirées par mois."}


@pytest.fixture
def hugo(talking):
    return talking.cast.actor("hugo")


@pytest.fixture
def committee(talking, hugo):
    return commands.set_committee(talking.event, rules={"fr": "On lit, puis on parle."}, is_open=True, actor=hugo, at=NOW)


def page_of(client, talking):
    from encommun.ui.public_pages import STORE

    STORE.clear()
    return client.get(reverse("deliberation:committee", args=[talking.event.slug])).content.decode()


def test_only_the_programme_team_runs_it(talking, hugo):
    for who in ("chloe", "driss", "emma"):
        with pytest.raises(NotAllowed):
            commands.set_committee(talking.event, rules={"fr": "Oui"}, is_open=True, actor=talking.cast.actor(who), at=NOW)
    with pytest.raises(NothingWritten):
        commands.set_committee(talking.event, rules={"fr": " "}, is_open=True, actor=hugo, at=NOW)
    assert Committee.objects.count() == 0


def test_asking_needs_an_account_and_an_open_committee(talking, hugo):
    chloe = talking.cast.actor("chloe")
    with pytest.raises(NoCommittee):
        commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    commands.set_committee(talking.event, rules={"fr": "Oui"}, is_open=False, actor=hugo, at=NOW)
    with pytest.raises(NoCommittee):
        commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    commands.set_committee(talking.event, rules={"fr": "Oui"}, is_open=True, actor=hugo, at=NOW)
    with pytest.raises(SignInFirst):
        commands.ask_to_join(talking.event, **ASKING, actor=VISITOR, at=NOW)
    commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    with pytest.raises(AlreadyAsked):
        commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)


def test_the_team_accepts_and_the_person_reads_it(talking, hugo, committee, client):
    chloe = talking.cast.actor("chloe")
    member = commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    assert is_member(chloe, talking.event) is False
    assert "Chloé Martin" not in page_of(client, talking)
    with pytest.raises(NotAllowed):
        commands.answer_request(member, accepts=True, actor=chloe, at=NOW)
    commands.answer_request(member, accepts=True, actor=hugo, at=NOW)
    with pytest.raises(RequestAnswered):
        commands.answer_request(member, accepts=False, actor=hugo, at=NOW)
    assert is_member(chloe, talking.event) is True
    assert "Chloé Martin" in page_of(client, talking)
    talking.react()
    assert Letter.objects.get(kind="deliberation.joining_answered").subject == "Bienvenue dans le comité"


def test_a_name_shows_by_consent_only(talking, hugo, committee, client):
    chloe = talking.cast.actor("chloe")
    member = commands.ask_to_join(talking.event, **ASKING | {"publish_name": False}, actor=chloe, at=NOW)
    commands.answer_request(member, accepts=True, actor=hugo, at=NOW)
    assert named_members(talking.event) == ([], 1)
    commands.introduce_member(talking.event, name="Chloé Martin", publish_name=True, actor=chloe, at=NOW)
    assert named_members(talking.event) == (["Chloé Martin"], 0)
    withdraw_consent(Consent.objects.get(purpose="committee.publish_name"), actor=chloe, at=NOW)
    talking.react()
    assert named_members(talking.event) == ([], 1)
    assert "Chloé" not in page_of(client, talking)


def test_leaving(talking, hugo, committee):
    chloe = talking.cast.actor("chloe")
    with pytest.raises(NotMember):
        commands.leave_committee(talking.event, actor=chloe, at=NOW)
    member = commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    commands.answer_request(member, accepts=True, actor=hugo, at=NOW)
    commands.leave_committee(talking.event, actor=chloe, at=NOW)
    assert (is_member(chloe, talking.event), named_members(talking.event)) == (False, ([], 0))
    commands.ask_to_join(talking.event, **ASKING, actor=chloe, at=NOW)
    assert Member.objects.get().state == "asked"


def test_meetings_and_decisions_are_for_everyone(talking, hugo, committee, client):
    said = {"held_on": NOW.date(), "title": "Première réunion", "notes": "## Présents\n\nSix personnes."}
    meeting = commands.note_meeting(talking.event, **said, actor=hugo, at=NOW)
    commands.note_meeting(talking.event, **said | {"title": "Réunion une"}, meeting=meeting, actor=hugo, at=NOW)
    decided = {"decided_on": NOW.date(), "decision": "Deux lectures par proposition", "reason": "Un seul avis ne suffit pas."}
    commands.note_resolution(talking.event, **decided, actor=hugo, at=NOW)
    with pytest.raises(NothingWritten):
        commands.note_resolution(talking.event, **decided | {"reason": " "}, actor=hugo, at=NOW)
    with pytest.raises(NotAllowed):
        commands.note_meeting(talking.event, **said, actor=talking.cast.actor("chloe"), at=NOW)
    body = page_of(client, talking)
    for words in ("Réunion une", "Six personnes", "Deux lectures par proposition", "Un seul avis ne suffit pas", "On lit, puis"):
        assert words in body
    assert (Meeting.objects.count(), Resolution.objects.count()) == (1, 1)


def test_the_whole_way_through_the_pages(talking, committee, client):
    talking.cast.sign_in(client, "chloe")
    join = reverse("deliberation:join", args=[talking.event.slug])
    assert client.post(join, {"name": ""}).status_code == 422
    assert client.post(join, {"name": "Chloé", "words": "Volontiers"}).status_code == 302
    talking.cast.sign_in(client, "hugo")
    team = reverse("deliberation:committee_team", args=[talking.event.slug])
    assert "Volontiers" in client.get(team).content.decode()
    answer = reverse("deliberation:answer_request", args=[talking.event.slug, Member.objects.get().code])
    assert client.post(answer, {"act": "accept"}).status_code == 302
    assert client.post(reverse("deliberation:add_meeting", args=[talking.event.slug]), {"meeting-title": "x"}).status_code == 422
    assert client.post(team, {"rules_fr": "Nouvelles règles", "is_open": "on"}).status_code == 302
    talking.cast.sign_in(client, "chloe")
    assert client.get(reverse("call:reading", args=[talking.event.slug])).status_code == 200
    assert client.post(join, {"act": "leave"}).status_code == 302
    assert client.get(reverse("call:reading", args=[talking.event.slug])).status_code == 404
