from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call import commands
from encommun.call.models import Call, Decision, Merge
from encommun.call.queries import accepted_proposals, proposals_of, ready_decisions, team_counts, team_proposals
from encommun.call.refusals import (
    AlreadyAnswered,
    AlreadyReleased,
    NoOffer,
    NothingToRelease,
    NotPublished,
    OwnProposal,
    ReasonMissing,
    UnknownChoice,
    WrongDates,
)
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.programme.models import Session
from encommun.reactions.worker import react
from tests.call.conftest import author_of
from tests.cast import NOW

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def hugo(call):
    return call.cast.actor("hugo")


# The call itself


def test_only_the_programme_team_changes_the_call(call, hugo):
    facts = {"instruction": {"fr": "Venez."}, "formats": [], "at": NOW}
    dates = {"opens_at": NOW, "closes_at": LATER}
    for name in ("driss", "farid", "emma"):
        with pytest.raises(NotAllowed):
            commands.open_call(call.event, **facts, **dates, actor=call.cast.actor(name))
    with pytest.raises(WrongDates):
        commands.open_call(call.event, **facts, opens_at=NOW, closes_at=NOW, actor=hugo)
    used = call.published().format
    commands.open_call(call.event, **facts, **dates, actor=hugo)
    assert [str(Call.objects.get().instruction), list(call.event.formats.all())] == ["Venez.", [used]]
    assert Entry.objects.filter(kind="call.changed").count() == 1


# Deciding


def test_an_answer_is_the_programme_teams(call):
    proposal = call.published()
    for actor in (VISITOR, author_of(proposal), *map(call.cast.actor, ("driss", "farid", "gaelle", "emma"))):
        with pytest.raises(NotAllowed):
            commands.decide(proposal, outcome="yes", reason="Oui.", actor=actor, at=NOW)


def test_nobody_answers_her_own_proposal(call, hugo):
    proposal = call.published(email=call.cast.hugo.email)
    with pytest.raises(OwnProposal):
        commands.decide(proposal, outcome="yes", reason="Oui.", actor=hugo, at=NOW)


def test_an_answer_has_a_known_outcome_and_a_reason(call, hugo):
    proposal = call.published()
    with pytest.raises(UnknownChoice):
        commands.decide(proposal, outcome="maybe", reason="Oui.", actor=hugo, at=NOW)
    with pytest.raises(ReasonMissing):
        commands.decide(proposal, outcome="yes", reason=" \x00\n", actor=hugo, at=NOW)


def test_a_draft_and_a_withdrawn_proposal_are_not_answered(call, hugo):
    draft, withdrawn = call.complete(), call.published(email="b@x.example")
    commands.withdraw_proposal(withdrawn, actor=author_of(withdrawn), at=NOW)
    for proposal in (draft, withdrawn):
        with pytest.raises(NotPublished):
            commands.decide(proposal, outcome="yes", reason="Oui.", actor=hugo, at=NOW)


def test_an_answer_changes_until_it_is_released(call, hugo):
    proposal = call.decided("yes")
    commands.decide(proposal, outcome="not_this_time", reason="Non.", actor=hugo, at=LATER)
    assert Decision.objects.get().outcome == "not_this_time"
    call.release()
    with pytest.raises(AlreadyReleased):
        commands.decide(proposal, outcome="yes", reason="Oui.", actor=hugo, at=LATER)
    facts = Entry.objects.filter(kind="call.proposal_decided").values_list("facts", flat=True)
    assert list(facts) == [{"outcome": "yes"}, {"outcome": "not_this_time"}]


# Releasing


def test_nothing_ready_and_nobody_else_releases_nothing(call, hugo):
    with pytest.raises(NothingToRelease):
        commands.release_decisions(call.event, read={}, actor=hugo, at=NOW)
    call.decided()
    with pytest.raises(NotAllowed):
        commands.release_decisions(call.event, read={}, actor=call.cast.actor("gaelle"), at=NOW)


