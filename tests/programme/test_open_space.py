"""Open-space slots, filled on the day by those who come."""

from datetime import timedelta

import pytest
from django.urls import reverse

from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.programme import commands, holders
from encommun.programme.commands import Place
from encommun.programme.holders import Holder
from encommun.programme.models import OpenSubject
from encommun.programme.queries.open_space import open_space_of
from encommun.programme.refusals import (
    NoSuchTable,
    PassOfAnotherDay,
    PassUnknown,
    SlotNotOpen,
    SlotNotYetOpen,
    SubjectMissing,
    TableTaken,
)
from tests.cast import NOW

CHLOE = Actor(email="chloe@association.example")
PASSES = {"K7M2": Holder(email="chloe@association.example", days=frozenset({"2018-09-13"}))}


def find_holder(event, actor, code=""):
    if code:
        return PASSES.get(code)
    return next((held for held in PASSES.values() if actor.email and held.email == actor.email), None)


@pytest.fixture(autouse=True)
def passes(monkeypatch):
    """A gathering where Chloé has a pass of the first day: what ``registration`` would tell."""
    monkeypatch.setattr(holders, "_finders", lambda: (find_holder,))


@pytest.fixture
def forum(programme):
    return programme.placed("Forum ouvert", clock="14:00", kind="open_space", minutes=90, needs=commands.Needs(tables=2, rounds=2))


@pytest.fixture
def on_the_day(programme):
    return programme.moment("13:30")


def bring(forum, actor=CHLOE, title="Le libre au musée", place=Place(1, 1), **more):
    return commands.bring_subject(forum, title=title, place=place, actor=actor, **more)


@pytest.mark.parametrize(
    ("refusal", "more"),
    [
        (PassUnknown, {"actor": VISITOR}),
        (PassUnknown, {"pass_code": "RIEN"}),
        (NoSuchTable, {"place": Place(3, 1)}),
        (NoSuchTable, {"place": Place(1, 3)}),
        (NoSuchTable, {"place": Place(0, 0)}),
        (SubjectMissing, {"title": " \u200b "}),
    ],
)
def test_a_subject_wants_a_pass_a_table_and_words(forum, on_the_day, refusal, more):
    with pytest.raises(refusal):
        bring(forum, at=on_the_day, **more)
    assert OpenSubject.objects.count() == 0


def test_subjects_come_on_the_day_until_the_slot_ends(forum, on_the_day):
    with pytest.raises(SlotNotYetOpen):
        bring(forum, at=on_the_day - timedelta(days=1))
    with pytest.raises(SlotNotOpen):
        bring(forum, at=on_the_day + timedelta(hours=2))
    assert bring(forum, at=on_the_day).table == 1


def test_only_open_space_slots_take_subjects(programme, on_the_day):
    with pytest.raises(SlotNotOpen):
        bring(programme.placed("Atelier", clock="14:00"), at=on_the_day)


def test_a_pass_of_another_day_does_not_do(programme, on_the_day):
    from tests.programme.conftest import NEXT_DAY

    later = programme.placed("Forum", clock="14:00", day=NEXT_DAY, kind="open_space", needs=commands.Needs(tables=2))
    with pytest.raises(PassOfAnotherDay):
        bring(later, at=on_the_day + timedelta(days=1))


def test_two_people_do_not_get_one_table(forum, on_the_day):
    bring(forum, at=on_the_day)
    with pytest.raises(TableTaken):
        bring(forum, at=on_the_day, title="Autre chose")
    assert bring(forum, at=on_the_day, title="Autre chose", place=Place(2, 1)).round == 2


def test_the_code_of_a_pass_does_for_a_visitor_and_names_nobody_in_the_journal(forum, on_the_day):
    brought = bring(forum, actor=VISITOR, pass_code="K7M2", host_name=" Chloé ", at=on_the_day)
    assert (brought.title, brought.host_name, brought.email) == ("Le libre au musée", "Chloé", "chloe@association.example")
    entry = Entry.objects.filter(kind="programme.subject_brought").get()
    assert {name: entry.facts[name] for name in ("subject", "round", "table")} == {"subject": brought.code, "round": 1, "table": 1}
    assert "chlo" not in str(entry.facts).lower()


def test_the_team_writes_down_without_a_pass_and_before_the_day(forum, programme):
    brought = bring(forum, actor=programme.hugo, at=NOW)
    assert (brought.email, brought.table) == ("", 1)


