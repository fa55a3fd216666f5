"""Moves that carry the version seen, one's own undo, several moves at once; sessions united, parted, continued and tried."""

import pytest

from encommun.call.models import Decision, Proposal
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.programme import commands
from encommun.programme.models import Session
from encommun.programme.queries import who_moved
from encommun.programme.refusals import (
    ContinuedAlready,
    ContinuesItself,
    MovedMeanwhile,
    NotAnsweredYet,
    NothingToRedo,
    NothingToTry,
    NothingToUndo,
    NotUnited,
    UnitedWithItself,
)
from tests.cast import NOW
from tests.programme.conftest import somebody

TEAM = "/nec-2018/organisation/programme/"


def where(session):
    session.refresh_from_db()
    return (session.room and session.room.slug, session.starts_at, session.minutes)


def aya(programme):
    return {"actor": programme.cast.actor("aya"), "at": NOW}


def test_a_move_from_an_old_version_is_refused_and_says_who_was_first(programme):
    made = programme.placed()
    stale = made.version
    commands.place_session(made, room=programme.room("maxi"), starts_at=programme.moment("14:00"), seen=stale, **aya(programme))
    with pytest.raises(MovedMeanwhile):
        commands.place_session(made, room=programme.room("micro"), starts_at=programme.moment("15:00"), seen=stale, **programme.who)
    assert (where(made)[0], who_moved(made)) == ("maxi", programme.cast.aya.name)


def test_each_undoes_her_own_moves_and_does_them_again(programme):
    made = programme.placed(clock="11:00", room="micro")
    hers = programme.placed("Autre", clock="15:00", room="maxi")
    commands.place_session(made, room=programme.room("maxi"), starts_at=programme.moment("14:00"), minutes=45, **programme.who)
    commands.place_session(hers, room=programme.room("micro"), starts_at=programme.moment("16:00"), **aya(programme))
    commands.undo_move(programme.event, **programme.who)
    assert where(made) == ("micro", programme.moment("11:00"), 60)
    commands.redo_move(programme.event, **programme.who)
    assert where(made) == ("maxi", programme.moment("14:00"), 45)
    with pytest.raises(NothingToRedo):
        commands.redo_move(programme.event, **programme.who)
    commands.undo_move(programme.event, **aya(programme))
    assert where(hers)[0] == "maxi"
    with pytest.raises(NothingToUndo):
        commands.undo_move(programme.event, **aya(programme))


def test_what_somebody_else_moved_since_stays(programme):
    made = programme.placed(clock="11:00", room="micro")
    commands.place_session(made, room=programme.room("maxi"), starts_at=programme.moment("14:00"), **programme.who)
    commands.place_session(made, room=programme.room("auditorium"), starts_at=programme.moment("15:00"), **aya(programme))
    done = commands.undo_move(programme.event, **programme.who)
    assert (done.moved, [one.code for one in done.left], where(made)[0]) == ([], [made.code], "auditorium")


def test_several_moves_are_undone_as_one(programme):
    one, other = programme.placed("Une", "11:00", "micro"), programme.placed("Deux", "14:00", "maxi")
    moves = [
        commands.Move(session=one, room=programme.room("maxi"), starts_at=programme.moment("14:00")),
        commands.Move(session=other, room=None, starts_at=None),
    ]
    assert commands.move_sessions(programme.event, moves, **programme.who) == 2
    assert len(commands.undo_move(programme.event, **programme.who).moved) == 2
    assert (where(one)[0], where(other)[0]) == ("micro", "maxi")
    commands.redo_move(programme.event, **programme.who)
    assert (where(one)[0], where(other)[0]) == ("maxi", None)


def test_fixing_is_loosened_with_the_place(programme):
    made = programme.placed()
    commands.fix_session(made, room=True, time=True, **programme.who)
    assert made.is_fixed
    commands.unplace_session(made, **programme.who)
    made.refresh_from_db()
    assert (made.room_is_fixed, made.time_is_fixed) == (False, False)


