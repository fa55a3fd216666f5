import json
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.staticfiles import finders
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.mailing.models import Letter
from encommun.places.models import Room
from encommun.programme import commands as programme
from encommun.programme.models import Session
from encommun.reactions.worker import react
from encommun.registration import refusals
from encommun.registration.commands import (
    cancel_booking,
    change_day,
    confirm_booking,
    draw_due,
    leave_workshop,
    next_seed,
    note_presence,
    open_kept_places,
    open_workshop,
    pseudonym,
    release_no_shows,
    sign_up,
    wish_for,
)
from encommun.registration.draw import Person, draw, order
from encommun.registration.draw import Room as Slot
from encommun.registration.models import Draw, SignUp, Workshop
from encommun.registration.queries import turn_of
from encommun.registration.rules import SEAT_LINK
from tests.cast import NOW
from tests.registration.desk import book, one_day, open_sale, two_days
from tests.registration.test_races import all_at_once


def session_at(event, title, hour, *, day=0, minutes=60, actor):
    from datetime import datetime, time

    starts = datetime.combine(event.days[day], time(hour), tzinfo=event.zone)
    made = programme.make_session(event, programme.SessionText(title=title, minutes=minutes), actor=actor, at=NOW)
    room = Room.objects.filter(venue__events=event).order_by("pk").first()
    Session.objects.filter(pk=made.pk).update(state="confirmed", starts_at=starts, room=room)
    return Session.objects.select_related("event").get(pk=made.pk)


class Town:
    """An event with passes, workshops and people who hold passes."""

    def __init__(self, cast):
        self.event, self.hugo, self.farid = cast.event, cast.actor("hugo"), cast.actor("farid")
        open_sale(self.event, places=100)

    def workshop(self, title="Atelier", hour=14, *, seats=2, **more):
        asked = {"day": more.pop("day", 0), "minutes": more.pop("minutes", 60)}
        session = session_at(self.event, title, hour, actor=self.hugo, **asked)
        return open_workshop(session, seats=seats, opens_at=NOW - timedelta(days=1), actor=self.hugo, at=NOW, **more)

    def holder(self, wishes=None, n=0):
        booking = confirm_booking(book(self.event, wishes or two_days(1, holder_name=f"Anne {n}")), actor=SYSTEM, at=NOW)
        return booking.seats.select_related("pass_type", "booking__event").get()

    def holders(self, count):
        return [self.holder(n=n) for n in range(count)]


@pytest.fixture
def town(cast):
    return Town(cast)


def me(seat):
    return Actor(links=frozenset({(SEAT_LINK, seat.code)}))


def join(workshop, seat, at=NOW, **more):
    return sign_up(workshop, seat, actor=me(seat), at=at, **more)


def states(workshop):
    return [one.state for one in workshop.sign_ups.order_by("pk")]


def test_who_cannot_sign_up_is_told_why(town):
    workshop, seat = town.workshop(), town.holder()
    for stranger in (VISITOR, town.farid, town.hugo):
        with pytest.raises(NotAllowed):
            sign_up(workshop, seat, actor=stranger, at=NOW)
    friday = town.holder([one_day(town.event, 1)])
    with pytest.raises(refusals.NotForThatDay):
        join(workshop, friday)
    held = book(town.event).seats.get()
    with pytest.raises(refusals.PassNotConfirmed):
        join(workshop, held)
    for when in (NOW - timedelta(days=2), workshop.session.starts_at):
        with pytest.raises(refusals.WorkshopNotOpen):
            join(workshop, seat, at=when)
    join(workshop, seat)
    with pytest.raises(refusals.AlreadySignedUp):
        join(workshop, seat)
    with pytest.raises(NotAllowed):
        open_workshop(workshop.session, seats=3, opens_at=NOW, actor=VISITOR, at=NOW)
    for wrong in ({"seats": 0}, {"seats": 2, "kept": 3}, {"seats": 2, "draws_at": NOW - timedelta(days=9)}):
        with pytest.raises(refusals.WorkshopDoesNotHold):
            open_workshop(workshop.session, **({"opens_at": NOW} | wrong), actor=town.hugo, at=NOW)


def test_two_things_at_once_clash_and_one_after_the_other_does_not(town):
    seat = town.holder()
    first, second, third = town.workshop("Un", 14), town.workshop("Deux", 14, minutes=30), town.workshop("Trois", 15)
    join(first, seat)
    with pytest.raises(refusals.WorkshopClash) as refused:
        join(second, seat)
    assert "«\u202fUn\u202f»" in refused.value.sentence or "Un" in refused.value.sentence
    join(third, seat)


