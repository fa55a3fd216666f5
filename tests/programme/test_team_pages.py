"""The draft through HTTP."""

import pytest

from encommun.call.models import Decision, Proposal
from encommun.journal.models import Entry
from encommun.programme.models import Part, ProgrammeVersion, Session
from encommun.programme.personal_data import HOLDINGS
from encommun.programme.refusals import OfferNotAccepted
from encommun.programme.tasks import author_introduced, session_of_accepted_offer
from tests.cast import NOW
from tests.programme.conftest import somebody

TEAM = "/nec-2018/organisation/programme/"
NOBODY = {"people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}


@pytest.fixture
def hugo(cast, client):
    return cast.sign_in(client, "hugo")


def place(one, **more):
    return {
        "session": one.code,
        "room": str(one.event.venues.get(slug="stereolux").rooms.get(slug="maxi").pk),
        "day": "2018-09-13",
        "time": "11:00",
    } | more


@pytest.mark.parametrize("who", ["chloe", "driss", "emma"])
def test_for_others_the_draft_does_not_exist(programme, client, who):
    programme.cast.sign_in(client, who)
    assert client.get(TEAM).status_code == 404


def test_a_free_cell_fills_the_form_and_the_form_places(programme, hugo):
    programme.slots()
    made = programme.session("À placer")
    page = hugo.get(TEAM).text
    assert "debut=2018-09-13T09:30#placer" in page
    asked = hugo.get(f"{TEAM}?salle={place(made)['room']}&debut=2018-09-13T09:30&seance={made.code}").text
    assert 'value="09:30"' in asked
    answer = hugo.post(f"{TEAM}placer/", place(made))
    assert answer["Location"] == f"{TEAM}?deplacee={made.code}#deplacee"
    made.refresh_from_db()
    assert (made.room.slug, made.starts_at) == ("maxi", programme.moment("11:00"))
    assert "Remettre où elle était" in hugo.get(f"{TEAM}?deplacee={made.code}").text
    hugo.post(f"{TEAM}{made.code}/remettre/")
    made.refresh_from_db()
    assert made.is_placed is False


@pytest.mark.parametrize(
    "query",
    ["salle=x&debut=hier", "salle=%00", "debut=9999-12-31T23:59", "seance=zzz&deplacee=zzz", "debut=0001-01-01T00:00", "salle=²"],
)
def test_odd_addresses_never_break_the_page(programme, hugo, query):
    assert hugo.get(f"{TEAM}?{query}").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"room": "999999"},
        {"day": "2018-12-25"},
        {"time": "25:99"},
        {"minutes": "-3"},
        {"minutes": "9" * 30},
        {"session": "\x00"},
    ],
)
def test_bad_input_is_kept_and_answered_422(programme, hugo, typed):
    made = programme.session()
    answer = hugo.post(f"{TEAM}placer/", place(made, **typed) if typed else {})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.is_placed is False


def test_a_session_is_made_and_changed_by_form(programme, hugo):
    people = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-name": "Bruno", "people-0-kind": "speaks"}
    answer = hugo.post(f"{TEAM}nouvelle/", {"title": "Neuve", "minutes": "45", "language": "fr", **people})
    made = Session.objects.get()
    assert answer["Location"] == f"{TEAM}{made.code}/"
    assert (made.title, made.minutes, made.parts.get().kind) == ("Neuve", 45, "speaks")
    bad = hugo.post(f"{TEAM}{made.code}/", {"title": "", "minutes": "45", "language": "fr", "abstract": "gardé", **NOBODY})
    assert (bad.status_code, "gardé" in bad.text) == (422, True)
    hugo.post(f"{TEAM}{made.code}/", {"title": "Changée", "minutes": "45", "language": "fr", **NOBODY})
    made.refresh_from_db()
    assert (made.title, made.parts.count()) == ("Changée", 0)


def test_an_address_without_a_name_is_asked_for_one(programme, hugo):
    people = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-email": "a@b.example"}
    assert hugo.post(f"{TEAM}nouvelle/", {"title": "Neuve", "minutes": "45", "language": "fr", **people}).status_code == 422


def test_confirming_and_cancelling_by_form(programme, hugo):
    made = programme.session(confirmed=False)
    hugo.post(f"{TEAM}{made.code}/confirmer/")
    made.refresh_from_db()
    assert made.state == Session.State.CONFIRMED
    hugo.post(f"{TEAM}{made.code}/annuler/")
    again = hugo.post(f"{TEAM}{made.code}/annuler/", follow=True)
    assert "Cette séance est annulée. Confirmez-la" in again.text


