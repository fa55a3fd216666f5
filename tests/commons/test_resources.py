"""Resources: no licence, no publication; who is named; where it comes from."""

import json
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from encommun.commons.commands import ask_for_credit, publish_resource, revise_resource, withdraw_resource
from encommun.commons.models import Credit, Resource
from encommun.commons.personal_data import HOLDINGS
from encommun.commons.refusals import AlreadyPublished, LicenceMissing, NoteStillWritten, TitleMissing, Withdrawn
from encommun.foundation.actor import SYSTEM
from encommun.foundation.holdings import Subject
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.commands import withdraw_consent
from encommun.privacy.models import Consent
from encommun.programme.commands import introduce_person
from encommun.reactions.worker import react
from tests.cast import NOW
from tests.commons.sessions import done, note, resource, session

LATER = NOW.replace(hour=12)


@pytest.mark.parametrize("name", ["bruno", "hugo", "driss", "emma"])
def test_only_the_commons_team_publishes_revises_and_withdraws(cast, name):
    one, actor = resource(cast), cast.actor(name)
    for act in (
        lambda: publish_resource(done(cast, title="Autre"), title="T", licence="CC0-1.0", actor=actor, at=NOW),
        lambda: revise_resource(one, title="T", text="x", version=1, actor=actor, at=NOW),
        lambda: withdraw_resource(one, actor=actor, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_without_licence_title_or_readiness_nothing_is_published(cast):
    gaelle = cast.actor("gaelle")
    ready = done(cast)
    for licence in ("", "tous droits réservés"):
        with pytest.raises(LicenceMissing):
            publish_resource(ready, title="T", licence=licence, actor=gaelle, at=NOW)
    with pytest.raises(TitleMissing):
        publish_resource(ready, title=" ", licence="CC0-1.0", actor=gaelle, at=NOW)
    with pytest.raises(NoteStillWritten):
        publish_resource(note(cast, title="Autre"), title="T", licence="CC0-1.0", actor=gaelle, at=NOW)
    assert Resource.objects.count() == 0


def test_the_database_itself_refuses_a_resource_without_licence(cast):
    one = resource(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=one.pk).update(licence="")


def test_a_note_is_published_once(cast):
    one = resource(cast)
    with pytest.raises(AlreadyPublished):
        publish_resource(one.note, title="T", licence="CC0-1.0", actor=cast.actor("gaelle"), at=NOW)


def test_those_who_agree_are_named_and_note_takers_at_their_request(cast):
    ready = done(cast)
    ask_for_credit(ready, name="Hugo F.", actor=cast.actor("hugo"), at=NOW)
    one = publish_resource(ready, title="Carte", licence="CC-BY-4.0", actor=cast.actor("gaelle"), at=NOW)
    assert list(one.credits.values_list("name", "part")) == [("Bruno Le Goff", "carries"), ("Hugo F.", "takes_notes")]
    entry = Entry.objects.get(kind="commons.resource_published")
    assert entry.facts == {"licence": "CC-BY-4.0", "session": ready.session.code}


def test_the_people_of_the_session_are_told_once(cast):
    resource(cast)
    react()
    Entry.objects.update(reacted_at=None)
    react()
    letters = Letter.objects.filter(kind="commons.resource_published").order_by("recipient")
    assert [letter.recipient for letter in letters] == ["bruno@mediatheque.example", "marcelle@example.org"]


def test_a_revision_is_a_new_version_under_the_same_licence(cast):
    one, gaelle = resource(cast), cast.actor("gaelle")
    revised = revise_resource(one, title="Carte", text="Mieux", version=1, actor=gaelle, at=LATER)
    assert (revised.version, revised.text, revised.licence) == (2, "Mieux", "CC-BY-SA-4.0")
    assert revised.note.revisions.last().text == "Mieux"
    with pytest.raises(ChangedMeanwhile):
        revise_resource(one, title="Carte", text="Pire", version=1, actor=gaelle, at=LATER)
    withdraw_resource(one, actor=gaelle, at=LATER)
    with pytest.raises(Withdrawn):
        revise_resource(one, title="Carte", text="Encore", version=2, actor=gaelle, at=LATER)


def test_the_page_gives_licence_authors_provenance_citation_and_linked_data(cast, client):
    one = resource(cast, text="## Appris\n\n</script><script>alert(1)</script> **fort**")
    page = client.get(f"/nec-2018/communs/{one.code}/")
    assert page.status_code == 200
    assert "https://creativecommons.org/licenses/by-sa/4.0/deed.fr" in page.text
    assert "Bruno Le Goff" in page.text
    assert "Marcelle" not in page.text
    assert f"/nec-2018/seances/{one.session.code}/" in page.text
    assert "<script>alert" not in page.text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.S)
    data = json.loads(block)
    assert (data["@type"], data["license"]) == ("LearningResource", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr")
    assert data["creator"] == [
        {"@type": "Person", "name": "Bruno Le Goff", "affiliation": {"@type": "Organization", "name": "Médiathèque"}}
    ]
    assert data["isBasedOn"] == [f"http://testserver/nec-2018/seances/{one.session.code}/"]


def test_the_text_is_downloaded_with_what_reuse_needs(cast, client):
    one = resource(cast)
    answer = client.get(f"/nec-2018/communs/{one.code}.md")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert 'licence: "CC-BY-SA-4.0"' in answer.text
    assert answer.text.endswith("- Une carte se fait à plusieurs.\n")


def test_a_withdrawn_resource_leaves_a_sign_at_its_address(cast, client):
    one = resource(cast)
    withdraw_resource(one, actor=cast.actor("gaelle"), at=LATER)
    page = client.get(f"/nec-2018/communs/{one.code}/")
    assert page.status_code == 410
    assert "une carte se fait" not in page.text.lower()
    assert client.get(f"/nec-2018/communs/{one.code}.md").status_code == 409
    assert one.title not in client.get("/nec-2018/communs/").text


def test_resources_of_another_gathering_are_not_at_this_address(cast, client):
    one = resource(cast)
    assert client.get(f"/{cast.other.slug}/communs/{one.code}/").status_code == 404
    assert client.get("/nec-2018/communs/ZZZZZZ/").status_code == 404


def test_the_list_is_filtered_by_axis_licence_and_words(cast, client):
    resource(cast, title="Carte des lieux", axis="lieux", licence="CC-BY-4.0")
    resource(cast, title="Registre des données", axis="donnees", licence="etalab-2.0", text="Un registre ouvert.")

    def shown(query):
        text = client.get(f"/nec-2018/communs/{query}").text
        return [title for title in ("Carte des lieux", "Registre des données") if title in text]

    assert shown("") == ["Carte des lieux", "Registre des données"]
    assert shown("?axe=lieux") == ["Carte des lieux"]
    assert shown("?licence=etalab-2.0") == ["Registre des données"]
    assert shown("?q=registre") == ["Registre des données"]
    assert shown("?q=introuvable&axe=%00&licence=zzz&page=zzz") == []


def test_lists_ask_as_much_for_one_as_for_three(cast, client):
    cast.sign_in(client, "gaelle")
    counts = {}
    for n in range(3):
        resource(cast, title=f"Ressource {n}")
        for url in ("/nec-2018/communs/?x=1", "/nec-2018/organisation/notes/"):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.setdefault(url, []).append(sum("publicstamp" not in query["sql"] for query in asked))  # looked at once a second
    for url, asked in counts.items():
        assert asked[0] == asked[2], url


def test_a_name_goes_when_its_person_no_longer_agrees(cast, client):
    one = resource(cast)
    introduce_person(
        one.session,
        email="bruno@mediatheque.example",
        name="Bruno Le Goff",
        structure_name="Médiathèque",
        name_is_public=False,
        actor=SYSTEM,
        at=LATER,
    )
    assert "Bruno Le Goff" not in client.get(f"/nec-2018/communs/{one.code}/?fresh=1").text


def test_a_note_taker_who_takes_back_her_yes_is_no_longer_named(cast):
    ready = done(cast)
    ask_for_credit(ready, name="Hugo F.", actor=cast.actor("hugo"), at=NOW)
    one = publish_resource(ready, title="Carte", licence="CC-BY-4.0", actor=cast.actor("gaelle"), at=NOW)
    withdraw_consent(Consent.objects.get(), actor=cast.actor("hugo"), at=LATER)
    react()
    assert [credit.name for credit in one.credits.all()] == ["Bruno Le Goff"]


def test_what_is_held_about_somebody_is_found_given_and_erased(cast):
    ready = done(cast)
    ask_for_credit(ready, name="Bruno L.", actor=cast.actor("bruno"), at=NOW)
    publish_resource(ready, title="Carte", licence="CC-BY-4.0", actor=cast.actor("gaelle"), at=NOW)
    bruno = Subject(account_id=cast.bruno.pk, emails=frozenset({"bruno@mediatheque.example"}))
    chloe = Subject(account_id=cast.chloe.pk, emails=frozenset({"chloe@association.example"}))
    for holding in HOLDINGS:
        assert list(holding.find(chloe)) == []
        json.dumps([holding.export(row) for row in holding.find(bruno)])
    assert [len(list(holding.find(bruno))) for holding in HOLDINGS] == [2, 1, 0]
    for holding in HOLDINGS:
        assert holding.erase(bruno, at=LATER) == []
        assert list(holding.find(bruno)) == []
    assert Credit.objects.count() == 0


def test_the_team_publishes_revises_and_withdraws_on_its_pages(cast, client):
    ready = done(cast)
    url = f"/nec-2018/organisation/notes/{ready.session.code}/"
    for name, status in {"bruno": 404, "driss": 404, "hugo": 404, "emma": 404, "gaelle": 200, "aya": 200}.items():
        cast.sign_in(client, name)
        assert client.get(url).status_code == status, name
        assert client.get("/nec-2018/organisation/notes/").status_code == status, name
    assert client.post(url, {"title": "Carte", "licence": ""}).status_code == 422
    assert client.post(url, {"title": "", "licence": "nothing"}).status_code == 422
    assert client.post(url, {"title": "Carte", "licence": "CC-BY-4.0"}).status_code == 302
    one = Resource.objects.get()
    assert client.post(url, {"title": "Carte", "text": "Mieux", "version": 1}).status_code == 302
    assert client.post(url, {"title": "Carte", "text": "Pire", "version": 1}).status_code == 422
    client.post(url, {"then": "withdraw"})
    one.refresh_from_db()
    assert one.withdrawn_at is not None
    assert client.get(f"/nec-2018/organisation/notes/{session(cast, title='Sans notes').code}/").status_code == 404
