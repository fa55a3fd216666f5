from datetime import timedelta

import pytest

from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.reactions.worker import react
from encommun.registration import refusals
from encommun.registration.commands import (
    cancel_booking,
    confirm_booking,
    extend_hold,
    lapse_holds,
    name_seat,
    offer_passes,
    renew_booking,
    resend_link,
    resize_quota,
)
from encommun.registration.letters import booking_link
from encommun.registration.models import Claim, Quota
from encommun.registration.queries import booking_seen_by, seat_seen_by, what_does_not_hold
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK
from tests.cast import NOW
from tests.registration.desk import TWO_DAYS, book, holder_of, one_day, open_sale, two_days

LATER = NOW + timedelta(minutes=16)


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=4)
    return cast.event


def taken(event):
    return list(Quota.objects.filter(event=event).values_list("taken", flat=True))


def kinds():
    return list(Entry.objects.filter(kind__startswith="registration.").order_by("id").values_list("kind", flat=True))


def test_confirming_twice_or_after_cancelling_is_refused(event, cast):
    booking = book(event)
    confirm_booking(booking, actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.AlreadyConfirmed):
        confirm_booking(booking, actor=SYSTEM, at=NOW)
    cancel_booking(booking, reason="Un mot", actor=cast.actor("farid"), at=NOW)
    with pytest.raises(refusals.BookingEnded):
        confirm_booking(booking, actor=SYSTEM, at=NOW)


def test_a_confirmed_booking_never_lapses(event):
    booking = confirm_booking(book(event), actor=SYSTEM, at=NOW)
    assert (booking.held_until, lapse_holds(at=LATER), taken(event)) == (None, 0, [1, 1])


def test_a_lapsed_hold_gives_its_places_back_and_may_take_them_again(event):
    booking = book(event, two_days(3))
    assert (lapse_holds(at=NOW + timedelta(minutes=14)), taken(event)) == (0, [3, 3])
    assert (lapse_holds(at=LATER), taken(event)) == (1, [0, 0])
    assert lapse_holds(at=LATER) == 0
    confirmed = confirm_booking(booking, actor=SYSTEM, at=LATER)
    assert (confirmed.state, taken(event), Claim.objects.filter(released_at=None).count()) == ("confirmed", [3, 3], 6)
    assert Entry.objects.get(kind="registration.booking_confirmed").facts == {"retaken": True, "total_cents": 18000}
    assert [*what_does_not_hold()] == []


def test_a_lapsed_hold_whose_places_are_gone_stays_lapsed(event):
    booking = book(event, [*two_days(2), one_day(event)])
    lapse_holds(at=LATER)
    book(event, two_days(3), at=LATER)
    with pytest.raises(refusals.SoldOut):
        confirm_booking(booking, actor=SYSTEM, at=LATER)
    booking.refresh_from_db()
    assert (booking.state, taken(event)) == ("lapsed", [3, 3])


def test_a_lapsed_booking_is_kept_once_more_while_there_are_places_and_the_price_is_the_same(event, cast):
    booking, other = book(event, two_days(2)), book(event, [one_day(event)], email="autre@association.example")
    me = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
    with pytest.raises(refusals.NotLapsed):
        renew_booking(booking, actor=me, at=NOW)
    lapse_holds(at=LATER)
    with pytest.raises(NotAllowed):
        renew_booking(booking, actor=VISITOR, at=LATER)
    renewed = renew_booking(booking, actor=me, at=LATER)
    assert (renewed.state, renewed.held_until, taken(event)) == ("held", LATER + timedelta(minutes=15), [2, 2])
    assert [*what_does_not_hold()] == []
    cancel_booking(renewed, actor=me, at=LATER)
    with pytest.raises(refusals.BookingEnded):
        renew_booking(booking, actor=me, at=LATER)
    hers = Actor(links=frozenset({(BOOKING_LINK, other.code)}))
    book(event, two_days(4), at=LATER)
    with pytest.raises(refusals.SoldOut):
        renew_booking(other, actor=hers, at=LATER)
    event.pass_types.filter(slug="un-jour").update(price_cents=3600)
    with pytest.raises(refusals.PriceChanged):
        renew_booking(other, actor=hers, at=LATER)
    assert taken(event) == [4, 4]


def test_a_lapsed_booking_is_taken_up_again_on_its_page(event, client):
    booking = book(event, at=clock.now() - timedelta(hours=1))
    lapse_holds(at=clock.now())
    react()
    client.get(booking_link(booking))
    page = f"/nec-2018/inscriptions/{booking.code}/"
    assert f'action="{page}reprendre/"' in client.get(page).text
    assert client.post(f"{page}reprendre/").headers["Location"] == f"{page}payer/"
    react()
    booking.refresh_from_db()
    owed = sum(row.amount_cents if row.kind == "due" else -row.amount_cents for row in booking.ledger.all())
    assert (booking.state, owed) == ("held", booking.total_cents)


def test_a_hold_is_extended_once(event):
    booking = book(event)
    extended = extend_hold(booking, actor=VISITOR, at=NOW + timedelta(minutes=10))
    assert extended.held_until == NOW + timedelta(minutes=43)
    assert extend_hold(booking, actor=VISITOR, at=NOW + timedelta(minutes=20)).held_until == NOW + timedelta(minutes=43)
    with pytest.raises(refusals.BookingLapsed):
        extend_hold(booking, actor=VISITOR, at=NOW + timedelta(minutes=43))


