"""The builder on a gathering's draft: refusals, the search, the page, and what accepting moves."""

import re
import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.urls import reverse

from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.places.models import Room
from encommun.programme import builder, commands
from encommun.programme.commands.run_building import begin_buildings, run_building
from encommun.programme.models import Building, Part, Session
from encommun.programme.queries.building import site_of
from encommun.programme.refusals import AlreadyBuilding, BuildingEnded, DraftMovedMeanwhile, NothingToBuild
from tests.cast import NOW
from tests.programme.conftest import somebody

pytestmark = pytest.mark.django_db
LEVELS = {
    "clash": "matters",
    "axes": "matters",
    "rooms_per_axis": "nice",
    "rhythm": "nice",
    "room_fit": "matters",
    "wishes": "matters",
    "zones": "matters",
    "similar": "nice",
}


@pytest.fixture
def draft(programme):
    programme.slots()
    return programme


def asked(draft, **how):
    return commands.start_building(draft.event, seconds=5, **({"levels": LEVELS} | how), **draft.who)


def built(draft, **how):
    building = asked(draft, **how)
    Building.objects.filter(pk=building.pk).update(state=Building.State.RUNNING, beat_at=NOW)
    run_building(building.pk, workers=1, pause=0.05)
    building.refresh_from_db()
    return building


def test_who_does_not_compose_does_not_build(draft):
    draft.session()
    with pytest.raises(NotAllowed):
        commands.start_building(draft.event, actor=draft.cast.actor("bruno"), at=NOW)


def test_an_empty_draft_has_nothing_to_build(draft):
    with pytest.raises(NothingToBuild):
        asked(draft)


def test_a_second_search_is_refused_while_one_is_under_way(draft):
    draft.session()
    asked(draft)
    with pytest.raises(AlreadyBuilding):
        asked(draft)
    assert Building.objects.count() == 1


def test_asking_is_in_the_journal(draft):
    draft.session()
    building = asked(draft, mode="anew")
    entry = Entry.objects.get(kind="programme.building_asked")
    assert (entry.facts["mode"], entry.facts["seconds"], building.state) == ("anew", 5, "waiting")


def test_every_session_gets_a_place_and_accepting_brings_it_into_the_draft_as_one_step(draft):
    people = (somebody("Bruno Le Goff", email="b@x.example"),)
    sessions = [draft.session(f"Atelier {n}", people) for n in range(4)]
    building = built(draft)
    assert (building.state, building.found["left_out"], len(building.best)) == ("done", [], 4)
    assert not any(one.is_placed for one in Session.objects.all())
    assert commands.accept_building(building, **draft.who) == 4
    starts = sorted(Session.objects.values_list("starts_at", flat=True))
    assert all(b - a >= timedelta(minutes=60) for a, b in pairwise(starts))
    assert commands.undo_move(draft.event, **draft.who) is not None
    assert [one.is_placed for one in Session.objects.filter(pk__in=[one.pk for one in sessions])] == [False] * 4


def test_what_is_fixed_stays_and_little_else_moves(draft):
    fixed = draft.placed("Ouverture", "09:30", kind="plenary")
    commands.fix_session(fixed, room=True, time=True, **draft.who)
    beside = draft.placed("Atelier", "09:30", room="maxi")
    other = draft.placed("Café", "11:00", room="maxi")
    building = built(draft)
    commands.accept_building(building, **draft.who)
    fixed.refresh_from_db()
    before = (other.room_id, other.starts_at)
    other.refresh_from_db()
    beside.refresh_from_db()
    assert fixed.starts_at == draft.moment("09:30")
    assert (other.room_id, other.starts_at) == before
    assert beside.starts_at is not None
    assert beside.starts_at >= draft.moment("10:30")


def test_hours_and_equipment_are_kept(draft):
    session = draft.session("Atelier", (somebody("Bruno Le Goff", email="b@x.example"),))
    hours = [[draft.moment("15:00").isoformat(), draft.moment("16:00").isoformat()]]
    Part.objects.filter(session=session).update(available=hours)
    Room.objects.update(equipment=[])
    Room.objects.filter(slug="micro").update(equipment=["stage"])
    Session.objects.filter(pk=session.pk).update(equipment=["stage"])
    building = built(draft)
    commands.accept_building(building, **draft.who)
    session.refresh_from_db()
    assert (session.starts_at, session.room.slug) == (draft.moment("15:00"), "micro")


def test_an_answer_that_the_draft_outgrew_is_refused_and_nothing_moves(draft):
    session = draft.session("Atelier")
    building = built(draft)
    Session.objects.filter(pk=session.pk).update(equipment=["water"])
    Room.objects.update(equipment=[])
    with pytest.raises(DraftMovedMeanwhile):
        commands.accept_building(building, **draft.who)
    session.refresh_from_db()
    assert session.is_placed is False


def test_an_answer_is_taken_once(draft):
    draft.session()
    building = built(draft)
    commands.accept_building(building, **draft.who)
    with pytest.raises(BuildingEnded):
        commands.accept_building(building, **draft.who)
    with pytest.raises(BuildingEnded):
        commands.refuse_building(building, **draft.who)


