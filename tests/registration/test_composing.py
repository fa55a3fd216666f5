from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from encommun.foundation import clock
from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.registration import refusals
from encommun.registration.commands import (
    PassText,
    QuestionText,
    QuotaText,
    answer_questions,
    begin_trial,
    compose_pass,
    compose_question,
    compose_quota,
    set_terms,
    withdraw_question,
)
from encommun.registration.models import Answer, Claim, PassType, Quota, Terms
from encommun.registration.queries import composed_of, offer_of, what_does_not_hold
from encommun.registration.rules import SEAT_LINK, price_of
from tests.cast import NOW
from tests.registration.desk import book, holder_of, open_sale, two_days

SALE = {"on_sale_from": NOW - timedelta(days=1), "on_sale_until": NOW + timedelta(days=30)}
DAY = PassText(name={"fr": "La journée", "en": "The day"}, price_cents=2000, **SALE)
SCALE = {"pricing": "scale", "low_cents": 1000, "price_cents": 2500, "high_cents": 4000}


def text(**more):
    return PassText(**({"name": {"fr": "La journée"}, "price_cents": 2000} | SALE | more))


@pytest.mark.parametrize(
    "more",
    [
        {"name": {"en": "The day"}},
        {"on_sale_until": NOW - timedelta(days=2)},
        {"days": ["2018-09-20"]},
        {"pricing": "barter"},
        {"price_cents": -1},
        {"price_cents": 1_000_001},
        {"pricing": "scale", "low_cents": 3000, "high_cents": 4000},
        {"pricing": "scale", "low_cents": 1000, "high_cents": 1500},
        {"pricing": "free", "low_cents": 2000},
        {"min_per_booking": 5, "max_per_booking": 2},
        {"max_per_booking": 61},
        {"offered": "contributors"},
    ],
)
def test_a_pass_that_contradicts_itself_is_refused(cast, more):
    with pytest.raises(refusals.PassDoesNotHold):
        compose_pass(cast.event, text(**more), actor=cast.actor("farid"), at=NOW)
    assert PassType.objects.count() == 0