def test_a_full_workshop_has_a_queue_and_a_place_that_comes_back_goes_to_the_first(town):
    workshop, people = town.workshop(seats=2), town.holders(5)
    made = [join(workshop, seat) for seat in people]
    assert states(workshop) == ["in", "in", "waiting", "waiting", "waiting"]
    assert [turn_of(one) for one in made[2:]] == [1, 2, 3]
    with pytest.raises(NotAllowed):
        leave_workshop(made[0], actor=me(people[1]), at=NOW)
    leave_workshop(made[0], actor=me(people[0]), at=NOW)
    assert states(workshop) == ["left", "in", "in", "waiting", "waiting"]
    with pytest.raises(NotFound):
        leave_workshop(made[0], actor=me(people[0]), at=NOW)
    react()
    assert Letter.objects.get(kind="registration.workshop_place").recipient == people[2].booking.email
    open_workshop(workshop.session, seats=3, opens_at=NOW, actor=town.hugo, at=NOW)
    assert states(workshop) == ["left", "in", "in", "in", "waiting"]
    with pytest.raises(refusals.WorkshopDoesNotHold):
        open_workshop(workshop.session, seats=2, opens_at=NOW, actor=town.hugo, at=NOW)


def test_who_waits_and_has_something_else_now_is_passed_over_and_keeps_the_turn(town):
    full, other, people = town.workshop("Plein", 14, seats=1), town.workshop("Autre", 14), town.holders(3)
    first = join(full, people[0])
    waits, next_one = join(full, people[1]), join(full, people[2])
    SignUp.objects.create(workshop=other, seat=people[1], state="in", pool="open", joined_at=NOW)
    leave_workshop(first, actor=me(people[0]), at=NOW)
    waits.refresh_from_db()
    next_one.refresh_from_db()
    assert (waits.state, next_one.state) == ("waiting", "in")


def test_kept_places_are_for_those_who_say_so_until_their_time(town):
    workshop = town.workshop(seats=3, kept=2, kept_until=NOW + timedelta(days=1))
    people = town.holders(5)
    join(workshop, people[0])
    join(workshop, people[1])
    join(workshop, people[2], has_priority=True)
    assert states(workshop) == ["in", "waiting", "in"]
    assert [one.pool for one in workshop.sign_ups.order_by("pk")] == ["open", "", "kept"]
    assert open_kept_places(at=NOW) == 0
    assert (open_kept_places(at=NOW + timedelta(days=1)), states(workshop)) == (1, ["in", "in", "in"])
    assert open_kept_places(at=NOW + timedelta(days=1)) == 0


def test_cancelling_or_changing_the_day_gives_workshops_back(town):
    workshop, people = town.workshop(seats=1), [town.holder([one_day(town.event, 0)]), *town.holders(2)]
    for seat in people:
        join(workshop, seat)
    change_day(people[0], day=town.event.days[1], actor=town.farid, at=NOW)
    react()
    assert states(workshop) == ["left", "in", "waiting"]
    cancel_booking(people[1].booking, reason="Essai", actor=town.farid, at=NOW)
    react()
    assert states(workshop) == ["left", "left", "in"]


def test_five_minutes_after_the_start_empty_places_go_to_those_at_the_door(town, cast):
    workshop, people = town.workshop(seats=2), town.holders(5)
    made = [join(workshop, seat) for seat in people]
    start = workshop.session.starts_at
    late = start + timedelta(minutes=5)
    assert release_no_shows(at=late) == 0  # nobody keeps the door: nobody loses a place
    with pytest.raises(NotAllowed):
        note_presence(made[0], is_there=True, actor=VISITOR, at=start)
    for one in (made[0], made[3]):
        note_presence(one, is_there=True, actor=cast.actor("driss"), at=start)
    assert release_no_shows(at=late - timedelta(seconds=1)) == 0
    assert (release_no_shows(at=late), release_no_shows(at=late)) == (1, 0)
    assert states(workshop) == ["in", "released", "waiting", "in", "waiting"]
    workshop.refresh_from_db()
    assert workshop.filled + workshop.filled_kept == 2


