from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.models import Merge, Proposal
from encommun.call.queries import public_proposal, said_close, whole_history
from encommun.call.refusals import (
    Merged,
    MergeEnded,
    MergeWaiting,
    NotComplete,
    NotPublished,
    NotToMerge,
    ReasonMissing,
    TooLateToUndo,
)
from encommun.call.rules import asked_to_merge
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import ChangedMeanwhile, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from tests.call.conftest import FULL, author_of
from tests.call.test_drafting import FORM
from tests.call.test_together import joined, offered
from tests.cast import NOW

YVES = "yves@commune.example"
OTHER = replace(FULL, title="Fabriquer une borne", intention="La fabriquer à plusieurs.", minutes=60)


def two(call):
    return call.published(), call.published(OTHER, email=YVES)


def opened(call, into=None, other=None, **more) -> Merge:
    if into is None:
        into, other = two(call)
    asked = {"words": "Même borne.", "actor": author_of(into), "at": NOW} | more
    return commands.open_merge(call.again(into), call.again(other), **asked)


def read(merge) -> Merge:
    return Merge.objects.select_related("into__event", "other__event").get(pk=merge.pk)


def agreed(call) -> Merge:
    merge = opened(call)
    commands.accept_merge(read(merge), round=1, actor=author_of(merge.other), at=NOW)
    return read(merge)


def at(call, proposal, name):
    return reverse(f"call:{name}", args=[call.event.slug, proposal.code])


def page_of(call, merge):
    return reverse("call:merge", args=[call.event.slug, merge.code])


# Saying that two are close


def test_anybody_says_that_two_look_close_with_a_reason(call):
    first, second = two(call)
    draft = call.draft(email="b@x.example")
    for other, reason, refusal in ((first, "x", NotToMerge), (draft, "x", NotToMerge), (second, " ", ReasonMissing)):
        with pytest.raises(refusal):
            commands.say_close(first, other, reason=reason, actor=VISITOR, at=NOW)
    commands.say_close(first, second, reason="La même borne.", actor=VISITOR, at=NOW)
    assert said_close(second) == [(first, "La même borne.")]


# Opening


def test_a_merge_is_opened_by_an_author_of_one_or_by_the_team(call):
    into, other = two(call)
    for actor in (VISITOR, call.cast.actor("chloe"), call.cast.actor("farid")):
        with pytest.raises(NotFound):
            opened(call, into, other, actor=actor)
    merge = opened(call, into, other, actor=call.cast.actor("hugo"))
    assert (merge.opened_by, merge.yeses.count()) == (None, 0)


def test_two_different_public_ones_without_answer_are_merged(call):
    into, decided = call.published(), call.offered(email=YVES)
    draft = call.draft(email="b@x.example")
    for other in (into, decided, draft):
        with pytest.raises(NotToMerge):
            opened(call, into, other)


def test_one_merge_waits_at_a_time(call):
    merge = opened(call)
    with pytest.raises(MergeWaiting):
        opened(call, merge.other, merge.into, actor=author_of(merge.other))


def test_the_first_text_joins_both_and_everybody_else_is_asked(call):
    merge = opened(call)
    text = Content.kept(merge.fields)
    assert (text.title, text.intention) == (FULL.title, f"{FULL.intention}\n\n{OTHER.intention}")
    assert text.needs == FULL.needs
    assert [author.email for author in asked_to_merge(read(merge))] == ["zoe@ailleurs.example", YVES]
    react()
    assert [letter.recipient for letter in Letter.objects.filter(kind="call.merge_asked")] == [YVES]


# Answering


