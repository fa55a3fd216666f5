"""What people change by themselves, until the dates of the conditions."""

from datetime import timedelta

import pytest

from encommun.checkin.models import Ticket
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import NotAllowed
from encommun.foundation.signing import link_token
from encommun.journal.models import Entry
from encommun.reactions.worker import react
from encommun.registration import refusals
from encommun.registration.commands import (
    QuestionText,
    answer_questions,
    cancel_booking,
    change_day,
    compose_question,
    confirm_booking,
    hand_over_pass,
    set_fund,
    set_terms,
)
from encommun.registration.models import Answer, Fund, Quota
from encommun.registration.queries import what_does_not_hold
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK, refund_of, seat_subject
from tests.cast import NOW
from tests.registration.desk import book, holder_of, one_day, open_sale, two_days

DAY = timedelta(days=1)


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=2)
    return cast.event


@pytest.fixture
def terms(event, cast):
    return set_terms(
        event,
        change_until=NOW + DAY,
        hand_over_until=NOW + 2 * DAY,
        refunds=[(NOW + DAY, 100), (NOW + 2 * DAY, 33), (NOW + 3 * DAY, 0)],
        actor=cast.actor("farid"),
        at=NOW,
    )


def taken(event):
    return list(Quota.objects.filter(event=event).values_list("taken", flat=True))


def me(seat):
    return Actor(links=frozenset({(SEAT_LINK, seat_subject(seat))}))


@pytest.mark.parametrize("days, percent, cents", [(0, 100, 6000), (1, 100, 6000), (1.5, 33, 1980), (2.5, 0, 0)])
def test_what_is_given_back_follows_the_conditions_and_is_the_same_before_and_after(event, terms, days, percent, cents):
    booking = confirm_booking(book(event), actor=SYSTEM, at=NOW)
    at = NOW + days * DAY
    assert refund_of(booking, terms=terms, at=at) == (percent, cents)
    cancelled = cancel_booking(booking, actor=holder_of(booking), at=at)
    assert (cancelled.refund_cents, taken(event)) == (cents, [0, 0])
    facts = Entry.objects.get(kind="registration.booking_cancelled").facts
    assert (facts["refund_percent"], facts["refund_cents"], facts["by_team"]) == (percent, cents, False)


def test_after_the_last_date_one_writes_to_the_team_which_gives_everything_back(event, terms, cast):
    booking = confirm_booking(book(event), actor=SYSTEM, at=NOW)
    with pytest.raises(refusals.TooLateToCancel):
        cancel_booking(booking, actor=holder_of(booking), at=NOW + 4 * DAY)
    assert cancel_booking(booking, reason="Grève", actor=cast.actor("farid"), at=NOW + 4 * DAY).refund_cents == 6000


def test_a_gift_stays_in_the_fund_when_the_passes_are_cancelled(event, terms, cast):
    set_fund(event, text={}, is_open=True, actor=cast.actor("farid"), at=NOW)
    booking = confirm_booking(book(event, forward_cents=1000), actor=SYSTEM, at=NOW)
    assert refund_of(booking, terms=terms, at=NOW) == (100, 6000)
    assert Fund.objects.get().given_cents == 1000


def test_the_day_changes_when_there_is_a_place_and_the_ticket_follows(event, terms):
    booking = confirm_booking(book(event, [one_day(event, 0)]), actor=SYSTEM, at=NOW)
    react()
    seat = booking.seats.select_related("pass_type").get()
    former = Ticket.objects.get(revoked_at=None).code
    for actor, refusal in ((VISITOR, NotAllowed), (me(seat), refusals.SameDay)):
        with pytest.raises(refusal):
            change_day(seat, day=event.days[0], actor=actor, at=NOW)
    with pytest.raises(refusals.UnknownPass):
        change_day(seat, day=event.days[0] + 9 * DAY, actor=me(seat), at=NOW)
    changed = change_day(seat, day=event.days[1], actor=me(seat), at=NOW + timedelta(minutes=1))
    assert (changed.days, taken(event), [*what_does_not_hold()]) == (["2018-09-14"], [0, 1], [])
    react()
    assert Ticket.objects.get(revoked_at=None).code != former
    book(event, [one_day(event, 0)] * 2)
    with pytest.raises(refusals.SoldOut):
        change_day(seat, day=event.days[0], actor=me(seat), at=NOW + timedelta(minutes=2))
    assert taken(event) == [2, 1]
    with pytest.raises(refusals.TooLateToChange):
        change_day(seat, day=event.days[0], actor=me(seat), at=NOW + 2 * DAY)