def test_wishes_are_drawn_once_published_and_can_be_computed_again(town):
    draws_at = NOW + timedelta(days=1)
    workshops = [town.workshop(f"Atelier {n}", 14 + n % 2, seats=2, kept=n % 2, draws_at=draws_at) for n in range(4)]
    people = town.holders(7)
    for n, seat in enumerate(people):
        with pytest.raises(refusals.WorkshopUsesDraw):
            join(workshops[0], seat)
        ranked = workshops[n % 4 :] + workshops[: n % 4]
        wish_for(seat, ranked, has_priority=n == 6, actor=me(seat), at=NOW)
        wish_for(seat, ranked[:3], has_priority=n == 6, actor=me(seat), at=NOW)
    assert SignUp.objects.filter(state="wished").count() == 21
    sealed = next_seed(town.event)
    assert (draw_due(at=NOW), draw_due(at=draws_at), draw_due(at=draws_at)) == (0, 1, 0)
    assert next_seed(town.event) != sealed
    with pytest.raises(refusals.WorkshopUsesDraw):
        wish_for(people[0], workshops[:1], actor=me(people[0]), at=draws_at)
    published = Draw.objects.get()
    names = {pseudonym(seat): seat.pk for seat in people}
    assert set(published.wishes["people"]) == set(names)
    again = draw(
        published.seed,
        {code: Slot(seats=r[0], kept=r[1], starts=r[2], ends=r[3]) for code, r in published.wishes["workshops"].items()},
        {name: Person(wishes=p[0], has_priority=p[1], busy=p[2]) for name, p in published.wishes["people"].items()},
    )
    assert [list(one) for one in again] == published.result
    assert published.seed == sealed
    inside = {
        (one.seat_id, one.workshop.session.code) for one in SignUp.objects.filter(state="in").select_related("workshop__session")
    }
    assert inside == {(names[name], code) for name, code, _pool in again}
    assert not SignUp.objects.filter(state="wished").exists()
    for workshop in Workshop.objects.all():
        assert workshop.filled + workshop.filled_kept == workshop.sign_ups.filter(state="in").count() <= workshop.seats
    react()
    assert Letter.objects.filter(kind="registration.drawn").count() == 7


def test_anybody_computes_a_draw_again_with_the_published_file_alone(tmp_path):
    """The file that the page links, run by itself: right, then with one place given to somebody else."""
    rooms = {f"W{n}": Slot(seats=3, kept=n % 2, starts=60 * (n % 2), ends=60 * (n % 2) + 50) for n in range(4)}
    people = {
        f"p{n}": Person(wishes=[f"W{(n + k) % 4}" for k in range(3)], has_priority=n % 5 == 0, busy=[(0, 30)] if n % 3 == 0 else [])
        for n in range(16)
    }
    published = {
        "drawn_at": "2018-07-01",
        "seed": "graine",
        "workshops": {code: [one.seats, one.kept, one.starts, one.ends] for code, one in rooms.items()},
        "people": {name: [list(one.wishes), one.has_priority, [list(span) for span in one.busy]] for name, one in people.items()},
        "result": [list(one) for one in draw("graine", rooms, people)],
    }
    script = finders.find("registration/check_draw.py")
    for change, code, word in ((None, 0, "same"), ("zz", 1, "DIFFERENT")):
        if change:
            published["result"][0][0] = change
        file = tmp_path / "tirages.json"
        file.write_text(json.dumps({"draws": [published]}), encoding="utf-8")
        done = subprocess.run([sys.executable, "-I", script, str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.split(":")[0]) == (code, word)


BASE = "/nec-2018/inscriptions/"
TEAM = "/nec-2018/organisation/inscriptions/ateliers/"


def test_holders_and_team_do_it_all_on_pages(town, cast, client):
    from encommun.foundation import clock
    from encommun.foundation.signing import link_token

    now = clock.now()
    first, drawn = (
        town.workshop("Café des communs", 14, kept=1),
        town.workshop("Carte à plusieurs", 16, draws_at=now + timedelta(days=3)),
    )
    seat = town.holder()
    _publish(town, now)
    client.get(f"{BASE}pass/{seat.code}/lien/{link_token(SEAT_LINK, seat.code)}/")
    address = f"{BASE}pass/{seat.code}/ateliers/"
    page = client.get(address).text
    assert ("Café des communs" in page, "Carte à plusieurs" in page, pseudonym(seat) in page) == (True, True, True)
    client.post(address, {"step": f"join:{first.session.code}", "has_priority": "on"})
    client.post(address, {"step": "wish", "wish1": drawn.session.code})
    assert {(one.state, one.pool) for one in SignUp.objects.all()} == {("in", "kept"), ("wished", "")}
    assert client.post(address, {"step": "join:ZZZZZZ"}).status_code == 404
    client.post(address, {"step": f"leave:{first.session.code}"})
    assert "Café des communs" in client.get(f"{BASE}pass/{seat.code}/ateliers/").text
    draw_due(at=now + timedelta(days=4))
    assert Draw.objects.get().seed in client.get(f"{BASE}tirages/").text
    assert client.get(f"{BASE}tirages.json").json()["draws"][0]["seed"] == Draw.objects.get().seed
    cast.sign_in(client, "hugo")
    assert "Café des communs" in client.get(TEAM).text
    wrong = client.post(f"{TEAM}{first.session.code}/", {"seats": "0", "kept": "0", "opens_at": "2018-07-01T09:00"})
    assert wrong.status_code == 422
    assert (
        client.post(f"{TEAM}{first.session.code}/", {"seats": "9", "kept": "0", "opens_at": "2018-07-01T09:00"}).status_code == 302
    )
    join(Workshop.objects.get(pk=first.pk), seat, at=now)
    one = SignUp.objects.get(state="in", workshop=first)
    door = f"{TEAM}{first.session.code}/porte/"
    assert "Anne 0" in client.get(door).text
    client.post(door, {"person": str(one.pk), "there": "yes"})
    one.refresh_from_db()
    assert one.present_at is not None
    assert client.post(door, {"person": "x"}).status_code == 404


def _publish(town, at):
    from encommun.programme.models import ProgrammeVersion

    codes = [{"code": code} for code in Session.objects.filter(event=town.event).values_list("code", flat=True)]
    ProgrammeVersion.objects.create(event=town.event, number=1, content={"sessions": codes}, published_at=at)


wishes = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3),
    st.builds(Person, wishes=st.lists(st.sampled_from("WXYZ"), unique=True, max_size=4), has_priority=st.booleans()),
    max_size=12,
)
rooms = st.fixed_dictionaries(
    {
        code: st.builds(
            lambda seats, kept, start: Slot(seats=seats, kept=min(kept, seats), starts=start * 30, ends=start * 30 + 60),
            st.integers(0, 4),
            st.integers(0, 2),
            st.integers(0, 4),
        )
        for code in "WXYZ"
    }
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rooms, wishes, st.text("0123456789abcdef", min_size=4, max_size=8))
def test_a_draw_is_fair_whatever_the_wishes(workshops, people, seed):
    given_places = draw(seed, workshops, people)
    assert given_places == draw(seed, dict(reversed(workshops.items())), dict(reversed(people.items())))
    for code, room in workshops.items():
        mine = [pool for _name, place, pool in given_places if place == code]
        assert mine.count("kept") <= room.kept
        assert mine.count("open") <= room.seats - room.kept
    got = {name: [code for one, code, _pool in given_places if one == name] for name in people}
    for name, codes in got.items():
        assert len(set(codes)) == len(codes)
        assert set(codes) <= set(people[name].wishes)
        spans = sorted((workshops[code].starts, workshops[code].ends) for code in codes)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
    turn = order(seed, people)
    firsts = [name for name, _code, _pool in given_places[: len(people)]]
    seen = [name for name in turn if got[name]]
    assert firsts[: len(seen)] == seen  # a first place for everybody who can have one, before a second for anybody