def test_parts_follow_one_another_and_never_in_a_circle(programme):
    one = programme.session("Une", (somebody("Bruno", email="b@x.example"),))
    two = commands.make_next_part(one, **programme.who)
    assert (two.continues, two.continues_at_once, [part.name for part in two.parts.all()]) == (one, True, ["Bruno"])
    with pytest.raises(ContinuesItself):
        commands.continue_session(one, former=two, **programme.who)
    with pytest.raises(ContinuedAlready):
        commands.continue_session(programme.session("Trois"), former=one, **programme.who)
    commands.continue_session(two, former=None, **programme.who)
    two.refresh_from_db()
    assert two.continues is None


def proposal(programme, code):
    made = Proposal.objects.create(
        event=programme.event, code=code, title=f"Idée {code}", state="published", created_at=NOW, saved_at=NOW
    )
    made.authors.create(email=f"{code.lower()}@x.example", name=code)
    return made


def test_a_proposal_is_tried_and_taken_up_where_it_stands(programme):
    idea = proposal(programme, "PRPSLA")
    with pytest.raises(NotAllowed):
        commands.try_proposal(idea, actor=programme.cast.actor("chloe"), at=NOW)
    tried = commands.try_proposal(idea, **programme.who)
    with pytest.raises(NothingToTry):
        commands.try_proposal(idea, **programme.who)
    with pytest.raises(NotAnsweredYet):
        commands.confirm_session(tried, **programme.who)
    commands.place_session(tried, room=programme.room("maxi"), starts_at=programme.moment("14:00"), **programme.who)
    Decision.objects.create(proposal=idea, outcome="yes", reason="Oui.", decided_at=NOW, answer="accepted", answered_at=NOW)
    taken = commands.make_session_from_proposal(idea, **programme.who)
    assert (taken, taken.state, where(taken)[0], Session.objects.count()) == (tried, Session.State.CONFIRMED, "maxi", 1)


def test_two_become_one_and_two_again(programme):
    one = commands.try_proposal(proposal(programme, "PRPSLA"), **programme.who)
    other = commands.try_proposal(proposal(programme, "PRPSLB"), **programme.who)
    with pytest.raises(UnitedWithItself):
        commands.unite_sessions(one, one, **programme.who)
    joined = other.proposal
    with pytest.raises(NotUnited):
        commands.part_proposal(one, joined, **programme.who)
    commands.unite_sessions(one, other, **programme.who)
    other.refresh_from_db()
    assert (other.state, other.became, sorted(part.name for part in one.parts.all())) == ("cancelled", one, ["PRPSLA", "PRPSLB"])
    again = commands.part_proposal(one, joined, **programme.who)
    assert (again, again.became, [part.name for part in one.parts.all()]) == (other, None, ["PRPSLA"])


def test_a_move_over_http_carries_its_version(programme, cast, client):
    made = programme.placed()
    hugo = cast.sign_in(client, "hugo")
    put = {"room": str(programme.room("maxi").pk), "start": "2018-09-13T14:00", "minutes": "45", "version": str(made.version)}
    first = hugo.post(f"{TEAM}{made.code}/deplacer/", put, headers={"Accept": "application/json"})
    again = hugo.post(f"{TEAM}{made.code}/deplacer/", put, headers={"Accept": "application/json"})
    assert (first.status_code, again.status_code, again.json()["theirs"]["room"]) == (200, 409, "Salle Maxi")
    for bad in ({"room": "x"}, {"start": "hier"}, {"minutes": "4"}):
        answer = hugo.post(f"{TEAM}{made.code}/deplacer/", put | {"version": ""} | bad, headers={"Accept": "application/json"})
        assert answer.status_code in (404, 422)
    assert hugo.post(f"{TEAM}defaire/")["Location"] == TEAM
    assert where(made)[0] == "micro"
    assert Entry.objects.filter(kind="programme.move_undone").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_state_takes_the_same_number_of_statements(programme, cast, client, count, django_assert_max_num_queries):
    for n in range(count):
        programme.placed(f"Séance {n}", f"{10 + n}:00", people=(somebody(f"Personne {n}"),))
    hugo = cast.sign_in(client, "hugo")
    with django_assert_max_num_queries(28):
        answer = hugo.get(f"{TEAM}etat.json")
    assert len(answer.json()["sessions"]) == count
    assert hugo.get(f"{TEAM}etat.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304
