from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call import commands
from encommun.call.models import SearchText
from encommun.call.queries import public_proposals
from encommun.call.refusals import NotToMerge
from encommun.call.search import close_pairs, close_to, stems_of
from encommun.foundation.actor import VISITOR
from tests.call.conftest import FULL, author_of
from tests.cast import NOW

BOOTH = replace(
    FULL,
    title="Une borne d'écoute dans la médiathèque",
    intention="Construire une borne d'écoute avec les habitantes et habitants, pour la médiathèque du bourg.",
)
TWIN = replace(
    FULL,
    title="La borne d’écoute de notre médiathèque",
    intention="Nous avons construit une borne d’écoute pour la médiathèque, et nous voulons montrer comment.",
)
FAR = replace(
    FULL,
    title="Payer ses impôts en ligne sans peur",
    intention="Accompagner les déclarations de revenus au guichet.",
    participants_do="Remplir une déclaration factice.",
    participants_leave_with="Un aide-mémoire fiscal.",
    needs="Des ordinateurs.",
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("mediatrice numerique", "des médiatrices numériques"),
        ("mediatrices", "les médiateur·rices du pays"),
        ("médiateur", "les médiateur·rices du pays"),
        ("participant", "chaque participant·e·s"),
        ("ecoute", "une borne d’écoute"),
        ("d'écoute", "une borne d’écoute"),
        ("COEUR", "le cœur de ville"),
        ("médiath", "La Médiathèque"),
        ("données ouvertes", "ouvrir une donnée, ouverte à tous"),
    ],
)
def test_words_are_found_whatever_their_accents_endings_and_signs(call, typed, written):
    proposal = call.published(replace(FULL, intention=written))
    call.published(FAR, email="b@x.example")
    assert list(public_proposals(call.event, words=typed)) == [proposal]


@pytest.mark.parametrize(
    "typed", ['"', "'", "*", "borne AND", "NEAR(", "col:borne", "-borne", "a OR", "%", "\\", "b" * 3000, "Ж", "🎈"]
)
def test_no_sign_breaks_a_search(call, typed):
    call.published()
    assert len(public_proposals(call.event, words=typed)) <= 1


def test_little_words_alone_sift_nothing(call):
    proposal = call.published()
    assert list(public_proposals(call.event, words="de la")) == [proposal]


def test_the_index_follows_the_text_and_goes_with_the_proposal(call):
    proposal = call.published()
    commands.edit_proposal(proposal, replace(FULL, title="Un four à pain"), version=3, actor=author_of(proposal), at=NOW)
    assert list(public_proposals(call.event, words="four")) == [proposal]
    assert list(public_proposals(call.event, words="médiathèque")) == []
    key = proposal.pk
    proposal.delete()
    assert not SearchText.objects.filter(pk=key).exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM call_search WHERE call_search MATCH 'four'")
            assert cursor.fetchone() == (0,)


def test_stems_have_no_little_words():
    assert stems_of("Et si l’on réparait, avec vous, les appareils ?") == ["repar", "appareil"]


def test_close_ones_are_found_and_far_ones_are_not(call):
    twin, far = call.published(TWIN), call.published(FAR, email="b@x.example")
    for n in range(4):
        call.published(
            replace(FAR, title=f"Tout autre chose {n}", intention="Des jardins partagés et des graines."), email=f"{n}@x.example"
        )
    mine = call.complete(BOOTH, email="c@x.example")
    assert close_to(mine) == [twin]
    assert far not in close_to(mine)
    assert close_to(call.draft(email="d@x.example")) == []


def test_the_hint_is_quiet_and_the_team_has_a_list(call, client):
    twin = call.published(TWIN)
    for n in range(4):
        call.published(
            replace(FAR, title=f"Tout autre chose {n}", intention="Des jardins partagés et des graines."), email=f"{n}@x.example"
        )
    mine = call.published(BOOTH, email="c@x.example")
    call.hold(client, mine)
    page = client.get(reverse("call:draft", args=[call.event.slug, mine.code]))
    assert [one.code for one in page.context["close"]] == [twin.code]
    assert {twin.code, mine.code} in [{first.code, second.code} for first, second in close_pairs(call.event)]
    commands.say_close(twin, mine, reason="La même borne.", actor=VISITOR, at=NOW)
    listed = call.cast.sign_in(type(client)(), "hugo").get(reverse("call:team_close", args=[call.event.slug]))
    assert "La même borne." in listed.text
    with pytest.raises(NotToMerge):
        commands.say_close(mine, mine, reason="x", actor=VISITOR, at=NOW)


def test_close_ones_cost_two_statements_however_many_there_are(call):
    mine = call.complete(BOOTH, email="c@x.example")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            close_to(mine)
        return len(queries)

    call.published(TWIN)
    one = cost()
    for n in range(3):
        call.published(TWIN, email=f"{n}@x.example")
    assert (one, cost()) == (2, 2)


def test_the_team_page_is_empty_at_first(call, client):
    page = call.cast.sign_in(client, "hugo").get(reverse("call:team_close", args=[call.event.slug]))
    assert "Aucune ne ressemble à une autre" in page.text
