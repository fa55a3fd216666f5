from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call import commands
from encommun.call.models import Proposal
from encommun.call.queries import history_in_words, public_proposal, public_proposals
from encommun.ui.public_pages import STORE
from tests.call.conftest import FULL, author_of
from tests.cast import NOW


def address(call, proposal):
    return reverse("call:proposal", args=[call.event.slug, proposal.code])


def test_only_what_is_published_is_listed_the_latest_first(call):
    call.draft()
    call.complete(email="b@x.example")
    withdrawn, older, newer = call.published(), call.published(), call.published(replace(FULL, title="Autre"))
    commands.withdraw_proposal(withdrawn, actor=author_of(withdrawn), at=NOW)
    assert list(public_proposals(call.event)) == [newer, older]
    assert list(public_proposals(call.cast.other)) == []


def test_the_list_is_sifted_by_axis_format_and_words_without_accents(call):
    places = call.published()
    data = call.published(replace(FULL, axis="donnees", format="debat", title="Ouvrir les données du cœur de ville"))
    assert list(public_proposals(call.event, axis="donnees")) == [data]
    assert list(public_proposals(call.event, format="atelier")) == [places]
    assert list(public_proposals(call.event, words="DONNEES coeur")) == [data]
    assert list(public_proposals(call.event, words="d’écoute")) == [places]
    assert list(public_proposals(call.event, words="rien de tel")) == []
    assert list(public_proposals(call.event, axis="mer")) == []


@pytest.mark.parametrize(
    "query", ["axe=lieux", "format=atelier&page=1", "q=borne", "page=99", "page=x", "q=%00", "axe=%27", "q=" + "a" * 3000]
)
def test_any_address_of_the_list_answers(call, client, query):
    call.published()
    assert client.get(f"{reverse('call:list', args=[call.event.slug])}?{query}").status_code == 200


def test_the_list_is_paged(call, client):
    proposal = call.published()
    copies = Proposal.objects.filter(pk=proposal.pk).values("event_id", "title", "axis_id", "format_id", "minutes", "published_at")
    Proposal.objects.bulk_create(
        Proposal(**copies[0], code=f"C{n}", state="published", created_at=NOW, saved_at=NOW) for n in range(24)
    )
    first = client.get(reverse("call:list", args=[call.event.slug]))
    assert (len(first.context["proposals"]), first.context["proposals"].paginator.num_pages) == (24, 2)


def test_the_list_costs_as_much_with_three_as_with_one(call, client):
    url = reverse("call:list", args=[call.event.slug])
    call.published()
    client.get(url)

    def cost():
        STORE.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    one = cost()
    call.published(email="b@x.example")
    call.published(email="c@x.example")
    assert cost() == one


def test_a_draft_has_no_public_page(call, client):
    assert client.get(address(call, call.complete())).status_code == 404


def test_a_draft_given_up_never_had_one(call, client):
    draft = call.draft()
    commands.withdraw_proposal(draft, actor=author_of(draft), at=NOW)
    assert client.get(address(call, draft)).status_code == 404


def test_a_withdrawn_proposal_says_so_at_its_address(call, client):
    proposal = call.published()
    commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    answer = client.get(address(call, proposal))
    assert answer.status_code == 410
    assert "2 juillet 2018" in answer.text.replace("\u00a0", " ")
    assert FULL.intention not in answer.text


def test_it_is_not_under_another_event(call, client):
    proposal = call.published()
    assert client.get(reverse("call:proposal", args=[call.cast.other.slug, proposal.code])).status_code == 404


def test_a_name_without_consent_is_a_person(call, client):
    proposal = call.published()
    who = {"name": "Zoé Lambert", "structure_name": "Rezé", "door": "x", "actor": author_of(proposal), "at": NOW}
    commands.introduce_author(proposal, publish_name=False, **who)
    answer = client.get(address(call, proposal))
    assert "une personne" in answer.text
    for secret in ("Zoé", "Rezé", "zoe@ailleurs.example"):
        assert secret not in answer.text


def test_the_history_is_in_words(call):
    proposal = call.published()
    edits = [
        replace(FULL, title="Autre titre", minutes=60),
        replace(FULL, title="Autre titre", minutes=60, axis="communs", format="debat", licence="CC0-1.0"),
        replace(FULL, title="Autre titre", minutes=60, axis="communs", format="debat", licence="CC0-1.0", intention="B", needs="C"),
    ]
    for edit in edits:
        commands.edit_proposal(proposal, edit, version=proposal.version, actor=author_of(proposal), at=NOW)
    steps = history_in_words(public_proposal(call.event, proposal.code))
    assert [step.changes for step in steps] == [
        ["Proposition publiée."],
        ["Titre changé : « Une borne d'écoute pour la médiathèque » → « Autre titre ».", "Durée : 90 → 60 min."],
        ["Axe : Lieux → Communs.", "Format : Atelier → Débat.", "Licence : CC BY-SA 4.0 → CC0 1.0."],
        ["Intention réécrite.", "Besoins : texte changé."],
    ]


def test_what_was_written_before_publication_stays_private(call):
    proposal = call.complete(replace(FULL, title="Brouillon secret"))
    commands.save_draft(proposal, FULL, version=2, actor=author_of(proposal), at=NOW)
    commands.publish_proposal(proposal, version=3, actor=author_of(proposal), at=NOW)
    assert len(history_in_words(public_proposal(call.event, proposal.code))) == 1


def test_the_answer_is_public_only_once_released(call, client):
    proposal = call.decided()
    assert "Réponse de l’équipe" not in client.get(address(call, proposal)).text
    call.release()
    text = client.get(address(call, proposal)).text
    assert "Une place lui est proposée" in text
    assert "Parce que cela manque." not in text


def test_the_page_leads_to_the_session_when_there_is_one(call, client):
    from encommun.programme.models import Session

    proposal = call.published()
    Session.objects.create(event=call.event, code="S1", title="Séance", proposal=proposal, minutes=60, created_at=NOW)
    assert reverse("programme:session", args=[call.event.slug, "S1"]) in client.get(address(call, proposal)).text


def test_typed_marks_are_shown_and_not_run(call, client):
    proposal = call.published(replace(FULL, title="<script>alert(1)</script>", intention="<img src=x onerror=alert(1)> **gras**"))
    text = client.get(address(call, proposal)).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<strong>gras</strong>" in text