def test_set_aside_it_leaves_the_draft_as_it_is(draft):
    draft.session()
    building = built(draft)
    commands.refuse_building(building, **draft.who)
    building.refresh_from_db()
    assert (building.state, Session.objects.get().is_placed) == ("refused", False)


def test_stopped_it_keeps_the_best_so_far(draft):
    for n in range(3):
        draft.session(f"Atelier {n}")
    building = asked(draft)
    commands.stop_building(building, **draft.who)
    Building.objects.filter(pk=building.pk).update(state=Building.State.RUNNING)
    run_building(building.pk, workers=1, pause=0.01)
    building.refresh_from_db()
    assert (building.state, building.found["left_out"]) == ("done", [])


def test_pins_that_collide_are_told_with_what_to_let_go(draft, client):
    for title in ("Un", "Deux"):
        session = draft.placed(title, "11:00")
        commands.fix_session(session, room=True, time=True, **draft.who)
    building = built(draft)
    assert len(building.found["left_out"]) == 1
    assert (
        sorted({kind for kind, _key, _detail in building.found["core"]}) == ["fixed_room", "fixed_time"]
        or len(building.found["core"]) >= 2
    )
    assert len(building.found["relax"]) == 1
    kind, key, _detail = building.found["relax"][0]
    draft.cast.sign_in(client, "hugo")
    page = client.get(reverse("programme:build", args=[draft.event.slug])).content.decode()
    assert "sont fixées à la même heure dans" in page or "are fixed at the same time in" in page
    answer = client.post(reverse("programme:build_loosen", args=[draft.event.slug, key]), {"kind": kind})
    assert answer.status_code == 302
    loosened = Session.objects.get(code=key)
    assert (loosened.room_is_fixed, loosened.time_is_fixed) == (kind != "fixed_room", kind != "fixed_time")
    assert Building.objects.filter(state="waiting").count() == 1


def test_a_search_that_fell_silent_is_told_and_another_may_begin(draft):
    draft.session()
    building = asked(draft)
    Building.objects.filter(pk=building.pk).update(state="running", beat_at=NOW - timedelta(minutes=2))
    assert begin_buildings(at=NOW) == 0
    building.refresh_from_db()
    assert building.state == "failed"
    assert asked(draft).state == "waiting"


def test_what_is_kept_names_nobody(draft):
    for n in range(3):
        draft.session(f"Atelier {n}", (somebody("Bruno Le Goff", email="b@x.example"),))
    Part.objects.update(available=[[draft.moment("15:00").isoformat(), draft.moment("16:00").isoformat()]])
    building = built(draft)
    assert building.found["left_out"] != []
    assert "Goff" not in str(building.found)
    assert "b@x.example" not in str(building.found)


def test_the_page_leads_from_asking_to_the_draft(draft, client):
    draft.session("Repair café")
    draft.cast.sign_in(client, "hugo")
    address = reverse("programme:build", args=[draft.event.slug])
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"mode": "keep", "seconds": "3", **LEVELS})
    assert wrong.status_code == 422
    assert client.post(address, {"mode": "keep", "seconds": "15", **LEVELS}).status_code == 302
    assert client.post(address, {"mode": "keep", "seconds": "15", **LEVELS}).status_code == 422
    building = Building.objects.get()
    assert b"data-under-way" in client.get(address).content
    Building.objects.update(state="running")
    run_building(building.pk, workers=1, pause=0.05)
    page = client.get(address).content.decode()
    assert "data-under-way" not in page
    assert "Repair café" in page.replace("\u00a0", " ")
    assert client.post(reverse("programme:build_accept", args=[draft.event.slug])).status_code == 302
    assert Session.objects.get().is_placed is True


def test_the_page_asks_as_much_for_three_sessions_as_for_one(draft, client, django_assert_num_queries):
    draft.cast.sign_in(client, "hugo")
    address = reverse("programme:build", args=[draft.event.slug])
    counts = []
    for n in (1, 2):
        for k in range(n):
            draft.session(f"Atelier {n} {k}", (somebody(f"Une {n}{k}", email=f"b{n}{k}@x.example"),))
        client.get(address)
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_problem_counts_each_person_once_however_she_was_written_down(draft):
    draft.session("Un", (somebody("Bruno Le Goff", email="b@x.example"),))
    draft.session("Deux", (somebody("B. Le Goff", email="B@x.example"),))
    site = site_of(draft.event, LEVELS, "keep")
    assert len(site.problem.people) == 1
    assert builder.findings(site.problem) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_who_ask_at_once_start_one_search(draft):
    draft.session()
    said: list[str] = []

    def ask() -> None:
        try:
            asked(draft)
            said.append("begun")
        except AlreadyBuilding:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["begun", "refused"]


def test_the_page_asks_how_much_each_wish_weighs_and_its_own_form_is_enough_to_ask(draft, client):
    draft.session()
    draft.cast.sign_in(client, "hugo")
    address = reverse("programme:build", args=[draft.event.slug])
    page = client.get(address).content.decode()
    shown = set(re.findall(r'<select[^>]* name="(\w+)"', page))
    assert shown == {*LEVELS, "seconds"}
    answer = client.post(address, {name: client.get(address).context["form"][name].value() for name in [*shown, "mode"]})
    assert answer.status_code == 302
    assert Building.objects.filter(state="waiting").count() == 1
