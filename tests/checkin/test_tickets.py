"""Tickets of a booking: made once, replaced, revoked, sent."""

import io

import pypdf
import pytest

from encommun.checkin import codes
from encommun.checkin.commands import issue_tickets, make_signing_key, reissue_ticket, revoke_tickets
from encommun.checkin.models import SigningKey, Ticket
from encommun.checkin.papers import ticket_pdf
from encommun.checkin.refusals import NoTicketYet, TicketOver
from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import NotAllowed
from encommun.foundation.signing import unseal
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.registration.commands import cancel_booking, name_seat
from tests.cast import NOW
from tests.checkin.passes import booked, confirmed, seat_of, ticket

LATER = NOW.replace(hour=12)


def test_a_booking_that_is_not_paid_gets_no_ticket(cast):
    with pytest.raises(NoTicketYet):
        issue_tickets(booked(cast.event), actor=SYSTEM, at=NOW)


def test_a_cancelled_booking_gets_no_ticket(cast):
    booking = cancel_booking(confirmed(cast.event), reason="Empêchement", actor=cast.actor("farid"), at=NOW)
    with pytest.raises(TicketOver):
        issue_tickets(booking, actor=SYSTEM, at=NOW)


@pytest.mark.parametrize("name", ["driss", "chloe", "emma"])
def test_only_registration_makes_replaces_and_revokes_tickets(cast, name):
    booking = confirmed(cast.event)
    actor = cast.actor(name)
    with pytest.raises(NotAllowed):
        issue_tickets(booking, actor=actor, at=NOW)
    with pytest.raises(NotAllowed):
        reissue_ticket(seat_of(booking), actor=actor, at=NOW)
    with pytest.raises(NotAllowed):
        revoke_tickets(booking, actor=actor, at=NOW)
    with pytest.raises(NotAllowed):
        make_signing_key(cast.event, actor=actor, at=NOW)


def test_each_seat_gets_one_ticket_however_often_it_is_asked(cast):
    booking = confirmed(cast.event, seats=3)
    made = issue_tickets(booking, actor=SYSTEM, at=NOW)
    assert len(made) == 3
    assert issue_tickets(booking, actor=SYSTEM, at=NOW) == []
    assert Ticket.objects.count() == 3
    assert list(Entry.objects.filter(kind="checkin.tickets_issued").values_list("about", "facts")) == [
        (f"registration.Booking:{booking.code}", {"tickets": 3})
    ]


def test_the_code_says_event_pass_and_days_and_nobody(cast):
    one = ticket(cast.event)
    content, _raw = codes.unpack(one.code)
    key = SigningKey.objects.get()
    assert (content.key, content.event, content.ticket.hex()) == (key.number, cast.event.pk, one.identifier)
    assert (content.first, content.last) == (cast.event.starts_on, cast.event.ends_on)
    assert content.product == one.seat.pass_type.number


def test_the_private_key_is_sealed(cast):
    ticket(cast.event)
    key = SigningKey.objects.get()
    secret = unseal("checkin.key", key.sealed_private_key)
    assert len(secret) == 32
    assert secret.hex() not in key.sealed_private_key


def test_a_new_key_leaves_former_tickets_good(cast):
    from encommun.checkin.queries.keys import verify

    one = ticket(cast.event)
    make_signing_key(cast.event, actor=cast.actor("aya"), at=LATER)
    two = ticket(cast.event, email="autre@association.example")
    assert [codes.unpack(t.code)[0].key for t in (one, two)] == [1, 2]
    for t in (one, two):
        verify(*codes.unpack(t.code))


def test_a_replaced_ticket_is_revoked(cast):
    one = ticket(cast.event)
    two = reissue_ticket(one.seat, actor=cast.actor("farid"), at=LATER)
    one.refresh_from_db()
    assert (one.revoked_at, two.revoked_at) == (LATER, None)
    assert one.code != two.code


def test_a_confirmed_booking_gets_its_tickets_by_mail_once(cast):
    confirmed(cast.event, seats=2)
    react()
    letters = list(Letter.objects.filter(kind="checkin.pass_issued").order_by("id"))
    assert [letter.recipient for letter in letters] == ["chloe@association.example"] * 2
    Entry.objects.update(reacted_at=None)
    react()
    assert Letter.objects.filter(kind="checkin.pass_issued").count() == 2
    assert Ticket.objects.count() == 2
    (paper,) = letters[0].attachments.all()
    assert (paper.name, paper.content_type) == (f"billet-{Ticket.objects.order_by('seat_id')[0].seat.code}.pdf", "application/pdf")
    assert "/inscriptions/pass/" in letters[0].text
    assert "/lien/" in letters[0].text


def test_the_paper_is_one_tagged_page_in_the_persons_language(cast):
    one = ticket(cast.event, name="Jeanne #strong[x] $a$ \\ @b <c> d'Arc")
    for language, words in (("fr", "jeudi"), ("en", "Thursday")):
        paper = pypdf.PdfReader(io.BytesIO(ticket_pdf(one, language=language)))
        root = paper.trailer["/Root"]
        text = " ".join(paper.pages[0].extract_text().split())
        assert len(paper.pages) == 1
        assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
        assert one.seat.code in paper.metadata.title
        assert words in text
        assert "#strong[x] $a$ \\ @b <c>" in text  # what people typed stays text


def test_a_cancelled_booking_loses_its_tickets(cast):
    booking = confirmed(cast.event)
    react()
    cancel_booking(booking, reason="Empêchement", actor=cast.actor("farid"), at=LATER)
    react()
    assert list(Ticket.objects.values_list("revoked_at", flat=True)) == [LATER]


def test_a_pass_handed_over_gets_a_new_ticket_sent_to_the_new_holder(cast):
    booking = confirmed(cast.event)
    react()
    name_seat(seat_of(booking), holder_name="Nadia", holder_email="nadia@mairie.example", actor=cast.actor("farid"), at=LATER)
    react()
    Entry.objects.filter(kind="registration.seat_named").update(reacted_at=None)
    react()
    assert list(Ticket.objects.order_by("id").values_list("revoked_at", flat=True)) == [LATER, None]
    letters = Letter.objects.filter(kind="checkin.pass_issued").order_by("id")
    assert [letter.recipient for letter in letters] == ["chloe@association.example", "nadia@mairie.example"]


@pytest.mark.parametrize("address", ["billet.pdf", "code.svg"])
def test_who_holds_the_pass_sees_its_ticket(cast, client, address):
    one = ticket(cast.event)
    url = f"/nec-2018/inscriptions/pass/{one.seat.code}/{address}"
    assert client.get(url).status_code == 404
    for name, status in {"chloe": 200, "farid": 200, "aya": 200, "driss": 404, "bruno": 404, "emma": 404}.items():
        cast.sign_in(client, name)
        assert client.get(url).status_code == status, name
    assert client.get(url.replace("nec-2018", cast.other.slug)).status_code == 404


def test_a_ticket_that_is_not_there_yet_is_said_in_a_sentence(cast, client):
    seat = seat_of(booked(cast.event))
    cast.sign_in(client, "chloe")
    answer = client.get(f"/nec-2018/inscriptions/pass/{seat.code}/billet.pdf")
    assert answer.status_code == 409


def test_a_name_with_a_sign_that_no_font_has_gets_its_ticket_all_the_same(cast):
    made = ticket(cast.event, name="Zoé 🌻 Ďurišová")
    text = pypdf.PdfReader(io.BytesIO(ticket_pdf(made, language="fr"))).pages[0].extract_text()
    assert "Zoé ? Ďurišová" in text
