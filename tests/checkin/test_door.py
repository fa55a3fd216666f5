"""The door: who keeps it, what it answers, and that a scan counts once."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import base45
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from encommun.checkin import codes
from encommun.checkin.commands import keep_door, reissue_ticket, undo_scan
from encommun.checkin.models import Scan
from encommun.checkin.queries import doubled_passes, figures, passes_named
from encommun.checkin.refusals import DoorNameMissing, NothingToUndo, ScanNumberReused
from encommun.checkin.rules import Shown, judge, standing
from encommun.checkin.sentences import sentence
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.registration.commands import block_pass, cancel_booking, unblock_pass
from encommun.registration.refusals import ReasonMissing
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
    blocked = ticket(cast.event, email="vole@association.example")
    block_pass(blocked.seat, reason="Téléphone volé", actor=cast.actor("farid"), at=NOW)
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
        friday.code: Result.TOO_EARLY,
        friday.seat.code: Result.TOO_EARLY,
        blocked.code: Result.BLOCKED,
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
    assert early.result == Result.TOO_EARLY
    assert "jeudi 13\u00a0septembre et vendredi 14\u00a0septembre" in sentence(early, cast.event)


def test_a_day_is_a_day_in_the_zone_of_the_event(cast):
    one = ticket(cast.event, day=date(2018, 9, 14))
    assert scan(cast, one.code, at=datetime(2018, 9, 13, 21, 59, tzinfo=UTC)).result == Result.TOO_EARLY
    assert scan(cast, one.code, at=datetime(2018, 9, 13, 22, 1, tzinfo=UTC)).result == Result.ADMITTED


def test_after_its_day_a_pass_is_too_late_and_between_its_days_not_for_today(cast):
    thursday = ticket(cast.event, day=date(2018, 9, 13))
    assert scan(cast, thursday.code, at=MORNING + timedelta(days=1)).result == Result.TOO_LATE
    assert judge(Shown(seat=thursday.seat, ticket=thursday), date(2018, 9, 14)) == Result.TOO_LATE
    thursday.seat.days = ["2018-09-13", "2018-09-15"]
    assert judge(Shown(seat=thursday.seat, ticket=thursday), date(2018, 9, 14)) == Result.WRONG_DAY


def test_a_blocked_pass_comes_in_once_it_is_unblocked(cast):
    one, farid = ticket(cast.event), cast.actor("farid")
    with pytest.raises(NotAllowed):
        block_pass(one.seat, reason="Volé", actor=cast.actor("driss"), at=NOW)
    with pytest.raises(ReasonMissing):
        block_pass(one.seat, reason=" ", actor=farid, at=NOW)
    block_pass(one.seat, reason="Volé", actor=farid, at=NOW)
    assert scan(cast, one.code).result == Result.BLOCKED
    unblock_pass(one.seat, actor=farid, at=NOW)
    assert scan(cast, one.code).result == Result.ADMITTED


def test_a_door_may_be_for_some_passes_and_counts_its_own_entries(cast):
    one, farid = ticket(cast.event), cast.actor("farid")
    with pytest.raises(NotAllowed):
        keep_door(cast.event, name="Ateliers", actor=cast.actor("driss"), at=NOW)
    with pytest.raises(DoorNameMissing):
        keep_door(cast.event, name=" ", actor=farid, at=NOW)
    number = {kind.slug: kind.number for kind in cast.event.pass_types.all()}
    stereolux = keep_door(cast.event, name="Stereolux", actor=farid, at=NOW)
    tour = keep_door(cast.event, name="Visite", passes=[number["un-jour"], 9999], actor=farid, at=NOW)
    assert (stereolux.number, tour.number, tour.passes) == (1, 2, [number["un-jour"]])
    assert scan(cast, one.code, door=1).result == Result.ADMITTED
    assert scan(cast, one.code, door=0).result == Result.ADMITTED
    assert scan(cast, one.code, door=1).result == Result.ALREADY_IN
    assert scan(cast, one.code, door=2).result == Result.WRONG_KIND
    with pytest.raises(NotFound):
        scan(cast, one.code, door=3)
    keep_door(cast.event, number=2, name="Visite", is_closed=True, actor=farid, at=NOW)
    with pytest.raises(NotFound):
        scan(cast, one.code, door=2)


def test_a_misreading_is_undone_once_and_the_pass_comes_in_again(cast):
    one, driss, number = ticket(cast.event), cast.actor("driss"), uuid4()
    scan(cast, one.code, scan_id=number)
    with pytest.raises(NotAllowed):
        undo_scan(cast.event, number, actor=cast.actor("chloe"), at=MORNING)
    with pytest.raises(NotFound):
        undo_scan(cast.other, number, actor=cast.actor("emma"), at=MORNING)
    first, again = (undo_scan(cast.event, number, actor=driss, at=MORNING + timedelta(minutes=n)) for n in (1, 2))
    assert (first.pk, first.undoes) == (again.pk, number)
    assert figures(cast.event, date(2018, 9, 13))["entered"] == 0
    later = MORNING + timedelta(minutes=3)
    assert [scan(cast, one.code, at=later).result for _n in range(2)] == [Result.ADMITTED, Result.ALREADY_IN]
    assert figures(cast.event, date(2018, 9, 13))["entered"] == 1
    refused = uuid4()
    assert scan(cast, one.code, scan_id=refused).result == Result.ALREADY_IN
    for what, when in ((refused, MORNING), (Scan.objects.filter(turn=1).get().scan_id, MORNING + timedelta(days=1))):
        with pytest.raises(NothingToUndo):
            undo_scan(cast.event, what, actor=driss, at=when)


def test_who_goes_out_comes_in_again(cast):
    one = ticket(cast.event)
    moments = [MORNING + timedelta(minutes=n) for n in range(5)]
    assert scan(cast, one.code, at=moments[0]).result == Result.ADMITTED
    out = scan(cast, one.code, at=moments[1], direction="exit")
    assert (out.result, out.colour, sentence(out, cast.event)) == (
        Result.OUT,
        "green",
        "À tout à l’heure ! Votre pass vous laisse rentrer.",
    )
    assert scan(cast, one.code, at=moments[2]).result == Result.ADMITTED
    assert (scan(cast, one.code, at=moments[3]).first_at, figures(cast.event, date(2018, 9, 13))["entered"]) == (moments[2], 1)


def test_one_pass_is_one_entry_a_day_whatever_its_tickets(cast):
    """Handed over at noon: the colleague does not come in beside the first person."""
    one = ticket(cast.event)
    scan(cast, one.code)
    new = reissue_ticket(one.seat, actor=SYSTEM, at=MORNING)
    assert scan(cast, new.code, at=MORNING + timedelta(hours=3)).result == Result.ALREADY_IN


def test_scans_of_a_door_without_network_arrive_late_and_none_is_lost(cast):
    """An exit and a first entry come after what they came before: they count from when they were made, and never from a moment to come."""
    one, driss = ticket(cast.event), cast.actor("driss")
    noon = MORNING + timedelta(hours=3)
    assert scan(cast, one.code, at=noon).result == Result.ADMITTED
    late = {"mode": "offline", "let_in": True, "device": "porte-2", "at": noon + timedelta(hours=1), "actor": driss}
    first = scan(cast, one.code, device_time=MORNING, device_seq=1, **late)
    assert (first.result, first.at, first.first_at) == (Result.ADMITTED, MORNING, noon)
    (doubled,) = doubled_passes(driss, cast.event)
    assert (doubled.seat.code, doubled.moments) == (one.seat.code, [MORNING, noon])
    out = scan(cast, one.code, device_time=MORNING + timedelta(hours=1), device_seq=2, direction="exit", **late)
    assert out.result == Result.OUT
    assert doubled_passes(driss, cast.event) == []
    assert scan(cast, one.code, device_time=noon + timedelta(days=9), device_seq=3, **late).at == noon + timedelta(hours=1)
    assert Scan.objects.count() == 4


def test_what_a_door_without_network_refused_stays_a_refusal(cast):
    friday = ticket(cast.event, day=date(2018, 9, 14))
    late = {"mode": "offline", "device_time": MORNING, "at": MORNING + timedelta(days=1)}
    assert scan(cast, friday.code, **late).result == Result.TOO_EARLY
    assert scan(cast, friday.code, let_in=True, **late).result == Result.ADMITTED


EVENTS = st.lists(st.tuples(st.sampled_from(["admitted", "out", "undone"]), st.integers(0, 8), st.sampled_from("ab")), max_size=7)


@given(EVENTS, st.randoms(use_true_random=False))
def test_where_a_pass_stands_does_not_hang_on_the_order_of_arrival(events, chance):
    rows = []
    for n, (result, minute, device) in enumerate(events):
        undoes = chance.choice(rows).scan_id if result == "undone" and rows else None
        moment = MORNING + timedelta(minutes=minute)
        rows.append(Scan(scan_id=UUID(int=n + 1), result=result, made_at=moment, device=device, device_seq=n, undoes=undoes))
    before = standing(rows)
    chance.shuffle(rows)
    assert standing(rows) == before
    undone = {row.undoes for row in rows}
    entries = [row for row in rows if row.result == "admitted" and row.scan_id not in undone]
    assert (before.first is None) == (not entries)
    if entries:
        assert before.first.made_at == min(row.made_at for row in entries)


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