def test_who_brought_it_or_the_team_takes_it_away_or_elsewhere(forum, programme, on_the_day):
    brought = bring(forum, at=on_the_day)
    with pytest.raises(NotAllowed):
        commands.take_subject_away(brought, actor=VISITOR, at=on_the_day)
    with pytest.raises(PassUnknown):
        commands.move_subject(brought, place=Place(1, 2), pass_code="RIEN", actor=VISITOR, at=on_the_day)
    commands.move_subject(brought, place=Place(2, 2), actor=CHLOE, at=on_the_day)
    brought.refresh_from_db()
    assert (brought.round, brought.table) == (2, 2)
    commands.take_subject_away(brought, actor=programme.hugo, at=on_the_day)
    commands.take_subject_away(brought, actor=programme.hugo, at=on_the_day)
    assert Entry.objects.filter(kind="programme.subject_taken_away").count() == 1
    assert bring(forum, at=on_the_day, place=Place(2, 2)).table == 2


def test_rounds_share_the_time_and_a_table_less_hides_no_subject(forum, programme, on_the_day):
    bring(forum, at=on_the_day, place=Place(1, 2))
    forum.tables = 1
    forum.save(update_fields=["tables"])
    slot = open_space_of(programme.event, forum.code)
    assert [(len(one.tables), one.free_count) for one in slot.rounds] == [(2, 1), (1, 1)]
    assert slot.rounds[1].starts_at - slot.rounds[0].starts_at == timedelta(minutes=45)
    assert open_space_of(programme.event, programme.placed("Atelier").code) is None


def test_one_brings_a_subject_on_a_phone(client, forum, programme, on_the_day, monkeypatch):
    programme.publish()
    monkeypatch.setattr("encommun.foundation.clock.now", lambda: on_the_day)
    address = reverse("programme:subjects", args=[programme.event.slug, forum.code])
    page = client.get(address)
    assert page.status_code == 200
    typed = {"title": "Le libre au musée", "host_name": "Chloé", "place": "1-2", "pass_code": "RIEN"}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "Le libre au musée" in refused.content.decode()
    done = client.post(address, typed | {"pass_code": "K7M2"}, follow=True)
    assert "Le libre au musée" in done.content.decode()
    assert OpenSubject.objects.get().table == 2
    shown = client.get(reverse("programme:session", args=[programme.event.slug, forum.code])).content.decode()
    assert ("Le libre au musée" in shown, "chloe@" in shown) == (True, False)


def test_a_visitor_moves_and_takes_away_what_she_brought_by_the_code_of_her_pass(client, forum, programme, on_the_day, monkeypatch):
    programme.publish()
    monkeypatch.setattr("encommun.foundation.clock.now", lambda: on_the_day)
    monkeypatch.setitem(PASSES, "B2B2", Holder(email="bruno@ailleurs.example", days=frozenset({"2018-09-13"})))
    address = reverse("programme:subjects", args=[programme.event.slug, forum.code])
    client.post(address, {"title": "Le libre au musée", "place": "1-1", "pass_code": "K7M2"})
    bring(forum, actor=programme.hugo, title="Écrit par l'équipe", place=Place(2, 1), at=on_the_day)
    brought = OpenSubject.objects.get(table=1, round=1)
    page = client.get(address).text
    assert page.count('name="pass_code"') == 2  # to bring one, and beside her own; what the team wrote down is the team's
    move = reverse("programme:subject_move", args=[programme.event.slug, forum.code, brought.code])
    assert f'action="{move}"' in page

    def where() -> tuple[int, int, bool]:
        brought.refresh_from_db()
        return brought.round, brought.table, brought.removed_at is not None

    for code in ("", "RIEN", "B2B2"):
        for more in ({}, {"away": "1"}):
            client.post(move, {"pass_code": code, "place": "1-2", **more})
            assert where() == (1, 1, False)
    client.post(move, {"pass_code": " K7M2 ", "place": "1-2"})
    assert where() == (1, 2, False)
    client.post(move, {"pass_code": "K7M2", "away": "1"})
    assert where() == (1, 2, True)


def test_a_table_taken_meanwhile_keeps_what_was_typed(client, cast, forum, programme):
    cast.sign_in(client, "hugo")
    address = reverse("programme:subjects", args=[programme.event.slug, forum.code])
    client.get(address)
    bring(forum, actor=programme.hugo, at=NOW)
    answer = client.post(address, {"title": "La radio du quartier", "place": "1-1"})
    assert (answer.status_code, "La radio du quartier" in answer.content.decode()) == (422, True)


def test_the_desk_sees_every_slot_and_frees_a_table(client, cast, forum, programme):
    brought = bring(forum, actor=programme.hugo, at=NOW)
    cast.sign_in(client, "driss")
    page = client.get(reverse("programme:open_spaces", args=[programme.event.slug]))
    assert brought.title in page.content.decode()
    away = reverse("programme:subject_away", args=[programme.event.slug, forum.code, brought.code])
    assert client.post(away, follow=True).status_code == 200
    brought.refresh_from_db()
    assert brought.removed_at is not None
    assert client.post(away).status_code == 404