@pytest.mark.django_db(transaction=True)
def test_sixteen_people_want_the_three_last_places_of_a_workshop(transactional_db):
    from tests.cast import make_cast

    town = Town(make_cast())
    workshop, people = town.workshop(seats=3, kept=1), town.holders(16)
    outcomes = all_at_once(*[lambda seat=seat, n=n: join(workshop, seat, has_priority=n % 4 == 0) for n, seat in enumerate(people)])
    workshop.refresh_from_db()
    assert outcomes == {"booked": 16}
    assert (workshop.filled, workshop.filled_kept, workshop.sign_ups.filter(state="in").count()) == (2, 1, 3)
    inside = list(workshop.sign_ups.filter(state="in"))
    acts = [lambda one=one: leave_workshop(one, actor=me(one.seat), at=NOW) for one in inside]
    all_at_once(*acts)
    workshop.refresh_from_db()
    assert workshop.filled + workshop.filled_kept == workshop.sign_ups.filter(state="in").count() == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_the_database_refuses_the_overfilled_workshop(transactional_db, monkeypatch):
    from django.db.models import F

    from tests.cast import make_cast

    town = Town(make_cast())
    workshop, people = town.workshop(seats=3), town.holders(8)

    def claim(pk, *, has_priority):
        Workshop.objects.filter(pk=pk).update(filled=F("filled") + 1)
        return "open"

    monkeypatch.setattr(Workshop.objects, "claim", claim)
    outcomes = all_at_once(*[lambda seat=seat: join(workshop, seat) for seat in people])
    assert outcomes == {"booked": 3, "refused by the database": 5}


@pytest.mark.django_db(transaction=True)
def test_one_person_never_has_two_places_at_the_same_time(transactional_db):
    from tests.cast import make_cast

    town = Town(make_cast())
    seat = town.holder()
    several = [town.workshop(f"Atelier {n}", 14) for n in range(5)]
    outcomes = all_at_once(*[lambda one=one: join(one, seat) for one in several])
    assert outcomes == {"booked": 1, "WorkshopClash": 4}
