"""The door: who keeps it, what it answers, and that a scan counts once."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import base45
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from encommun.checkin import codes
from encommun.checkin.commands import reissue_ticket
from encommun.checkin.models import Scan
from encommun.checkin.queries import figures, passes_named
from encommun.checkin.refusals import ScanNumberReused
from encommun.checkin.sentences import sentence
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.registration.commands import cancel_booking
from tests.cast import NOW
from tests.checkin.passes import MORNING, booked, confirmed, scan, seat_of, ticket

Result = Scan.Result


@pytest.mark.parametrize("name", ["chloe", "gaelle", "hugo", "emma"])
def test_others_do_not_keep_the_door(cast, name):
    with pytest.raises(NotAllowed):
        scan(cast, "x", actor=cast.actor(name))
    with pytest.raises(NotAllowed):
        scan(cast, "x", actor=VISITOR)
    with pytest.raises(NotAllowed):
        passes_named(cast.event, "chloe", actor=cast.actor(name))


@pytest.mark.parametrize("name", ["driss", "farid", "aya"])
def test_the_door_registration_and_coordination_do(cast, name):
    assert scan(cast, ticket(cast.event).code, actor=cast.actor(name)).result == Result.ADMITTED


def test_a_good_pass_comes_in_once_a_day(cast):
    one = ticket(cast.event)
    assert scan(cast, one.code).result == Result.ADMITTED
    again = scan(cast, one.code, at=MORNING + timedelta(minutes=48))
    assert (again.result, again.first_at) == (Result.ALREADY_IN, MORNING)
    assert sentence(again, cast.event).startswith("Entrée déjà notée à 9\u00a0h\u00a012")
    assert scan(cast, one.code, at=MORNING + timedelta(days=1)).result == Result.ADMITTED


def test_the_same_scan_sent_again_gives_the_same_answer(cast):
    one, number = ticket(cast.event), uuid4()
    first = scan(cast, one.code, scan_id=number)
    again = scan(cast, one.code, scan_id=number, at=MORNING + timedelta(minutes=5))
    assert (first.result, again.result) == (Result.ADMITTED, Result.ADMITTED)
    assert (again.is_repeat, again.at) == (True, MORNING)
    assert Scan.objects.count() == 1
    late = uuid4()
    before, after = (scan(cast, one.code, scan_id=late, at=MORNING + timedelta(minutes=n)) for n in (10, 11))
    assert (before.result, after.result, after.first_at) == (Result.ALREADY_IN, Result.ALREADY_IN, MORNING)


def test_a_scan_number_belongs_to_one_code(cast):
    number = uuid4()
    one, two = (ticket(cast.event, email=f"{n}@association.example") for n in "ab")
    scan(cast, one.code, scan_id=number)
    with pytest.raises(ScanNumberReused):
        scan(cast, two.code, scan_id=number)


def test_each_refusal_has_its_own_answer(cast):
    good = ticket(cast.event)
    friday = ticket(cast.event, email="vendredi@association.example", day=date(2018, 9, 14))
    replaced = ticket(cast.event, email="remplace@association.example")
    reissue_ticket(replaced.seat, actor=SYSTEM, at=NOW)
    cancelled = ticket(cast.event, email="annule@association.example")
    cancel_booking(cancelled.seat.booking, reason="Empêchement", actor=cast.actor("farid"), at=NOW)
    unpaid = seat_of(booked(cast.event, email="attend@association.example"))
    elsewhere = ticket(cast.other)
    raw = bytearray(base45.b45decode(good.code))
    raw[10] ^= 1
    unknown = codes.Content(
        key=1, event=cast.event.pk, ticket=b"x" * 10, product=1, first=cast.event.starts_on, last=cast.event.ends_on
    )
    from encommun.foundation.signing import unseal

    secret = unseal("checkin.key", cast.event.signing_keys.get().sealed_private_key)
    mallory = Ed25519PrivateKey.generate().private_bytes_raw()
    answers = {
        friday.code: Result.WRONG_DAY,
        friday.seat.code: Result.WRONG_DAY,
        replaced.code: Result.REPLACED,
        replaced.seat.code: Result.ADMITTED,  # the short code leads to the newer ticket
        cancelled.code: Result.CANCELLED,
        unpaid.code: Result.UNPAID,
        elsewhere.code: Result.OTHER_EVENT,
        elsewhere.seat.code: Result.UNKNOWN,
        base45.b45encode(bytes(raw)).decode(): Result.FORGED,
        codes.sign(unknown, mallory): Result.FORGED,
        codes.sign(unknown, secret): Result.UNKNOWN,
        "ZZZZZZZZ": Result.UNKNOWN,
        "n'importe quoi": Result.UNKNOWN,
        f" {good.seat.code[:4].lower()}-{good.seat.code[4:]} ": Result.ADMITTED,
    }
    outcomes = {code: scan(cast, code) for code in answers}
    assert {code: outcome.result for code, outcome in outcomes.items()} == answers
    said = {outcome.result: sentence(outcome, cast.event) for outcome in outcomes.values()}
    assert len(set(said.values())) == len(said)


def test_before_the_gathering_the_days_of_the_pass_are_said(cast):
    early = scan(cast, ticket(cast.event).code, at=NOW)
    assert early.result == Result.WRONG_DAY
    assert "jeudi 13\u00a0septembre et vendredi 14\u00a0septembre" in sentence(early, cast.event)


def test_a_day_is_a_day_in_the_zone_of_the_event(cast):
    one = ticket(cast.event, day=date(2018, 9, 14))
    assert scan(cast, one.code, at=datetime(2018, 9, 13, 21, 59, tzinfo=UTC)).result == Result.WRONG_DAY
    assert scan(cast, one.code, at=datetime(2018, 9, 13, 22, 1, tzinfo=UTC)).result == Result.ADMITTED


def test_a_scan_is_never_changed_nor_erased(cast):
    scan(cast, ticket(cast.event).code)
    one = Scan.objects.get()
    for act in (one.save, one.delete, Scan.objects.all().delete, lambda: Scan.objects.update(result=Result.UNKNOWN)):
        with pytest.raises(TypeError):
            act()


def test_a_scan_is_few_statements(cast, django_assert_max_num_queries):
    one, two = (ticket(cast.event, email=f"{n}@association.example") for n in "ab")
    driss = cast.actor("driss")
    scan(cast, one.code, actor=driss)
    with django_assert_max_num_queries(5):  # the actor, the ticket, the entry, and a savepoint (two statements)
        assert scan(cast, two.code, actor=driss).result == Result.ADMITTED
    with django_assert_max_num_queries(11):
        assert scan(cast, two.code, actor=driss).result == Result.ALREADY_IN


def test_names_are_found_without_accents_and_by_their_beginning(cast):
    confirmed(cast.event)
    confirmed(cast.event, name="Zoé Lefèvre-Dûpont", email="zoe@mairie.example")
    cancel_booking(confirmed(cast.event, name="Zoé Annulée"), reason="Empêchement", actor=cast.actor("farid"), at=NOW)
    driss = cast.actor("driss")
    names = {
        words: [one.name for one in passes_named(cast.event, words, actor=driss)]
        for words in ("zoe", "DUPONT lef", "chloé", "oe", "z")
    }
    zoe = ["Zoé Lefèvre-Dûpont"]
    assert names == {"zoe": zoe, "DUPONT lef": zoe, "chloé": ["Chloé Martin"], "oe": [], "z": []}
    (found,) = passes_named(cast.event, "zoe", actor=driss)
    assert found.hint == "z…@mairie.example"


def test_figures_count_entries_of_the_day(cast):
    one = ticket(cast.event)
    ticket(cast.event, email="vendredi@association.example", day=date(2018, 9, 14))
    scan(cast, one.code)
    scan(cast, one.code)
    assert figures(cast.event, date(2018, 9, 13)) == {"entered": 1, "expected": 1}
    assert figures(cast.event, date(2018, 9, 14)) == {"entered": 0, "expected": 2}