def test_an_answer_changed_since_it_was_read_holds_everything_back(call, hugo):
    first, _second = call.decided(), call.decided(email="b@x.example")
    read = {decision.proposal.code: decision.decided_at.isoformat() for decision in ready_decisions(call.event)}
    commands.decide(first, outcome="open_space", reason="Autre.", actor=hugo, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        commands.release_decisions(call.event, read=read, actor=hugo, at=LATER)
    assert Decision.objects.exclude(released_at=None).count() == 0


def test_answers_leave_together_with_one_letter_each_once(call, hugo):
    alone = [outcome for outcome in Decision.Outcome.values if outcome != "merge"]
    codes = [call.decided(outcome, email=f"{outcome}@x.example").code for outcome in alone]
    assert call.release() == sorted(codes)
    entry = Entry.objects.get(kind="call.decisions_released")
    assert entry.facts == {"codes": sorted(codes)}
    react()
    Entry.objects.update(reacted_at=None)
    react()
    letters = Letter.objects.filter(kind="call.decision")
    assert letters.count() == 5
    for letter in letters:
        assert "Parce que cela manque." in letter.text
        assert ("Répondre à l’équipe" in letter.text) == (letter.recipient.split("@")[0] != "not_this_time")


def test_a_withdrawn_proposal_waits_for_nobody(call, hugo):
    proposal = call.decided()
    commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    with pytest.raises(NothingToRelease):
        call.release()


# Answering the offer


def test_only_an_author_answers_and_only_a_released_offer(call):
    decided, refused = call.decided(), call.published(email="b@x.example")
    with pytest.raises(NoOffer):
        commands.answer_offer(decided, accepts=True, actor=author_of(decided), at=LATER)
    with pytest.raises(NoOffer):
        commands.answer_offer(refused, accepts=True, actor=author_of(refused), at=LATER)
    call.release()
    with pytest.raises(NotFound):
        commands.answer_offer(decided, accepts=True, actor=call.cast.actor("hugo"), at=LATER)


def test_a_no_offers_nothing(call):
    proposal = call.offered("not_this_time")
    with pytest.raises(NoOffer):
        commands.answer_offer(proposal, accepts=True, actor=author_of(proposal), at=LATER)


@pytest.mark.parametrize(
    ("accepts", "answer", "kind"), [(True, "accepted", "call.offer_accepted"), (False, "declined", "call.offer_declined")]
)
def test_an_offer_is_answered_once(call, accepts, answer, kind):
    proposal = call.offered()
    commands.answer_offer(proposal, accepts=accepts, actor=author_of(proposal), at=LATER)
    with pytest.raises(AlreadyAnswered):
        commands.answer_offer(proposal, accepts=not accepts, actor=author_of(proposal), at=LATER)
    assert (Decision.objects.get().answer, Decision.objects.get().answered_at) == (answer, LATER)
    assert Entry.objects.get(kind=kind).about == f"call.Proposal:{proposal.code}"
    assert [found.code for found in accepted_proposals(call.event)] == ([proposal.code] if accepts else [])


# The pages


def url(name, call, *more):
    return reverse(f"call:{name}", args=[call.event.slug, *more])


def test_another_format_is_named_and_taken_by_the_proposal_once_accepted(call, hugo, client):
    proposal = call.published()
    with pytest.raises(UnknownChoice):
        commands.decide(proposal, outcome="yes_other_format", reason="Plus court.", format="autre", actor=hugo, at=NOW)
    said = {"outcome": "yes_other_format", "reason": "Plus court.", "format": "debat", "minutes": 45}
    commands.decide(proposal, **said, actor=hugo, at=NOW)
    call.release()
    react()
    assert "Débat, 45 min" in Letter.objects.get(kind="call.decision").text
    again = call.again(proposal)
    assert (again.format.slug, again.minutes) == ("atelier", 90)
    assert "Débat, 45 min" in call.hold(client, proposal).get(url("draft", call, proposal.code)).text
    commands.answer_offer(again, accepts=True, actor=author_of(proposal), at=LATER)
    again = call.again(proposal)
    assert (again.format.slug, again.minutes) == ("debat", 45)
    assert "Durée : 90 → 45 min." in client.get(url("proposal", call, proposal.code)).text.replace("\u202f", " ").replace(
        "\xa0", " "
    )


def test_a_local_edition_accepted_is_noted_and_makes_no_session(call):
    proposal = call.offered("local_edition")
    commands.answer_offer(proposal, accepts=True, actor=author_of(proposal), at=LATER)
    while react():
        pass
    assert Decision.objects.get().answer == "accepted"
    assert (accepted_proposals(call.event), Session.objects.count()) == ([], 0)


def test_together_with_another_asks_everybody_once_accepted(call, hugo, client):
    proposal, other = call.published(), call.published(email="b@x.example")
    commands.decide(proposal, outcome="merge", reason="Elles se parlent.", merge_with=other.code, actor=hugo, at=NOW)
    commands.decide(other, outcome="yes", reason="Oui.", actor=hugo, at=NOW)
    call.release()
    answer = call.hold(client, proposal).post(url("answer", call, proposal.code), {"answer": "accept"})
    merge = Merge.objects.get()
    assert answer["Location"] == reverse("call:merge", args=[call.event.slug, merge.code])
    assert (merge.into, merge.other, merge.state) == (other, proposal, "open")
    commands.accept_merge(merge, round=1, actor=author_of(other), at=LATER)
    assert call.again(proposal).merged_into == other


def test_the_reason_is_public_if_an_author_says_so_and_as_long(call, client):
    proposal = call.offered("not_this_time")
    page, reason = url("proposal", call, proposal.code), url("reason", call, proposal.code)
    with pytest.raises(NoOffer):
        commands.show_reason(call.published(email="b@x.example"), is_public=True, actor=SYSTEM, at=NOW)
    for act, is_there in (("show", True), ("hide", False)):
        assert call.hold(client, proposal).post(reason, {"act": act}).status_code == 302
        assert ("Parce que cela manque." in client.get(page).text) == is_there


def test_the_author_reads_nothing_before_the_release_and_everything_after(call, client):
    proposal = call.decided()
    call.hold(client, proposal)
    assert "Parce que cela manque." not in client.get(url("draft", call, proposal.code)).text
    call.release()
    assert "Parce que cela manque." in client.get(url("draft", call, proposal.code)).text
    assert client.post(url("answer", call, proposal.code), {"answer": "perhaps"}).status_code == 302
    assert Decision.objects.get().answer == ""
    client.post(url("answer", call, proposal.code), {"answer": "accept"})
    assert Decision.objects.get().answer == "accepted"
    assert client.post(url("answer", call, proposal.code), {"answer": "decline"}).status_code == 409


def test_the_team_answers_reads_the_letters_and_sends_them(call, client):
    proposal = call.published()
    call.cast.sign_in(client, "hugo")
    assert "zoe@ailleurs.example" in client.get(url("team_proposal", call, proposal.code)).text
    form = {"outcome": "yes", "ready": "field", "reason": ""}
    assert client.post(url("team_proposal", call, proposal.code), form).status_code == 302
    assert Decision.objects.get().reason.startswith("Elle part de ce que vous avez fait")
    page = client.get(url("release", call))
    assert "Bienvenue au programme" in page.text
    read = page.context["form"].initial["read"]
    assert client.post(url("release", call), {"read": "rien"}).status_code == 409
    assert client.post(url("release", call), {"read": read}).status_code == 302
    assert client.post(url("release", call), {"read": read}).status_code == 409
    assert client.post(url("team_proposal", call, proposal.code), form).status_code == 409


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"outcome": "maybe", "ready": "field"},
        {"outcome": "yes", "ready": "nothing"},
        {"outcome": "yes", "ready": "own", "reason": " "},
        {"outcome": "yes", "ready": "own", "reason": "x" * 3001},
        {"outcome": "yes_other_format", "ready": "shorter"},
    ],
)
def test_a_bad_answer_is_refused_with_what_was_typed(call, client, form):
    proposal = call.published()
    answer = call.cast.sign_in(client, "hugo").post(url("team_proposal", call, proposal.code), form | {"x": ""})
    assert (answer.status_code, Decision.objects.count()) == (422, 0)


