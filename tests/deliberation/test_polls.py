import csv
import re
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.urls import reverse

from encommun.deliberation import commands
from encommun.deliberation.majority import judge
from encommun.deliberation.models import Ballot, Poll
from encommun.deliberation.queries import result_of
from encommun.deliberation.refusals import (
    ClosesTooSoon,
    NotVoter,
    PollBegun,
    PollNotOpen,
    SignInFirst,
    TooFewOptions,
    UnknownElectorate,
    UnknownGrade,
)
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.privacy.commands import erase_person
from tests.cast import NOW
from tests.deliberation.conftest import DAY


@pytest.fixture
def hugo(talking):
    return talking.cast.actor("hugo")


@pytest.fixture
def committee(talking, hugo):
    commands.set_committee(talking.event, rules={"fr": "Lire."}, is_open=True, actor=hugo, at=NOW)
    for who in ("bruno", "chloe", "gaelle"):
        said = {"name": who, "publish_name": False, "words": ""}
        member = commands.ask_to_join(talking.event, **said, actor=talking.cast.actor(who), at=NOW)
        commands.answer_request(member, accepts=True, actor=hugo, at=NOW)


def prepared(talking, hugo, **more):
    other = talking.another(email="b@x.example")
    said = {
        "title": "L'ouverture",
        "question": "Pour ouvrir la rencontre ?",
        "electorate": "committee",
        "kind": "proposal",
        "codes": [talking.topic.code, other.code],
        "closes_at": NOW + DAY,
    }
    return commands.prepare_poll(talking.event, **said | more, actor=hugo, at=NOW)


def opened(talking, hugo, **more):
    poll = prepared(talking, hugo, **more)
    commands.open_poll(poll, actor=hugo, at=NOW)
    return Poll.objects.select_related("event").get(pk=poll.pk)


def cast(poll, talking, who, *grades, at=NOW):
    codes = list(poll.options.values_list("topic_code", flat=True))
    given = {code: grade for code, grade in zip(codes, grades, strict=True) if grade is not None}
    return commands.cast_ballot(poll, grades=given, actor=talking.cast.actor(who), at=at)


def test_only_the_programme_team_prepares_a_vote(talking, hugo):
    for who in ("chloe", "driss", "emma"):
        with pytest.raises(NotAllowed):
            prepared(talking, talking.cast.actor(who))


def test_a_vote_needs_options_voters_and_time(talking, hugo):
    for more, refused in (
        ({"codes": [talking.topic.code, "ZZZZ"]}, TooFewOptions),
        ({"electorate": "friends"}, UnknownElectorate),
        ({"closes_at": NOW}, ClosesTooSoon),
    ):
        with pytest.raises(refused):
            prepared(talking, hugo, **more)
    assert Poll.objects.count() == 0


def test_who_votes_and_when(talking, hugo, committee):
    poll = prepared(talking, hugo)
    with pytest.raises(PollNotOpen):
        cast(poll, talking, "chloe", 5, 3)
    commands.open_poll(poll, actor=hugo, at=NOW)
    with pytest.raises(PollBegun):
        commands.open_poll(poll, actor=hugo, at=NOW)
    poll = Poll.objects.select_related("event").get()
    with pytest.raises(SignInFirst):
        commands.cast_ballot(poll, grades={}, actor=VISITOR, at=NOW)
    with pytest.raises(NotVoter):
        cast(poll, talking, "hugo", 5, 3)
    for grades in ({"ZZZ": 1}, {talking.topic.code: 6}, {talking.topic.code: -1}):
        with pytest.raises(UnknownGrade):
            commands.cast_ballot(poll, grades=grades, actor=talking.cast.actor("chloe"), at=NOW)
    cast(poll, talking, "chloe", 5, 3, at=NOW + DAY)
    with pytest.raises(PollNotOpen):
        cast(poll, talking, "chloe", 5, 3, at=NOW + DAY + timedelta(seconds=1))


def test_one_ballot_a_person_changed_while_it_is_open(talking, hugo, committee):
    poll = opened(talking, hugo)
    cast(poll, talking, "chloe", 5, 3)
    cast(poll, talking, "chloe", 1, None)
    assert list(Ballot.objects.values_list("grades", flat=True)) == [{talking.topic.code: 1}]


def test_closing_forgets_who_voted_for_good(talking, hugo, committee):
    poll = opened(talking, hugo)
    codes = {cast(poll, talking, who, 5, 3).code for who in ("bruno", "chloe")}
    commands.close_poll(poll, actor=hugo, at=NOW)
    left = list(Ballot.objects.all())
    assert [(one.account_id, one.cast_at) for one in left] == [(None, None)] * 2
    assert codes & {one.code for one in left} == set()
    assert Poll.objects.get().could_vote == 3
    said = Entry.objects.filter(kind="deliberation.ballot_cast").values_list("actor", "facts")
    assert list(said) == [("system", {})] * 2


