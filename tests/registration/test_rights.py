"""The proof of a reduced price is looked at once, and «yes, that day» is all that is kept."""

import pytest

from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.registration.commands import see_right
from encommun.registration.models import PassType, Seat
from encommun.registration.refusals import BookingEnded
from tests.cast import NOW
from tests.registration.desk import book, one_day, open_sale, two_days

PAGE = "/nec-2018/organisation/inscriptions/tarifs-reduits/"


@pytest.fixture
def seat(cast):
    open_sale(cast.event)
    PassType.objects.filter(slug="un-jour").update(right={"fr": "En études", "en": "Students"})
    return book(cast.event, [one_day(cast.event, holder_name="Anne Petit"), *two_days(1)]).seats.order_by("pk").first()


def test_who_looks_and_what_is_kept(seat, cast):
    with pytest.raises(NotAllowed):
        see_right(seat, actor=cast.actor("hugo"), at=NOW)
    other = seat.booking.seats.order_by("pk").last()
    with pytest.raises(BookingEnded):
        see_right(other, actor=cast.actor("driss"), at=NOW)
    assert see_right(seat, actor=cast.actor("driss"), at=NOW).right_seen_on.isoformat() == "2018-07-02"
    see_right(Seat.objects.get(pk=seat.pk), actor=cast.actor("farid"), at=NOW)  # twice: the first day stays
    assert [entry.facts for entry in Entry.objects.filter(kind="registration.right_seen")] == [{}]


def test_the_page_finds_says_yes_and_shows_the_day(seat, cast, client):
    cast.sign_in(client, "driss")
    page = client.get(PAGE).text
    assert ("Anne Petit" in page, "En études" in page, page.count("Vu, oui")) == (True, True, 1)
    assert "Anne Petit" not in client.get(f"{PAGE}?q=Zoé").text
    done = client.post(f"{PAGE}{seat.code}/vu/", follow=True).text
    assert ("Anne Petit : oui." in done.replace("\u00a0", " "), "Vu, oui" in done) == (True, False)
    assert client.post(f"{PAGE}XXXXXXXX/vu/").status_code == 404


def test_without_a_reduced_price_it_says_how_to_make_one(cast, client):
    assert "Pas de pass à tarif réduit" in cast.sign_in(client, "farid").get(PAGE).text.replace("\u00a0", " ")