def test_the_list_is_sifted_by_state_and_words(call, hugo):
    offered, ready, waiting = call.offered(), call.decided(email="b@x.example"), call.published(email="c@x.example")
    call.draft()
    expected = {"": 3, "a-repondre": 1, "pretes": 1, "attendent": 1, "confirmees": 0, "declinees": 0, "autres-reponses": 0}
    found = {state: len(team_proposals(call.event, actor=hugo, state=state)) for state in expected}
    assert found == expected
    assert team_proposals(call.event, actor=hugo, state="a-repondre") == [waiting]
    assert team_proposals(call.event, actor=hugo, state="pretes") == [ready]
    assert team_proposals(call.event, actor=hugo, state="attendent", words="ecoute") == [offered]
    counts = team_counts(call.event, actor=hugo)
    assert (counts["published"], counts["drafts"], counts["a_repondre"], counts["retirees"]) == (3, 1, 1, 0)


def test_the_team_does_not_read_drafts(call, client):
    draft = call.complete()
    call.cast.sign_in(client, "hugo")
    assert client.get(url("team_proposal", call, draft.code)).status_code == 404
    assert draft.title not in client.get(url("team_list", call)).text


def test_team_pages_do_not_exist_for_others(call, client):
    proposal = call.published()
    for name in ("chloe", "driss", "farid", "emma"):
        call.cast.sign_in(client, name)
        pages = [url("team_list", call), url("release", call), url("team_proposal", call, proposal.code)]
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_team_pages_cost_as_much_with_three_as_with_one(call, client):
    call.cast.sign_in(client, "hugo")
    pages = [url("team_list", call), url("release", call)]
    call.decided()

    def cost():
        for page in pages:
            client.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert client.get(page).status_code == 200
        return len(queries)

    one = cost()
    call.decided(email="b@x.example")
    call.decided(email="c@x.example")
    assert cost() == one


def test_any_filter_answers(call, client):
    call.published()
    call.cast.sign_in(client, "hugo")
    for query in ("etat=nulle-part", "etat=retirees", "q=%00é", "q=borne&etat=a-repondre"):
        assert client.get(f"{url('team_list', call)}?{query}").status_code == 200


def test_my_proposals_are_mine(call):
    mine, linked = call.draft(email=call.cast.bruno.email), call.draft()
    call.draft(email="autre@x.example")
    assert proposals_of(call.cast.actor("bruno")) == [mine]
    assert proposals_of(author_of(linked), call.event) == [linked]
    assert proposals_of(author_of(linked), call.cast.other) == []
    assert proposals_of(VISITOR) == []
    assert SYSTEM.links == frozenset()