def test_only_those_who_keep_registration_compose(cast):
    for actor in (VISITOR, cast.actor("driss"), cast.actor("emma")):
        with pytest.raises(NotAllowed):
            compose_pass(cast.event, DAY, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            compose_question(cast.event, QuestionText(kind="line", label={"fr": "?"}), actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            set_terms(cast.event, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            begin_trial(cast.event, actor=actor, at=NOW)


def test_a_pass_is_made_then_changed_and_keeps_its_number_and_slug(cast):
    made = compose_pass(cast.event, DAY, actor=cast.actor("farid"), at=NOW)
    other = compose_pass(cast.event, DAY, actor=cast.actor("farid"), at=NOW)
    assert [(kind.slug, kind.number) for kind in (made, other)] == [("la-journee", 1), ("la-journee-2", 2)]
    changed = compose_pass(cast.event, text(name={"fr": "Deux prix"}, **SCALE), pass_type=made, actor=cast.actor("farid"), at=NOW)
    assert (changed.slug, changed.number, str(changed.name), changed.high_cents) == ("la-journee", 1, "Deux prix", 4000)
    assert list(Entry.objects.filter(kind__startswith="registration.pass").order_by("id").values_list("kind", flat=True)) == [
        "registration.pass_composed",
        "registration.pass_composed",
        "registration.pass_changed",
    ]
    assert list(Quota.objects.filter(event=cast.event).values_list("size", flat=True)) == [0, 0]


def test_prices_in_words_and_free_amounts(cast):
    scale = compose_pass(cast.event, text(**SCALE), actor=cast.actor("farid"), at=NOW)
    free = compose_pass(cast.event, text(pricing="free", low_cents=500, price_cents=2000), actor=cast.actor("farid"), at=NOW)
    fixed = compose_pass(cast.event, DAY, actor=cast.actor("farid"), at=NOW)
    assert [price_of(scale, tariff) for tariff in ("low", "fair", "high")] == [1000, 2500, 4000]
    assert [price_of(free, cents=cents) for cents in (500, 2000, 9999)] == [500, 2000, 9999]
    assert price_of(fixed, "low", 1) == 2000
    for kind, tariff, cents in ((scale, "", None), (scale, "none", None), (free, "", None), (free, "", 499), (free, "", 10**7)):
        with pytest.raises(refusals.WrongPrice):
            price_of(kind, tariff, cents)


def test_passes_for_codes_and_for_contributors_are_not_shown(cast):
    actor = cast.actor("farid")
    compose_pass(cast.event, DAY, actor=actor, at=NOW)
    hidden = compose_pass(cast.event, text(offered="code"), actor=actor, at=NOW)
    compose_pass(cast.event, text(offered="contributors", price_cents=0), actor=actor, at=NOW)
    paused = compose_pass(cast.event, text(is_paused=True), actor=actor, at=NOW)
    offers, on_sale = offer_of(cast.event, NOW)
    assert ([offer.pass_type.slug for offer in offers], on_sale) == (["la-journee", paused.slug], True)
    assert isinstance(offers[1].choices[0].on_sale, refusals.SalePaused)
    offers, _on_sale = offer_of(cast.event, NOW, opened=[hidden.number])
    assert hidden.slug in [offer.pass_type.slug for offer in offers]


def test_a_quota_over_several_passes_counts_what_is_booked_already(cast):
    actor, event = cast.actor("farid"), cast.event
    open_sale(event, places=10)
    book(event, two_days(3))
    asked = QuotaText(kind="whole", name={"fr": "Grande salle"}, size=2)
    with pytest.raises(refusals.QuotaWhileSelling):
        compose_quota(event, asked, actor=actor, at=NOW)
    PassType.objects.filter(event=event).update(is_paused=True)
    made = compose_quota(event, asked, actor=actor, at=NOW)
    assert (made.size, made.taken, made.title, Claim.objects.filter(quota=made).count()) == (3, 3, "Grande salle", 3)
    assert [*what_does_not_hold()] == []
    one_day = event.pass_types.get(slug="un-jour")
    changed = compose_quota(
        event,
        QuotaText(kind="venue", name={"fr": "Micro"}, size=8, passes=[one_day.number], day=event.days[0]),
        quota=made,
        actor=actor,
        at=NOW,
    )
    assert (changed.size, changed.taken, changed.passes) == (8, 0, [one_day.number])
    assert [*what_does_not_hold()] == []
    day = Quota.objects.filter(event=event, kind="day").first()
    for wrong, refusal in (
        ({"size": -1}, refusals.WrongSize),
        ({"name": {}}, refusals.WrongSize),
        ({"kind": "day"}, NotFound),
    ):
        facts = {"kind": "whole", "name": {"fr": "x"}, "size": 3} | wrong
        with pytest.raises(refusal):
            compose_quota(event, QuotaText(**facts), actor=actor, at=NOW)
    with pytest.raises(NotFound):
        compose_quota(event, asked, quota=day, actor=actor, at=NOW)


def test_only_the_holder_answers_and_the_buyer_sees_that_it_is_filled(cast):
    event, actor = cast.event, cast.actor("farid")
    open_sale(event)
    lunch = compose_question(
        event,
        QuestionText(kind="choice", label={"fr": "Le midi"}, choices=[{"fr": "Végétarien"}, {"fr": "Vegan"}], is_required=True),
        actor=actor,
        at=NOW,
    )
    other = compose_question(event, QuestionText(kind="yes", label={"fr": "Une boucle ?"}, passes=[1]), actor=actor, at=NOW)
    booking = book(event, two_days(1, holder_name="Anne", holder_email="anne@x.example"))
    seat = booking.seats.get()
    me = Actor(links=frozenset({(SEAT_LINK, seat.code)}))
    for stranger in (VISITOR, actor, holder_of(booking)):
        with pytest.raises(NotAllowed):
            answer_questions(seat, {lunch.pk: "0"}, actor=stranger, at=NOW)
    for wrong in ({}, {lunch.pk: ""}, {lunch.pk: "2"}, {lunch.pk: "x"}):
        with pytest.raises(refusals.AnswerMissing):
            answer_questions(seat, wrong, actor=me, at=NOW)
    with pytest.raises(NotFound):
        answer_questions(seat, {lunch.pk: "0", other.pk: "yes"}, actor=me, at=NOW)
    answer_questions(seat, {lunch.pk: "1"}, actor=me, at=NOW)
    answer = Answer.objects.get()
    assert (answer.holder_answer, lunch.in_words("1"), other.in_words("no")) == ("1", "Vegan", "Non")
    seat.refresh_from_db()
    assert seat.answered_at == NOW
    with pytest.raises(refusals.QuestionDoesNotHold):
        compose_question(event, QuestionText(kind="line", label={"fr": "Autre"}), question=lunch, actor=actor, at=NOW)
    withdraw_question(lunch, actor=actor, at=NOW)
    assert composed_of(actor, event, NOW).questions == [other]


def test_the_conditions_fall_with_time(cast):
    actor, day = cast.actor("farid"), timedelta(days=1)
    for wrong in ([(NOW, 50), (NOW + day, 60)], [(NOW, 101)], [(NOW, 50), (NOW, 40)]):
        with pytest.raises(refusals.TermsDoNotHold):
            set_terms(cast.event, refunds=wrong, actor=actor, at=NOW)
    terms = set_terms(cast.event, refunds=[(NOW + 2 * day, 50), (NOW + day, 100)], actor=actor, at=NOW)
    assert [terms.percent_at(NOW + n * day) for n in range(4)] == [100, 100, 50, None]
    set_terms(cast.event, actor=actor, at=NOW)
    assert Terms.objects.get().percent_at(NOW) is None


BASE = "/nec-2018/organisation/inscriptions/pass/"
TYPED = {
    "name_fr": "Pass soutien",
    "name_en": "Support pass",
    "offered": "public",
    "pricing": "scale",
    "price_cents": "35",
    "low_cents": "15,50",
    "high_cents": "60 €",
    "days": ["2018-09-13"],
    "min_per_booking": "1",
    "counts_in_quotas": "on",
    "on_sale_from": "2018-06-01T09:00",
    "on_sale_until": "2018-09-12T23:59",
}


def test_the_team_composes_on_pages(cast, client):
    cast.sign_in(client, "farid")
    assert "Prête à ouvrir" in client.get(BASE).text
    wrong = client.post(f"{BASE}nouveau/", TYPED | {"price_cents": "beaucoup", "on_sale_from": "hier"})
    assert (wrong.status_code, 'value="beaucoup"' in wrong.text) == (422, True)
    refused = client.post(f"{BASE}nouveau/", TYPED | {"low_cents": "99"})
    assert (refused.status_code, 'value="99"' in refused.text) == (422, True)
    assert client.post(f"{BASE}nouveau/", TYPED).status_code == 302
    kind = PassType.objects.get()
    assert (kind.low_cents, kind.price_cents, kind.high_cents, kind.days) == (1550, 3500, 6000, ["2018-09-13"])
    assert kind.on_sale_until.astimezone(cast.event.zone).isoformat() == "2018-09-12T23:59:00+02:00"
    page = client.get(f"{BASE}modifier/{kind.slug}/").text
    assert 'value="15,50"' in page
    assert 'value="2018-09-12T23:59"' in page
    asked = {"label_fr": "Repas", "kind": "choice", "choices_fr": "Un\nDeux", "choices_en": "One"}
    assert client.post(f"{BASE}questions/nouvelle/", asked | {"choices_fr": "Un"}).status_code == 422
    assert client.post(f"{BASE}questions/nouvelle/", asked).status_code == 302
    terms = {"until1": "2018-09-06T23:59", "percent1": "100", "until2": "2018-09-12T23:59", "percent2": "50"}
    assert client.post(f"{BASE}conditions/", terms | {"percent2": ""}).status_code == 422
    assert client.post(f"{BASE}conditions/", terms).status_code == 302
    PassType.objects.update(is_paused=True)
    quota = {"name_fr": "Salle", "kind": "whole", "size": "40", "passes": [str(kind.number)]}
    assert client.post(f"{BASE}jauges/nouvelle/", quota).status_code == 302
    assert "Salle" in client.get(BASE).text
    assert "Test mode" in client.post(f"/en{BASE}essai/", {"step": "begin"}, follow=True).text


def test_the_page_of_composing_asks_as_much_with_one_pass_as_with_three(cast, client):
    cast.sign_in(client, "farid")

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(BASE).status_code == 200
        return len(seen)

    compose_pass(cast.event, DAY, actor=cast.actor("farid"), at=NOW)
    client.get(BASE)
    one = asked()
    for _n in range(2):
        compose_pass(cast.event, DAY, actor=cast.actor("farid"), at=NOW)
        compose_question(cast.event, QuestionText(kind="line", label={"fr": "?"}), actor=cast.actor("farid"), at=NOW)
    assert asked() == one


def test_the_checklist_names_what_is_wanting(cast):
    actor = cast.actor("farid")
    points = composed_of(actor, cast.event, clock.now()).points
    assert not points[0].holds
    compose_pass(cast.event, DAY, actor=actor, at=NOW)
    composed = composed_of(actor, cast.event, clock.now())
    assert not composed.is_ready
    assert any("13" in point.sentence for point in composed.points if not point.holds)
    Quota.objects.update(size=10)
    set_terms(cast.event, actor=actor, at=NOW)
    PassType.objects.update(price_cents=0)
    assert composed_of(actor, cast.event, clock.now()).is_ready
