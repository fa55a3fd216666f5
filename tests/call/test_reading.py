"""Who reads what, what each sees of others, and reading without knowing whose it is."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encommun.call import commands
from encommun.call.anonymity import without
from encommun.call.content import Content
from encommun.call.models import Assignment, Conflict, Decision, PhaseBegun, Review
from encommun.call.queries.balance import balance_of, shown
from encommun.call.queries.reading import reading_list, reading_of
from encommun.call.refusals import (
    InConflict,
    LevelMissing,
    MergeWithMissing,
    NobodyToRead,
    NoCriteria,
    NotReader,
    NotReading,
    OwnReading,
)
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed, NotFound
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.ui.public_pages import STORE
from tests.call.conftest import FULL, author_of
from tests.cast import NOW

LATER = NOW + timedelta(hours=1)
WORDS = {"question": {"fr": "Laisse-t-elle de la place ?"}, "low": {"fr": "Peu"}, "middle": {"fr": "Un peu"}, "high": {"fr": "Oui"}}


@pytest.fixture
def hugo(call):
    return call.cast.actor("hugo")


@pytest.fixture
def aya(call):
    return call.cast.actor("aya")


@pytest.fixture
def criterion(call, hugo):
    return commands.write_criterion(call.event, **WORDS, actor=hugo, at=NOW)


def begin(call, hugo, *, phase="reading", is_anonymous=False, at=NOW):
    said = {"phase": phase, "is_anonymous": is_anonymous, "readers_each": 2, "method": {"fr": "On lit à deux."}}
    return commands.set_choosing(call.event, **said, actor=hugo, at=at)


def give(call, proposal, actor, criterion, *, level=3, words="Bien vu.", gives=True, saved=0):
    levels = {str(criterion.pk): level} if level else {}
    return commands.write_review(call.again(proposal), levels=levels, words=words, gives=gives, saved=saved, actor=actor, at=NOW)


def test_only_the_programme_team_settles_it(call, hugo):
    for who in ("chloe", "driss", "emma"):
        with pytest.raises(NotAllowed):
            begin(call, call.cast.actor(who))
        with pytest.raises(NotAllowed):
            commands.write_criterion(call.event, **WORDS, actor=call.cast.actor(who), at=NOW)
    with pytest.raises(NoCriteria):
        begin(call, hugo)


def test_phases_are_dated_in_public(call, hugo, criterion, client):
    begin(call, hugo)
    begin(call, hugo)
    begin(call, hugo, phase="talking", at=LATER)
    assert list(PhaseBegun.objects.values_list("phase", "began_at")) == [("reading", NOW), ("talking", LATER)]
    body = client.get(reverse("call:method", args=[call.event.slug])).content.decode()
    for words in ("On lit à deux", "Laisse-t-elle de la place", "chacune et chacun lit de son côté"):
        assert words in body


def test_readers_are_the_team_and_the_committee_alone(call, criterion, hugo):
    proposal = call.published()
    begin(call, hugo)
    for actor in (VISITOR, author_of(proposal), *map(call.cast.actor, ("chloe", "driss", "emma", "gaelle"))):
        with pytest.raises(NotFound):
            give(call, proposal, actor, criterion)
        with pytest.raises(NotFound):
            reading_list(actor, call.event)


def test_nobody_judges_her_own_nor_sees_what_is_said_of_it(call, criterion, hugo, aya):
    proposal = call.published(email=call.cast.hugo.email)
    begin(call, hugo)
    give(call, proposal, aya, criterion, words="Canari")
    with pytest.raises(OwnReading):
        give(call, proposal, hugo, criterion)
    with pytest.raises(OwnReading):
        reading_of(hugo, call.event, proposal.code)
    assert reading_list(hugo, call.event) == []
    client = call.cast.sign_in(Client(), "hugo")
    body = client.get(reverse("call:team_proposal", args=[call.event.slug, proposal.code])).content.decode()
    assert "Canari" not in body


def test_a_view_that_is_given_answers_every_question(call, criterion, hugo):
    proposal = call.published()
    with pytest.raises(NotReading):
        give(call, proposal, hugo, criterion)
    begin(call, hugo)
    with pytest.raises(LevelMissing):
        give(call, proposal, hugo, criterion, level=None)
    with pytest.raises(LevelMissing):
        give(call, proposal, hugo, criterion, level=4)
    give(call, proposal, hugo, criterion, level=None, gives=False)
    with pytest.raises(ChangedMeanwhile):
        give(call, proposal, hugo, criterion)
    give(call, proposal, hugo, criterion, saved=1)
    assert Review.objects.get().given_at == NOW


def test_others_views_come_after_one_s_own_or_when_readers_talk(call, criterion, hugo, aya):
    proposal = call.published()
    begin(call, hugo)
    give(call, proposal, aya, criterion, words="L'avis d'Aya")
    seen = reading_of(hugo, call.event, proposal.code)
    assert (seen.sees_views, seen.views) == (False, [])
    give(call, proposal, hugo, criterion, gives=False)
    assert reading_of(hugo, call.event, proposal.code).views == []
    give(call, proposal, hugo, criterion, saved=1)
    assert [view.words for view in reading_of(hugo, call.event, proposal.code).views] == ["L'avis d'Aya"]
    other = call.published(email="b@x.example")
    give(call, other, aya, criterion, words="Autre")
    begin(call, hugo, phase="talking")
    assert [view.words for view in reading_of(hugo, call.event, other.code).views] == ["Autre"]


def test_a_conflict_takes_one_click_and_everything_away(call, criterion, hugo, aya):
    proposal = call.published()
    begin(call, hugo)
    commands.assign_readers(call.event, how="load", actor=hugo, at=NOW)
    give(call, proposal, hugo, criterion)
    give(call, proposal, aya, criterion, words="Canari")
    client = call.cast.sign_in(Client(), "hugo")
    client.post(reverse("call:conflict", args=[call.event.slug, proposal.code]))
    assert [Conflict.objects.count(), Assignment.objects.count(), Review.objects.filter(words="Bien vu.").count()] == [1, 0, 0]
    assert "Canari" not in client.get(reverse("call:read", args=[call.event.slug, proposal.code])).content.decode()
    with pytest.raises(InConflict):
        give(call, proposal, hugo, criterion)
    with pytest.raises(NobodyToRead):
        commands.assign_readers(call.event, how="random", actor=hugo, at=NOW)
    client.post(reverse("call:conflict", args=[call.event.slug, proposal.code]), {"act": "undo"})
    assert Conflict.objects.count() == 0


def test_who_is_too_close_does_not_answer_it_either(call, criterion, hugo):
    proposal = call.published()
    begin(call, hugo)
    commands.declare_conflict(call.again(proposal), actor=hugo, at=NOW)
    with pytest.raises(InConflict):
        commands.decide(call.again(proposal), outcome="yes", reason="Oui.", actor=hugo, at=NOW)


def test_readings_are_shared_out(call, criterion, hugo):
    mine = call.published(email=call.cast.hugo.email)
    others = [call.published(email=f"{n}@x.example") for n in range(3)]
    with pytest.raises(NotReader):
        commands.assign_readers(call.event, how="axis", axis="lieux", reader=call.cast.chloe.pk, actor=hugo, at=NOW)
    assert commands.assign_readers(call.event, how="load", actor=hugo, at=NOW) == 3
    assert set(Assignment.objects.values_list("proposal_id", "account_id")) == {(p.pk, call.cast.hugo.pk) for p in others}
    assert Assignment.objects.filter(proposal=mine).count() == 0
    with pytest.raises(NobodyToRead):
        commands.assign_readers(call.event, how="load", actor=hugo, at=NOW)


def test_what_changed_since_it_was_read(call, criterion, hugo):
    proposal = call.published()
    begin(call, hugo)
    give(call, proposal, hugo, criterion)
    assert reading_of(hugo, call.event, proposal.code).since == []
    again = call.again(proposal)
    commands.edit_proposal(again, replace(FULL, minutes=60), version=again.version, actor=author_of(proposal), at=LATER)
    (step,) = reading_of(hugo, call.event, proposal.code).since
    assert step.changes == ["Durée : 90 → 60 min."]
    assert reading_list(hugo, call.event)[0].has_changed is True


# Reading without names

NAME, STRUCTURE, EMAIL = "Maëlle Canarieux", "Médiathèque de Trucville", "m.canarieux@trucville.example"
CANARIES = ("canarieux", "trucville", "maëlle")


def told(call):
    """A proposal that tells everywhere whose it is, and says so by consent."""
    content = replace(
        FULL, title="Chez Canarieux, la borne", intention="Je suis MAELLE, de Trucville. Écrivez à m.canarieux@trucville.example"
    )
    proposal = call.published(content, email=EMAIL)
    said = {"name": NAME, "structure_name": STRUCTURE, "publish_name": True, "door": "call:draft"}
    commands.introduce_author(call.again(proposal), **said, actor=author_of(proposal), at=NOW)
    again = call.again(proposal)
    changed = replace(content, title="Chez les Canarieux, une borne")
    commands.edit_proposal(again, changed, version=again.version, actor=author_of(proposal), at=LATER)
    return call.again(proposal)


def pages(call, proposal):
    """Everything that a reader may open and that could tell."""
    slug, code = call.event.slug, proposal.code
    return [
        reverse("call:reading", args=[slug]),
        reverse("call:reading", args=[slug]) + "?q=borne",
        reverse("call:read", args=[slug, code]),
        reverse("call:team_list", args=[slug]),
        reverse("call:team_proposal", args=[slug, code]),
        reverse("call:release", args=[slug]),
        reverse("call:list", args=[slug]),
        reverse("call:proposal", args=[slug, code]),
        reverse("call:help", args=[slug, code]),
        reverse("call:history_feed", args=[slug, code]),
        reverse("deliberation:write", args=[slug, "propositions", code]),
        reverse("deliberation:interest", args=[slug, "propositions", code]),
        reverse("deliberation:team_polls", args=[slug]),
        reverse("events:axis", args=[slug, "lieux"]),
        f"/api/v1/events/{slug}/proposals",
        f"/api/v1/events/{slug}/proposals/{code}",
    ]


def leaks(call, proposal, client):
    STORE.clear()
    found = []
    for page in pages(call, proposal):
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode().lower()
        found += [(page, canary) for canary in CANARIES if canary in text]
    return found


def test_anonymous_reading_leaks_no_name_anywhere(call, criterion, hugo):
    proposal = told(call)
    commands.decide(proposal, outcome="yes", reason="Oui.", actor=hugo, at=LATER)
    begin(call, hugo, is_anonymous=True)
    client = call.cast.sign_in(Client(), "hugo")
    assert leaks(call, proposal, client) == []


def test_the_same_pages_tell_it_when_nothing_is_hidden(call, criterion, hugo):
    """The other way round: were a page not to show the canaries, the test above would prove nothing of it."""
    proposal = told(call)
    commands.decide(proposal, outcome="yes", reason="Oui.", actor=hugo, at=LATER)
    begin(call, hugo)
    client = call.cast.sign_in(Client(), "hugo")
    assert {page for page, _canary in leaks(call, proposal, client)} == set(pages(call, proposal))


def test_a_hidden_name_finds_nothing(call, criterion, hugo):
    proposal = told(call)
    begin(call, hugo, is_anonymous=True)
    client = call.cast.sign_in(Client(), "hugo")
    for words in ("Canarieux", "trucville", "maelle", "canar"):
        for page in ("call:reading", "call:list"):
            STORE.clear()
            body = client.get(reverse(page, args=[call.event.slug]), {"q": words}).content.decode()
            assert proposal.code not in body
    assert [line.proposal.code for line in reading_list(hugo, call.event, words="borne")] == [proposal.code]


WHERE_READERS_GO = re.compile(
    r"/nec-2018/(lecture|propositions|opencall|echanges|interets|choix|comite|scrutins|axes-de-travail"
    r"|organisation/(propositions|choix|courriers|programme/essayer|echanges|scrutins|comite))?/?|/api/v1/events/nec-2018/proposals"
)


def reached(client, start):
    """Every page that links lead to, with its text: what a patient reader sees."""
    seen, waiting = {}, list(start)
    while waiting:
        page = waiting.pop().replace("&amp;", "&")
        if page in seen or not WHERE_READERS_GO.match(page) or "/bulletins." in page:
            continue
        answer = client.get(page)
        text = answer.content.decode()
        seen[page] = text.replace(f"q={CANARIES[0]}", "").replace(f'value="{CANARIES[0]}"', "")  # what was typed is shown again
        waiting += re.findall(r'(?:href|action)="(/[^"#]*)', seen[page]) if "html" in answer.get("Content-Type", "") else []
        waiting += [answer["Location"]] if answer.status_code in (301, 302) else []
        STORE.clear()
    return seen


def test_no_page_that_links_lead_to_tells_a_hidden_name(call, criterion, hugo):
    """A merge, words of readers, answers to the team's questions, what is lacked, letters to groups: all may tell."""
    text = commands.QuestionText(kind="long", label={"fr": "Et encore ?"})
    question = commands.write_question(call.event, text, actor=hugo, at=NOW)
    proposal, other = (
        told(call),
        call.published(replace(FULL, title="Une borne à Trucville"), email="l.canarieux@trucville.example"),
    )
    for one, name in ((proposal, NAME), (other, "Lou Canarieux")):
        again, me = call.again(one), author_of(one)
        commands.introduce_author(
            again, name=name, structure_name=STRUCTURE, publish_name=True, door="call:draft", actor=me, at=NOW
        )
        answered = replace(Content.of(again), answers={question.code: f"Nous, à Trucville, chez {name}."})
        commands.edit_proposal(again, answered, version=again.version, actor=me, at=LATER)
    two = call.again(proposal), call.again(other)
    commands.say_close(*two, reason="Les deux viennent de Trucville.", actor=VISITOR, at=LATER)
    merge = commands.open_merge(*two, words="Deux fois Canarieux.", actor=author_of(proposal), at=LATER)
    commands.seek(two[0], part="speaks", words="Un cas près de Trucville", actor=author_of(proposal), at=LATER)
    begin(call, hugo, is_anonymous=True)
    slug, client = call.event.slug, call.cast.sign_in(Client(), "hugo")
    start = [f"/{slug}/{path}/" for path in ("lecture", "propositions", "organisation/propositions", "organisation/courriers")]
    start += [
        f"/{slug}/opencall/fusions/{merge.code}/",
        f"/{slug}/organisation/propositions/?q={CANARIES[0]}",
        *pages(call, proposal),
    ]
    seen = reached(client, start)
    assert [(page, canary) for page, text in seen.items() for canary in CANARIES if canary in text.lower()] == []
    assert len(seen) > 60
    assert f"/{slug}/organisation/propositions/{other.code}/" not in seen[f"/{slug}/organisation/propositions/?q={CANARIES[0]}"]