def test_nobody_reads_a_number_before_it_is_closed(talking, hugo, committee, client):
    poll = opened(talking, hugo)
    page = reverse("deliberation:poll", args=[talking.event.slug, poll.code])
    before = client.get(page).content
    cast(poll, talking, "chloe", 5, 3)
    from encommun.ui.public_pages import STORE

    STORE.clear()
    assert client.get(page).content == before
    for kind in ("csv", "json"):
        data = reverse(f"deliberation:ballots_{kind}", args=[talking.event.slug, poll.code])
        assert client.get(data).status_code == 404
    assert result_of(poll) == []


def test_the_result_is_computed_again_from_the_open_data(talking, hugo, committee, client):
    poll = opened(talking, hugo)
    for who, grades in (("bruno", (5, 3)), ("chloe", (1, 4)), ("gaelle", (None, 3))):
        cast(poll, talking, who, *grades)
    commands.close_due_polls(at=NOW + DAY + timedelta(seconds=1))
    data = client.get(reverse("deliberation:ballots_json", args=[talking.event.slug, poll.code])).json()
    codes = [option["code"] for option in data["options"]]
    again = judge(codes, [ballot["grades"] for ballot in data["ballots"]], number_of_grades=len(data["grades"]))
    assert [(one.option, one.rank, one.majority_grade) for one in again] == [
        (one["option"], one["rank"], one["majority_grade"]) for one in data["result"]
    ]
    assert [one["option"] for one in data["result"]] == [codes[1], codes[0]]
    text = client.get(reverse("deliberation:ballots_csv", args=[talking.event.slug, poll.code])).content.decode()
    rows = list(csv.reader(StringIO(text)))
    assert (rows[0], len(rows)) == (["ballot", *codes], 4)
    body = client.get(reverse("deliberation:poll", args=[talking.event.slug, poll.code])).content.decode()
    assert "3 bulletins" in body
    for name in ("bruno", "chloe", "gaelle"):
        assert talking.cast.accounts[name].email not in body + text


def test_the_script_of_the_docs_finds_the_same_result(talking, hugo, committee, client):
    """What anybody can copy from docs/reference/majority-judgment.md, on a vote with a tie and missing grades."""
    poll = opened(talking, hugo)
    for who, grades in (("bruno", (5, 2)), ("chloe", (None, 5)), ("gaelle", (2, None))):
        cast(poll, talking, who, *grades)
    commands.close_due_polls(at=NOW + DAY + timedelta(seconds=1))
    answer = client.get(reverse("deliberation:ballots_json", args=[talking.event.slug, poll.code]))
    page = (Path(__file__).parents[2] / "docs/reference/majority-judgment.md").read_text("utf-8")
    [script] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", script], input=answer.content, capture_output=True, check=True)
    lines = [line.split("\t")[:3] for line in done.stdout.decode().splitlines()]
    said = [[str(one["rank"]), one["option"], str(one["majority_grade"])] for one in answer.json()["result"]]
    assert sorted(lines) == sorted(said)
    assert [rank for rank, _option, _grade in lines] == ["1", "1"]


def test_a_ballot_in_an_open_vote_is_erased_with_its_person(talking, hugo, committee):
    poll = opened(talking, hugo)
    cast(poll, talking, "chloe", 5, 3)
    erase_person(actor=talking.cast.actor("chloe"), at=NOW)
    assert Ballot.objects.count() == 0


def test_a_vote_through_the_pages(talking, hugo, committee, client):
    talking.cast.sign_in(client, "hugo")
    team = reverse("deliberation:team_polls", args=[talking.event.slug])
    other = talking.another(email="b@x.example")
    typed = {
        "title": "Ouvrir",
        "question": "Laquelle pour ouvrir ?",
        "electorate": "committee",
        "closes_on": "2018-07-19",
        "codes": [talking.topic.code, other.code],
    }
    assert client.post(team, typed | {"codes": [talking.topic.code]}).status_code in (409, 422)
    import unittest.mock  # the clock of pages is the real one: a last day to come, whenever the test runs

    with unittest.mock.patch("encommun.foundation.clock.now", return_value=NOW):
        made = client.post(team, typed)
        assert made.status_code == 302
        assert client.post(made.url, {"act": "open"}).status_code == 302
        talking.cast.sign_in(client, "chloe")
        vote = reverse("deliberation:vote", args=[talking.event.slug, Poll.objects.get().code])
        assert "Très bien" in client.get(vote).content.decode()
        assert client.post(vote, {f"note-{other.code}": "9"}).status_code == 422
        assert client.post(vote, {f"note-{other.code}": "4"}).status_code == 302
        assert 'value="4" checked' in client.get(vote).content.decode()
    assert Ballot.objects.get().grades == {other.code: 4}