def test_without_conditions_or_without_a_day_to_choose_the_team_is_asked(event, cast):
    booking = book(event, [one_day(event, 0), *two_days(1)])
    single, both = booking.seats.select_related("pass_type").order_by("pk")
    with pytest.raises(refusals.ChangeThroughTeam):
        change_day(single, day=event.days[1], actor=holder_of(booking), at=NOW)
    with pytest.raises(refusals.DayNotChosen):
        change_day(both, day=event.days[1], actor=cast.actor("farid"), at=NOW)
    assert change_day(single, day=event.days[1], actor=cast.actor("farid"), at=NOW).days == ["2018-09-14"]


def test_handing_over_ends_the_former_link_and_erases_the_answers(event, terms, cast):
    question = compose_question(event, QuestionText(kind="line", label={"fr": "Repas"}), actor=cast.actor("farid"), at=NOW)
    seat = book(event, two_days(1, holder_name="Anne", holder_email="anne@x.example")).seats.get()
    answer_questions(seat, {question.pk: "Sans noix"}, actor=me(seat), at=NOW)
    with pytest.raises(refusals.MissingDetails):
        hand_over_pass(seat, holder_name="Brice", holder_email="", actor=me(seat), at=NOW)
    with pytest.raises(NotAllowed):
        hand_over_pass(seat, holder_name="Brice", holder_email="b@x.example", actor=VISITOR, at=NOW)
    given = hand_over_pass(seat, holder_name="Brice", holder_email="B@x.example", actor=me(seat), at=NOW)
    assert (given.holder_email, given.link_epoch, given.answered_at, Answer.objects.count()) == ("b@x.example", 1, None, 0)
    with pytest.raises(refusals.TooLateToChange):
        hand_over_pass(seat, holder_name="Ana", holder_email="a@x.example", actor=me(given), at=NOW + 3 * DAY)
    facts = Entry.objects.get(kind="registration.seat_named").facts
    assert facts == {"handed_over": True, "new_address": True}


BASE = "/nec-2018/inscriptions/"


def test_the_refund_is_shown_before_and_pages_do_what_they_say(cast, client):
    at, event = clock.now(), cast.event
    open_sale(event, places=9, at=at)
    set_terms(event, change_until=at + DAY, refunds=[(at + DAY, 50)], actor=cast.actor("farid"), at=at)
    booking = confirm_booking(book(event, [one_day(event)], at=at), actor=SYSTEM, at=at)
    seat = booking.seats.get()
    client.get(f"{BASE}{booking.code}/lien/{link_token(BOOKING_LINK, booking.code)}/")
    page = client.get(f"{BASE}{booking.code}/annuler/").text
    assert "<strong>17,50\u00a0€</strong>" in page
    assert "annuler" in client.get(f"{BASE}{booking.code}/").text
    wrong = client.post(f"{BASE}pass/{seat.code}/jour/", {"day_chosen": "2018-09-20"})
    assert wrong.status_code == 422
    client.post(f"{BASE}pass/{seat.code}/jour/", {"day_chosen": "2018-09-14"})
    seat.refresh_from_db()
    assert seat.days == ["2018-09-14"]
    over = client.post(f"{BASE}pass/{seat.code}/transmettre/", {"holder_name": "Brice", "holder_email": "x"})
    assert (over.status_code, 'value="Brice"' in over.text) == (422, True)
    client.post(f"{BASE}pass/{seat.code}/transmettre/", {"holder_name": "Brice", "holder_email": "b@x.example"})
    seat.refresh_from_db()
    assert (seat.holder_name, seat.link_epoch) == ("Brice", 1)
    answer = client.post(f"{BASE}{booking.code}/annuler/", follow=True)
    assert "Cette réservation est annulée" in answer.text