def test_slots_by_form(programme, hugo):
    line = {
        "slots-TOTAL_FORMS": "2",
        "slots-INITIAL_FORMS": "0",
        "slots-0-day": "2018-09-13",
        "slots-0-starts": "09:30",
        "slots-0-ends": "10:30",
    }
    assert hugo.post(f"{TEAM}creneaux/", line)["Location"] == TEAM
    assert programme.event.slots.count() == 1
    assert hugo.post(f"{TEAM}creneaux/", line | {"slots-0-ends": "09:00"}).status_code == 422
    assert hugo.post(f"{TEAM}creneaux/", line | {"slots-0-ends": ""}).status_code == 422
    assert hugo.post(f"{TEAM}creneaux/", {}).status_code == 422
    assert 'value="09:30"' in hugo.get(f"{TEAM}creneaux/").text


def test_publishing_asks_to_read_first(programme, hugo):
    programme.placed("Lue")
    page = hugo.get(f"{TEAM}publier/")
    seen = page.context["publishing"].digest
    assert "Lue" in page.text
    assert hugo.post(f"{TEAM}publier/", {"seen": seen}).status_code == 422
    programme.placed("Ajoutée", "14:00")
    stale = hugo.post(f"{TEAM}publier/", {"seen": seen, "confirms": "on", "note": "Mot gardé"})
    assert (stale.status_code, "Le brouillon a changé" in stale.text, "Mot gardé" in stale.text) == (422, True, True)
    seen = stale.context["publishing"].digest
    assert seen in stale.text
    assert hugo.post(f"{TEAM}publier/", {"seen": seen, "confirms": "on"}).status_code == 302
    twice = hugo.post(f"{TEAM}publier/", {"seen": seen, "confirms": "on"})
    assert (twice.status_code, ProgrammeVersion.objects.count()) == (422, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_draft_takes_the_same_number_of_statements(programme, hugo, count, django_assert_max_num_queries):
    programme.slots()
    for n in range(count):
        programme.placed(f"Séance {n}", f"{10 + n}:00", people=(somebody(f"Personne {n}"),))
    with django_assert_max_num_queries(16):
        hugo.get(TEAM)


def accepted(programme) -> tuple[Proposal, Entry]:
    proposal = Proposal.objects.create(
        event=programme.event,
        code="PRPSLA",
        title="Une borne",
        intention="Texte",
        state="published",
        created_at=NOW,
        saved_at=NOW,
        licence="CC0-1.0",
    )
    proposal.authors.create(email="zoe@ailleurs.example", name="Zoé", name_is_public=True)
    Decision.objects.create(proposal=proposal, outcome="yes", reason="Oui.", decided_at=NOW, answer="accepted", answered_at=NOW)
    return proposal, Entry(kind="call.offer_accepted", at=NOW, event_id=programme.event.pk, about="call.Proposal:PRPSLA", facts={})


def test_an_accepted_offer_makes_one_session(programme):
    proposal, entry = accepted(programme)
    session_of_accepted_offer(entry)
    session_of_accepted_offer(entry)
    made = Session.objects.get()
    part = made.parts.get()
    assert (made.proposal, made.title, made.abstract, made.licence, made.state) == (
        proposal,
        "Une borne",
        "Texte",
        "CC0-1.0",
        "confirmed",
    )
    assert (part.name, part.email, part.name_is_public) == ("Zoé", "zoe@ailleurs.example", True)


def test_an_offer_that_was_not_accepted_makes_none(programme):
    proposal, entry = accepted(programme)
    Decision.objects.filter(proposal=proposal).update(answer="declined")
    with pytest.raises(OfferNotAccepted):
        session_of_accepted_offer(entry)


def test_an_author_who_takes_her_name_back_disappears_from_what_is_published(programme, client):
    proposal, entry = accepted(programme)
    session_of_accepted_offer(entry)
    programme.publish()
    assert "Zoé" in client.get("/nec-2018/programme/").text
    author = proposal.authors.get()
    author.name_is_public = False
    author.save()
    author_introduced(
        Entry(
            kind="call.author_introduced",
            at=NOW,
            event_id=programme.event.pk,
            about="call.Proposal:PRPSLA",
            facts={"author": author.pk},
        )
    )
    assert Part.objects.get().name_is_public is False
    assert "Zoé" not in client.get("/nec-2018/programme/?q=").text


def test_what_is_held_about_people_is_found_exported_and_erased(programme):
    from encommun.foundation.holdings import Subject

    programme.placed(
        people=(
            somebody("Bruno", email="b@x.example", structure_name="M", name_is_public=True),
            somebody("Autre", email="o@x.example"),
        )
    )
    programme.publish()
    subject = Subject(account_id=None, emails=frozenset({"b@x.example"}))
    found = {
        holding.model: [holding.export(row)["name"] for row in rows]
        for holding in HOLDINGS
        if (rows := list(holding.find(subject)))
    }
    assert found == {"programme.Part": ["Bruno"], "programme.PublishedPerson": ["Bruno"]}
    for holding in HOLDINGS:
        if holding.model in found:
            assert holding.erase(subject, at=NOW) == []
    assert [list(holding.find(subject)) for holding in HOLDINGS] == [[] for _holding in HOLDINGS]
    assert Part.objects.filter(name="Autre").count() == 1
