from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call import commands
from encommun.call.commands import FormatText
from encommun.call.content import Content
from encommun.ui.public_pages import STORE
from tests.call.conftest import FULL, Call, author_of
from tests.cast import NOW

LATER = NOW + timedelta(hours=1)


def read(client, cast, **query):
    STORE.clear()
    return client.get(reverse("events:changes", args=[cast.event.slug]), query)


def plain(answer):
    return answer.text.replace("\u202f", " ").replace("\xa0", " ")


def change(call, proposal, **fields):
    again = call.again(proposal)
    content = replace(Content.of(again), **fields)
    commands.edit_proposal(again, content, version=again.version, actor=author_of(proposal), at=LATER)


def test_changes_of_every_kind_are_sentences_with_their_page_and_a_feed(cast, client):
    call = Call(cast)
    hugo = {"actor": cast.actor("hugo"), "at": NOW}
    proposal = call.published()
    change(call, proposal, minutes=60)
    debate = cast.event.formats.get(slug="debat")
    was = debate.minutes
    commands.write_format(cast.event, FormatText(name=debate.name, minutes=45), format=debate, **hugo)
    page = plain(read(client, cast))
    for sentence in ("Durée : 90 → 60 min.", f"Durée : {was} → 45 min.", "L’appel est ouvert.", "Une borne d’écoute"):
        assert sentence in page.replace("&#x27;", "'"), sentence
    sifted = plain(read(client, cast, quoi="appel"))
    assert ("45 min." in sifted, "90 → 60" in sifted) == (True, False)
    feed = client.get(reverse("events:changes_feed", args=[cast.event.slug]))
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "90 → 60 min." in feed.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_a_withdrawn_proposal_loses_its_words_and_a_hidden_name_is_not_told(cast, client):
    call = Call(cast)
    gone = call.published(replace(FULL, title="Elle s’en va"))
    commands.withdraw_proposal(gone, actor=author_of(gone), at=LATER)
    named = call.published(replace(FULL, title="Chez Canarieux"), email="m.canarieux@x.example")
    hugo = {"actor": cast.actor("hugo"), "at": NOW}
    words = {"question": {"fr": "?"}, "low": {"fr": "-"}, "middle": {"fr": "="}, "high": {"fr": "+"}}
    commands.write_criterion(cast.event, **words, **hugo)
    assert "Chez Canarieux" in read(client, cast).text
    commands.set_choosing(cast.event, phase="reading", is_anonymous=True, readers_each=1, method={}, **hugo)
    page = read(client, cast).text
    assert (named.code in page, "Canarieux" in page, "Elle s’en va" in page, "Retirée" in page) == (True, False, False, True)


def test_the_page_costs_as_much_with_three_as_with_one(cast, client):
    call = Call(cast)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert read(client, cast).status_code == 200
        return len(queries)

    change(call, call.published(), minutes=45)
    one = cost()
    for n in range(2):
        change(call, call.published(email=f"{n}@x.example"), minutes=45)
    assert cost() == one