def test_coordination_writes_to_authors_and_knows_them(call, criterion, hugo):
    proposal = told(call)
    begin(call, hugo, is_anonymous=True)
    client = call.cast.sign_in(Client(), "aya")
    assert NAME in client.get(reverse("call:team_proposal", args=[call.event.slug, proposal.code])).content.decode()


def test_names_come_back_when_it_is_over(call, criterion, hugo, client):
    proposal = told(call)
    begin(call, hugo, is_anonymous=True)
    begin(call, hugo, phase="over", is_anonymous=True)
    STORE.clear()
    assert NAME in client.get(reverse("call:proposal", args=[call.event.slug, proposal.code])).content.decode()
    proposal.refresh_from_db()
    assert proposal.title == "Chez les Canarieux, une borne"


@pytest.mark.parametrize(
    "words,text,left",
    [
        (["maelle"], "MAËLLE et Maelle, mais pas maellette", "[…] et […], mais pas maellette"),
        (["le goff", "goff"], "Bruno Le Goff", "Bruno […]"),
        (["œuvre"], "", ""),
        ([], "Rien", "Rien"),
    ],
)
def test_words_are_taken_out_whatever_their_accents(words, text, left):
    assert without(words, text) == left


# Answers


def test_together_with_another_names_it_and_gives_no_place(call, hugo):
    proposal, other = call.published(), call.published(replace(FULL, title="Une autre borne"), email="b@x.example")
    for code in ("", "ZZZZZZ", proposal.code):
        with pytest.raises(MergeWithMissing):
            commands.decide(proposal, outcome="merge", reason="Elles se parlent.", merge_with=code, actor=hugo, at=NOW)
    commands.decide(proposal, outcome="merge", reason="Elles se parlent.", merge_with=other.code.lower(), actor=hugo, at=NOW)
    decision = Decision.objects.get()
    assert (decision.merge_with, decision.is_an_offer, decision.is_a_place) == (other, True, False)
    call.release()
    while react():
        pass
    assert "Une autre borne" in Letter.objects.get(kind="call.decision").text