def test_who_may_cancel(event, cast):
    booking = book(event)
    for stranger in (VISITOR, cast.actor("driss"), cast.actor("emma"), cast.actor("hugo")):
        with pytest.raises(NotAllowed):
            cancel_booking(booking, actor=stranger, at=NOW)
    with pytest.raises(refusals.ReasonMissing):
        cancel_booking(booking, actor=cast.actor("farid"), at=NOW)
    cancelled = cancel_booking(booking, actor=holder_of(booking), at=NOW)
    assert (cancelled.state, cancelled.ended_at, taken(event)) == ("cancelled", NOW, [0, 0])
    assert kinds()[-1] == "registration.booking_cancelled"
    with pytest.raises(refusals.BookingEnded):
        cancel_booking(booking, actor=holder_of(booking), at=NOW)


def test_once_paid_only_the_team_cancels(event, cast):
    booking = confirm_booking(book(event), actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.AlreadyConfirmed):
        cancel_booking(booking, actor=holder_of(booking), at=NOW)
    cancelled = cancel_booking(booking, reason=" Salle fermée. ", actor=cast.actor("farid"), at=NOW)
    assert (cancelled.cancel_reason, taken(event)) == ("Salle fermée.", [0, 0])


def test_the_holder_writes_her_own_name_through_her_own_link(event):
    seat = book(event).seats.get()
    with pytest.raises(NotAllowed):
        name_seat(seat, holder_name="Inconnue", actor=VISITOR, at=NOW)
    me = Actor(links=frozenset({(SEAT_LINK, seat.code)}))
    with pytest.raises(refusals.MissingDetails):
        name_seat(seat, holder_name="", actor=me, at=NOW)
    with pytest.raises(refusals.MissingDetails):
        name_seat(seat, holder_name="Anne", holder_email="anne", actor=me, at=NOW)
    named = name_seat(seat, holder_name="Anne  Petit", holder_email="ANNE@x.example", actor=me, at=NOW)
    assert (named.holder_name, named.holder_email, named.link_epoch) == (
        "Anne Petit",
        "anne@x.example",
        1,
    )  # who booked had seen the former link
    assert Entry.objects.get(kind="registration.seat_named").facts == {"handed_over": False, "new_address": True}


def test_handing_a_pass_over_ends_the_former_link(event):
    booking = book(event, two_days(1, holder_name="Anne", holder_email="anne@x.example"))
    seat = name_seat(booking.seats.get(), holder_name="Brice", holder_email="b@x.example", actor=holder_of(booking), at=NOW)
    assert (seat.holder_name, seat.link_epoch) == ("Brice", 1)


def test_a_cancelled_pass_takes_no_name(event):
    booking = book(event)
    cancel_booking(booking, actor=holder_of(booking), at=NOW)
    with pytest.raises(refusals.BookingEnded):
        name_seat(booking.seats.get(), holder_name="Anne", actor=holder_of(booking), at=NOW)


def test_resizing_below_what_is_taken_closes_the_day(event, cast):
    book(event, two_days(3))
    day = event.days[0]
    for refused, asked, actor in (
        (NotAllowed, 10, cast.actor("driss")),
        (refusals.WrongSize, -1, cast.actor("farid")),
        (NotFound, 10, None),
    ):
        with pytest.raises(refused):
            resize_quota(
                event,
                day=day if actor else day + timedelta(days=9),
                size=asked,
                actor=actor or cast.actor("farid"),
                at=NOW,
            )
    assert resize_quota(event, day=day, size=1, actor=cast.actor("farid"), at=NOW).size == 3
    with pytest.raises(refusals.SoldOut):
        book(event, [one_day(event)])
    assert resize_quota(event, day=day, size=9, actor=cast.actor("farid"), at=NOW).size == 9
    facts = Entry.objects.filter(kind="registration.quota_resized").order_by("id").values_list("facts", flat=True)
    assert list(facts) == [{"asked": 1, "former": 4, "size": 3}, {"asked": 9, "former": 3, "size": 9}]


def test_only_the_team_offers_passes_and_sends_links_again(event, cast):
    with pytest.raises(NotAllowed):
        offer_passes(event, passes=[TWO_DAYS], places_a_day=1, on_sale_from=NOW, on_sale_until=NOW, actor=VISITOR, at=NOW)
    again = offer_passes(
        event, passes=[TWO_DAYS], places_a_day=1, on_sale_from=NOW, on_sale_until=NOW, actor=cast.actor("farid"), at=NOW
    )
    assert [(kind.slug, kind.number) for kind in again] == [("deux-jours", 2)]
    with pytest.raises(NotAllowed):
        resend_link(book(event), actor=VISITOR, at=NOW)


def test_what_may_not_be_seen_does_not_exist(event, cast):
    booking = book(event)
    seat = booking.seats.get()
    for stranger in (VISITOR, cast.actor("emma"), cast.actor("driss"), cast.actor("bruno")):
        with pytest.raises(NotFound):
            booking_seen_by(stranger, event, booking.code)
        with pytest.raises(NotFound):
            seat_seen_by(stranger, event, seat.code)
    for known in (holder_of(booking), cast.actor("chloe"), cast.actor("farid"), cast.actor("aya")):
        assert booking_seen_by(known, event, booking.code.lower()).pk == booking.pk
    with pytest.raises(NotFound):
        booking_seen_by(cast.actor("aya"), cast.other, booking.code)


def test_drift_is_seen(event):
    booking = book(event)
    assert [*what_does_not_hold()] == []
    Quota.objects.filter(event=event, day=event.days[0]).update(taken=3)
    Claim.objects.filter(quota__day=event.days[1]).delete()
    sentences = [*what_does_not_hold()]
    assert len(sentences) == 3
    assert f"Booking {booking.code}: pass {booking.seats.get().code} does not hold the places of its days." in sentences
