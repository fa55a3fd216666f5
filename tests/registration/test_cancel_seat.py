"""One pass of a booking is cancelled: its place, its code, its ticket and its money go back; the others stay."""

from datetime import timedelta

import pytest

from encommun.checkin.models import Ticket
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import NotAllowed
from encommun.foundation.signing import link_token
from encommun.invoicing.models import Invoice
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.payment.commands import Received, mark_refunded, settle
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.models import Payment, Refund
from encommun.payment.queries import balance_of
from encommun.payment.queries import what_does_not_hold as money
from encommun.reactions.worker import react
from encommun.registration import refusals
from encommun.registration.commands import (
    VoucherText,
    cancel_booking,
    cancel_seat,
    compose_pass,
    make_voucher,
    name_seat,
    set_terms,
)
from encommun.registration.models import Booking, Quota, Seat, Voucher
from encommun.registration.queries import what_does_not_hold as places
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK
from tests.cast import NOW
from tests.invoicing.office import issuer
from tests.registration.desk import book, holder_of, open_sale, two_days
from tests.registration.test_composing import text as pass_text

DAY = timedelta(days=1)


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=9)
    set_terms(cast.event, refunds=[(NOW + DAY, 100), (NOW + 2 * DAY, 50)], actor=cast.actor("farid"), at=NOW)
    return cast.event


def paid(event, count=2, at=NOW, **more):
    booking = book(event, two_days(count), at=at, **more)
    cents = booking.total_cents
    payment = new_payment(booking, Payment.Provider.TRANSFER, amount_cents=cents, at=at)
    settle(payment, received=Received(amount_cents=cents), actor=SYSTEM, at=at)
    return Booking.objects.get(pk=booking.pk)


def sums(booking):
    balance = balance_of(Booking.objects.get(pk=booking.pk))
    return balance.price_cents, balance.kept_cents, balance.to_refund_cents


def test_it_is_refused(event, cast):
    held = book(event, two_days(2))
    with pytest.raises(refusals.PassNotPaidYet):
        cancel_seat(held.seats.first(), actor=holder_of(held), at=NOW)
    booking = paid(event)
    first, second = booking.seats.order_by("pk")
    with pytest.raises(NotAllowed):
        cancel_seat(first, actor=VISITOR, at=NOW)
    with pytest.raises(NotAllowed):
        cancel_seat(first, actor=Actor(links=frozenset({(SEAT_LINK, first.code)})), at=NOW)
    with pytest.raises(refusals.TooLateToCancel):
        cancel_seat(first, actor=holder_of(booking), at=NOW + 3 * DAY)
    cancel_seat(first, actor=holder_of(booking), at=NOW)
    with pytest.raises(refusals.BookingEnded):
        cancel_seat(first, actor=holder_of(booking), at=NOW)
    with pytest.raises(refusals.LastPass):
        cancel_seat(second, actor=cast.actor("farid"), at=NOW)
    with pytest.raises(refusals.BookingEnded):
        name_seat(first, holder_name="Ana", actor=holder_of(booking), at=NOW)


def test_a_group_stays_as_large_as_its_pass_asks(event, cast):
    kind = event.pass_types.get(slug="deux-jours")
    compose_pass(event, pass_text(min_per_booking=3, price_cents=6000), pass_type=kind, actor=cast.actor("farid"), at=NOW)
    booking = paid(event, 3)
    with pytest.raises(refusals.NumberOfThisPass):
        cancel_seat(booking.seats.first(), actor=holder_of(booking), at=NOW)