def test_only_those_asked_answer_and_to_the_text_they_read(call):
    merge = opened(call)
    for actor in (VISITOR, call.cast.actor("hugo")):
        for act in (commands.accept_merge, commands.reword_merge):
            more = (OTHER,) if act is commands.reword_merge else ()
            with pytest.raises(NotFound):
                act(read(merge), *more, round=1, actor=actor, at=NOW)
    yves = author_of(merge.other)
    with pytest.raises(ChangedMeanwhile):
        commands.accept_merge(read(merge), round=0, actor=yves, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        commands.reword_merge(read(merge), OTHER, round=7, actor=yves, at=NOW)
    with pytest.raises(NotComplete):
        commands.reword_merge(read(merge), replace(OTHER, title=""), round=1, actor=yves, at=NOW)


def test_another_text_asks_everybody_again(call):
    merge = opened(call)
    commands.reword_merge(read(merge), OTHER, round=1, actor=author_of(merge.other), at=NOW)
    merge = read(merge)
    assert (merge.state, merge.round, merge.yeses.filter(round=2).count()) == ("open", 2, 1)
    react()
    assert Letter.objects.filter(kind="call.merge_asked", recipient="zoe@ailleurs.example").count() == 1
    commands.accept_merge(merge, round=2, actor=author_of(merge.into), at=NOW)
    assert (read(merge).state, call.again(merge.into).title) == ("done", OTHER.title)


def test_one_no_leaves_each_what_it_is(call):
    merge = opened(call)
    commands.decline_merge(read(merge), words="Trop différentes.", actor=author_of(merge.other), at=NOW)
    with pytest.raises(MergeEnded):
        commands.accept_merge(read(merge), round=1, actor=author_of(merge.other), at=NOW)
    with pytest.raises(MergeEnded):
        commands.take_merge_back(read(merge), actor=author_of(merge.into), at=NOW)
    react()
    assert {letter.recipient for letter in Letter.objects.filter(kind="call.merge_ended")} == {"zoe@ailleurs.example", YVES}
    assert call.again(merge.other).state == "published"


def test_who_asked_can_ask_no_more(call):
    merge = opened(call)
    with pytest.raises(NotFound):
        commands.take_merge_back(read(merge), actor=VISITOR, at=NOW)
    commands.take_merge_back(read(merge), actor=author_of(merge.into), at=NOW)
    assert read(merge).state == "taken_back"
    opened(call, merge.into, merge.other)


# What it becomes


def test_the_last_yes_makes_one_that_keeps_everybody_and_both_histories(call, client):
    merge = agreed(call)
    into = public_proposal(call.event, merge.into.code)
    assert sorted(author.email for author in into.authors.all()) == [YVES, "zoe@ailleurs.example"]
    changes = [change for step in whole_history(into) for change in step.changes]
    assert sorted(changes) == [
        "Intention réécrite.",
        "Proposition publiée.",
        "« Fabriquer une borne » : Proposition publiée.",
    ]
    with pytest.raises(Merged):
        public_proposal(call.event, merge.other.code)
    answer = client.get(at(call, merge.other, "proposal"))
    assert (answer.status_code, answer.url) == (301, at(call, merge.into, "proposal"))
    page = client.get(answer.url).text
    assert f"({merge.other.code})" in page
    lineage = client.get(f"/api/v1/events/nec-2018/proposals/{merge.other.code}").json()
    assert (lineage["code"], lineage["lineage"]["merged_from"]) == (merge.into.code, [merge.other.code])
    assert Entry.objects.filter(kind="deliberation.topic_moved").count() == 1


def test_the_link_of_each_opens_what_it_became(call, client):
    from encommun.call.letters import author_link

    into, other = two(call)
    link = author_link(other.authors.get()).removeprefix("http://testserver")
    merge = opened(call, into, other)
    commands.accept_merge(read(merge), round=1, actor=author_of(other), at=NOW)
    answer = client.get(link, follow=True)
    assert answer.redirect_chain[-1][0] == at(call, into, "draft")
    assert client.get(at(call, other, "draft"), follow=True).status_code == 200


def test_who_wrote_both_is_one_author_and_help_goes_along(call):
    into, other = call.published(), call.published(OTHER, email=YVES)
    joined(call, other, email="zoe@ailleurs.example")
    help = offered(call, other)
    merge = opened(call, into, other)
    commands.accept_merge(read(merge), round=1, actor=author_of(other, YVES), at=NOW)
    assert list(into.authors.values_list("email", flat=True)) == ["zoe@ailleurs.example", YVES]
    help.refresh_from_db()
    assert help.proposal == into


def test_the_session_of_the_first_follows(call):
    from encommun.programme.models import Session

    into, other = call.offered(), call.published(OTHER, email=YVES)
    commands.answer_offer(into, accepts=True, actor=author_of(into), at=NOW)
    react()
    merge = opened(call, into, other)
    commands.accept_merge(read(merge), round=1, actor=author_of(other), at=NOW)
    react()
    session = Session.objects.get(proposal=into)
    assert list(session.parts.values_list("email", flat=True)) == ["zoe@ailleurs.example", YVES]
    commands.undo_merge(read(merge), actor=author_of(into), at=NOW)
    react()
    assert list(session.parts.values_list("email", flat=True)) == ["zoe@ailleurs.example"]


# Undoing and splitting


def test_any_author_undoes_it_within_the_week(call):
    merge = agreed(call)
    with pytest.raises(NotFound):
        commands.undo_merge(merge, actor=call.cast.actor("hugo"), at=NOW)
    with pytest.raises(TooLateToUndo):
        commands.undo_merge(merge, actor=author_of(merge.into), at=NOW + timedelta(days=7))
    yves = author_of(merge.into, YVES)
    commands.undo_merge(read(merge), actor=yves, at=NOW + timedelta(days=6))
    into, other = call.again(merge.into), call.again(merge.other)
    assert (Content.of(into), Content.of(other), other.state) == (FULL, OTHER, "published")
    assert [author.email for author in other.authors.all()] == [YVES]
    assert [author.email for author in into.authors.all()] == ["zoe@ailleurs.example"]
    with pytest.raises(TooLateToUndo):
        commands.undo_merge(read(merge), actor=author_of(into), at=NOW)
    react()
    assert Letter.objects.filter(kind="call.merge_ended", subject__contains="de nouveau deux").count() == 2


def test_a_half_is_a_draft_that_may_be_published_after_the_deadline(call, client):
    proposal = call.published()
    with pytest.raises(NotFound):
        commands.split_proposal(proposal, actor=VISITOR, at=NOW)
    draft = call.draft(email="b@x.example")
    with pytest.raises(NotPublished):
        commands.split_proposal(draft, actor=author_of(draft), at=NOW)
    made = commands.split_proposal(proposal, actor=author_of(proposal), at=NOW)
    assert (made.state, Content.of(made), made.authors.get().email) == ("draft", FULL, "zoe@ailleurs.example")
    late = NOW + timedelta(days=60)
    commands.publish_proposal(made, version=1, actor=author_of(made), at=late)
    page = client.get(at(call, made, "proposal")).text
    assert at(call, proposal, "proposal") in page
    assert at(call, made, "proposal") in client.get(at(call, proposal, "proposal")).text


# The pages


def test_the_whole_journey_without_javascript(call, client):
    into, other = two(call)
    close = at(call, into, "say_close")
    assert client.post(close, {"other": "", "reason": "x"}).status_code == 422
    assert client.post(close, {"other": "ZZZZZZ", "reason": "La même"}).status_code == 409
    typed = {"other": f"http://testserver{at(call, other, 'proposal')}", "reason": "La même borne", "website": ""}
    assert client.post(close, typed | {"website": "x"}).status_code == 422
    assert client.post(close, typed).status_code == 302
    zoe, yves = call.hold(type(client)(), into), call.hold(type(client)(), other)
    assert "La même borne" in zoe.get(at(call, into, "open_merge")).text
    assert zoe.post(at(call, into, "open_merge"), {"other": "rien"}).status_code == 409
    assert zoe.post(at(call, into, "open_merge"), {"other": other.code}).status_code == 302
    merge = Merge.objects.get()
    page = page_of(call, merge)
    assert client.get(page).status_code == 404
    assert page in yves.get(at(call, other, "draft")).text
    assert "n’a pas encore répondu" in yves.get(page).text
    assert yves.post(page, {"act": "accept", "round": "9"}).status_code == 409
    assert yves.post(page, {"act": "perhaps"}).status_code == 200
    assert yves.post(page, FORM | {"act": "reword", "round": "1", "title": ""}).status_code == 422
    assert yves.post(page, FORM | {"act": "reword", "round": "1", "minutes": "x"}).status_code == 422
    assert yves.post(page, FORM | {"act": "reword", "round": "1", "title": "À plusieurs"}).status_code == 302
    assert zoe.post(page, {"act": "accept", "round": "2"}).status_code == 302
    assert call.again(into).title == "À plusieurs"
    assert yves.post(page, {"act": "undo"}, follow=True).status_code == 200
    assert call.again(other).state == "published"


def test_declining_taking_back_and_splitting_have_their_buttons(call, client):
    into, other = two(call)
    zoe, yves = call.hold(type(client)(), into), call.hold(client, other)
    for who, act, state in ((yves, "decline", "declined"), (zoe, "take_back", "taken_back")):
        merge = opened(call, into, other)
        assert who.post(page_of(call, merge), {"act": act, "words": "Non"}).status_code == 302
        assert read(merge).state == state
        assert who.get(page_of(call, merge)).status_code == 200
    made = zoe.post(at(call, into, "split"), follow=True)
    assert made.status_code == 200
    assert Proposal.objects.get(split_from=into).state == "draft"
    assert call.cast.sign_in(type(client)(), "hugo").get(at(call, into, "open_merge")).status_code == 200
