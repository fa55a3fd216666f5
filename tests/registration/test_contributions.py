import pytest

from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.mailing.models import Letter
from encommun.programme.models import Part, Session
from encommun.reactions.worker import react
from encommun.registration import refusals
from encommun.registration.commands import (
    PassText,
    compose_pass,
    confirm_booking,
    end_contributions,
    give_missing_passes,
    note_contribution,
    resize_quota,
)
from encommun.registration.models import Booking, Contribution, Quota, Seat
from encommun.registration.queries import what_does_not_hold
from tests.cast import NOW
from tests.registration.desk import book, open_sale, two_days
from tests.registration.test_composing import SALE
from tests.registration.test_races import all_at_once


def offer(cast, **more):
    open_sale(cast.event, places=9)
    text = PassText(name={"fr": "Pass de contribution"}, price_cents=0, offered="contributors", **(SALE | more))
    return compose_pass(cast.event, text, actor=cast.actor("farid"), at=NOW)


def note(cast, **more):
    asked = {"part": "volunteers", "name": "Anne Petit", "email": "Anne@x.example", "actor": cast.actor("farid"), "at": NOW}
    return note_contribution(cast.event, **(asked | more))


def test_who_may_write_contributions_down_and_how(cast):
    for actor in (VISITOR, cast.actor("driss"), cast.actor("emma")):
        with pytest.raises(NotAllowed):
            note(cast, actor=actor)
    for wrong in ({"part": "sings"}, {"email": "anne"}, {"name": " "}):
        with pytest.raises(refusals.MissingDetails):
            note(cast, **wrong)


def test_a_part_brings_one_pass_whatever_the_number_of_parts(cast):
    kind = offer(cast)
    first = note(cast)
    assert (first.seat.pass_type, first.seat.booking.state, first.seat.days) == (kind, "confirmed", ["2018-09-13", "2018-09-14"])
    assert note(cast).pk == first.pk
    assert note(cast, part="speaks", session_code="ABC").seat == first.seat
    assert (Seat.objects.count(), Contribution.objects.count(), [*what_does_not_hold()]) == (1, 2, [])
    react()
    assert Letter.objects.get(kind="registration.confirmed").recipient == "anne@x.example"


def test_who_bought_a_pass_keeps_it(cast):
    offer(cast)
    bought = confirm_booking(book(cast.event, two_days(1, holder_name="Anne", holder_email="anne@x.example")), actor=SYSTEM, at=NOW)
    assert note(cast).seat == bought.seats.get()
    assert Booking.objects.count() == 1


def test_without_a_pass_to_give_the_team_sees_it_and_tries_again(cast):
    open_sale(cast.event, places=1)
    assert note(cast).seat is None
    text = PassText(name={"fr": "Pass de contribution"}, price_cents=0, offered="contributors", **SALE)
    compose_pass(cast.event, text, actor=cast.actor("farid"), at=NOW)
    book(cast.event)
    assert (give_missing_passes(cast.event, actor=cast.actor("farid"), at=NOW), Quota.objects.first().taken) == (0, 1)
    for day in cast.event.days:
        resize_quota(cast.event, day=day, size=2, actor=cast.actor("farid"), at=NOW)
    assert give_missing_passes(cast.event, actor=cast.actor("farid"), at=NOW) == 1
    assert [*what_does_not_hold()] == []


def test_everybody_of_a_confirmed_session_has_a_pass_by_itself(cast):
    from encommun.programme import commands as programme

    offer(cast)
    session = programme.make_session(cast.event, programme.SessionText(title="Atelier"), actor=cast.actor("hugo"), at=NOW)
    Part.objects.create(session=session, name="Anne Petit", email="anne@x.example", kind="carries")
    Part.objects.create(session=session, name="Brice", email="brice@x.example", kind="takes_notes")
    Part.objects.create(session=session, name="Sans adresse", kind="speaks")
    Session.objects.filter(pk=session.pk).update(state="building")
    react()
    assert Contribution.objects.count() == 0
    session.refresh_from_db()
    programme.confirm_session(session, actor=cast.actor("hugo"), at=NOW)
    react()
    react()
    assert sorted(Contribution.objects.values_list("email", "part")) == [
        ("anne@x.example", "carries"),
        ("brice@x.example", "takes_notes"),
    ]
    assert Seat.objects.count() == 2


def test_a_part_that_is_given_up_is_seen_and_nobody_loses_a_pass_by_itself(cast):
    from encommun.programme import commands as programme

    offer(cast)
    session = programme.make_session(cast.event, programme.SessionText(title="Atelier"), actor=cast.actor("hugo"), at=NOW)
    brice = Part.objects.create(session=session, name="Brice", email="Brice@x.example", kind="takes_notes")
    Part.objects.create(session=session, name="Anne", email="anne@x.example", kind="carries")
    Session.objects.filter(pk=session.pk).update(state="building")
    session.refresh_from_db()
    programme.confirm_session(session, actor=cast.actor("hugo"), at=NOW)
    react()
    brice.delete()
    assert [end_contributions(session, at=NOW) for _n in range(2)] == [1, 0]
    assert dict(Contribution.objects.values_list("email", "ended_at")) == {"brice@x.example": NOW, "anne@x.example": None}
    assert set(Seat.objects.values_list("booking__state", flat=True)) == {"confirmed"}
    note(cast, part="takes_notes", name="Brice", email="brice@x.example", session_code=session.code)
    assert Contribution.objects.exclude(ended_at=None).count() == 0
    session.refresh_from_db()
    programme.cancel_session(session, actor=cast.actor("hugo"), at=NOW)
    react()
    assert Contribution.objects.filter(ended_at=None).count() == 0


def test_the_team_adds_volunteers_on_a_page(cast, client):
    offer(cast)
    cast.sign_in(client, "farid")
    address = "/nec-2018/organisation/inscriptions/contributions/"
    assert "bénévoles s’ajoutent" in client.get(address).text
    typed = {"name": "Anne Petit", "email": "anne@x.example", "part": "volunteers"}
    wrong = client.post(address, typed | {"email": "anne"})
    assert (wrong.status_code, 'value="Anne Petit"' in wrong.text) == (422, True)
    assert "Anne Petit" in client.post(address, typed, follow=True).text
    assert client.post(f"{address}pass/", follow=True).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_told_many_times_at_once_there_is_one_pass(transactional_db):
    from tests.cast import make_cast

    cast = make_cast()
    offer(cast)
    outcomes = all_at_once(*[lambda n=n: note(cast, part=["speaks", "carries"][n % 2], session_code="ABC") for n in range(10)])
    assert outcomes == {"booked": 10}
    assert (Seat.objects.count(), Contribution.objects.count(), [*what_does_not_hold()]) == (1, 2, [])