def test_half_comes_back_the_rest_is_kept_and_the_others_stay(event, cast):
    issuer(event)
    booking = paid(event, 2)
    react()
    seat = booking.seats.order_by("pk").first()
    name_seat(seat, holder_name="Ana", holder_email="ana@x.example", actor=holder_of(booking), at=NOW)
    react()
    gone = cancel_seat(seat, actor=holder_of(booking), at=NOW + DAY + timedelta(hours=1))
    assert (gone.refund_cents, Seat.objects.filter(booking=booking).count()) == (3000, 1)
    assert list(Quota.objects.filter(event=event).values_list("taken", flat=True)) == [1, 1]
    assert Entry.objects.get(kind="registration.seat_cancelled").facts == {
        "by_team": False,
        "booking": booking.code,
        "price_cents": 6000,
        "refund_cents": 3000,
    }
    assert [*places(), *money()] == []  # also before the worker has passed
    react()
    assert sums(booking) == (9000, 9000, 3000)
    assert not Ticket.objects.filter(seat=seat, revoked_at=None).exists()
    assert Ticket.objects.filter(seat__booking=booking, revoked_at=None).count() == 1
    to = Letter.objects.filter(subject__startswith="Un pass pour").values_list("recipient", flat=True)
    assert sorted(to) == ["ana@x.example", booking.email]
    mark_refunded(Refund.objects.get(), actor=SYSTEM, at=NOW + 2 * DAY)
    react()
    assert sums(booking) == (9000, 9000, 0)
    invoiced = list(Invoice.objects.filter(booking=booking).order_by("pk").values_list("kind", "gross_cents"))
    assert invoiced == [("380", 12000), ("381", 3000)]
    assert [*places(), *money()] == []


def test_the_whole_booking_may_still_be_cancelled_afterwards(event, cast):
    booking = paid(event, 3)
    react()
    late = NOW + DAY + timedelta(hours=1)
    cancel_seat(booking.seats.first(), actor=holder_of(booking), at=late)
    react()
    cancel_booking(booking, actor=holder_of(booking), at=late)
    react()
    assert sums(booking) == (9000, 9000, 9000)
    assert sum(Refund.objects.values_list("amount_cents", flat=True)) == 9000
    assert [*places(), *money()] == []
    for entry in Entry.objects.filter(kind__in=("registration.seat_cancelled", "registration.booking_cancelled")):
        Entry.objects.filter(pk=entry.pk).update(reacted_at=None)
    react()
    assert sum(Refund.objects.values_list("amount_cents", flat=True)) == 9000


def test_the_team_gives_the_whole_price_back_and_a_code_its_use(event, cast):
    farid = cast.actor("farid")
    kind = event.pass_types.get(slug="deux-jours")
    asked = VoucherText(kind="share", value=50, uses=2, code="MOITIE", passes=[kind.number], reserves=True)
    make_voucher(event, asked, actor=farid, at=NOW)
    booking = paid(event, 3, voucher="MOITIE")
    served = booking.seats.filter(off_cents=3000).first()
    cancel_seat(served, actor=farid, at=NOW + 3 * DAY)
    react()
    assert Voucher.objects.get().used == 1
    assert list(Quota.objects.filter(event=event).values_list("taken", flat=True)) == [3, 3]  # two passes, one kept place
    assert sums(booking) == (9000, 9000, 3000)
    assert [*places(), *money()] == []


def test_what_the_team_does_not_ask_for_is_never_more_than_what_is_left(event, cast):
    from encommun.payment.commands import refund_payment

    booking = paid(event, 2)
    react()
    refund_payment(Payment.objects.get(), amount_cents=10_000, actor=cast.actor("farid"), at=NOW)
    cancel_seat(booking.seats.first(), actor=holder_of(booking), at=NOW)
    react()
    assert sums(booking) == (0, 0, 12_000)
    assert [*places(), *money()] == []


BASE = "/nec-2018/inscriptions/"


def test_the_refund_is_shown_before(cast, client):
    at = clock.now()
    open_sale(cast.event, at=at)
    set_terms(cast.event, refunds=[(at + DAY, 50)], actor=cast.actor("farid"), at=at)
    booking = paid(cast.event, 2, at)
    seat = booking.seats.first()
    client.get(f"{BASE}{booking.code}/lien/{link_token(BOOKING_LINK, booking.code)}/")
    assert f"/pass/{seat.code}/annuler/" in client.get(f"{BASE}{booking.code}/").text
    assert "<strong>30\u00a0€</strong>" in client.get(f"{BASE}pass/{seat.code}/annuler/").text
    page = client.post(f"{BASE}pass/{seat.code}/annuler/", follow=True).text
    assert f"Pass {seat.code}" in page
    assert Seat.everything.get(pk=seat.pk).refund_cents == 3000
    last = booking.seats.get()
    assert "C’est le seul pass" in client.get(f"{BASE}pass/{last.code}/annuler/").text
    assert client.get(f"{BASE}pass/{seat.code}/").status_code == 404