def test_no_number_under_five_is_shown_nor_found():
    assert shown([(12, 6), (10, 5)]) == [(12, 6), (10, 5)]
    assert shown([(12, 6), (10, 6)]) == [(12, None), (10, None)]  # six chosen leave four that were not, and a total tells the rest
    assert shown([(9, 5), (4, 2)]) == [(None, None), (None, None)]  # a total of thirteen would tell the four
    assert shown([(30, 10), (8, 4), (3, 1), (2, 0)]) == [(30, 10), (8, None), (None, None), (None, None)]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (max(pair), min(pair))), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_totals_tell_no_number_under_five(rows):
    """With every total known, what is hidden holds five at least in each column; and nothing shown is under five."""
    numbers = shown(rows)
    for hides, counts in ((0, lambda row: (row[0],)), (1, lambda row: (row[1], row[0] - row[1]))):
        told = [counts(row) for row, pair in zip(rows, numbers, strict=True) if pair[hides] is not None]
        untold = [counts(row) for row, pair in zip(rows, numbers, strict=True) if pair[hides] is None]
        assert all(number >= 5 for row in told for number in row)
        assert not told or not untold or (len(untold) > 1 and all(sum(column) >= 5 for column in zip(*untold, strict=True)))


def test_the_balance_counts_what_authors_told_and_hides_little_groups(call, hugo):
    for n in range(10):
        proposal = call.published(email=f"{n}@x.example")
        told_ = {"territory": "rural" if n < 5 else ["city", "town"][n % 2], "first_time": ""}
        commands.tell_circumstances(call.again(proposal), **told_, actor=author_of(proposal), at=NOW)
    tables = {table.title: table.cells for table in balance_of(call.event, released_only=True)}
    rows = {cell.label: (cell.received, cell.chosen) for cell in tables["Par territoire"]}
    assert rows["la campagne ou un village"] == (5, None)
    assert rows["une grande ville"] == (None, None)
