from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from encommun.deliberation import commands
from encommun.deliberation.models import Interest
from encommun.deliberation.queries import interest_counts, interest_pairs, interests_of, is_interested
from encommun.deliberation.refusals import TooManyInterests
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotFound
from encommun.mailing.models import Letter
from encommun.ui.public_pages import STORE
from tests.cast import NOW


def mark(talking, who, *topics):
    actor = talking.cast.actor(who)
    for topic in topics:
        commands.be_interested(topic, email=actor.email, actor=actor, at=NOW)


def test_one_per_person_however_often_she_says_it(talking):
    mark(talking, "chloe", talking.topic, talking.topic)
    assert interest_counts(talking.event, "proposal") == {talking.topic.code: 1}
    assert is_interested(talking.cast.actor("chloe"), talking.topic) is True
    assert is_interested(talking.cast.actor("bruno"), talking.topic) is False
    assert is_interested(VISITOR, talking.topic) is False


def test_nobody_marks_more_than_she_could_attend(talking, monkeypatch):
    monkeypatch.setattr(import_module("encommun.deliberation.commands.be_interested"), "MOST_INTERESTS", 1)
    mark(talking, "chloe", talking.topic)
    with pytest.raises(TooManyInterests):
        mark(talking, "chloe", talking.another(email="b@x.example"))


def test_an_address_counts_once_it_is_proven_without_a_cookie(talking):
    page = reverse("deliberation:interest", args=[talking.event.slug, "propositions", talking.proposal.code])
    assert Client().post(page, {"email": "nora"}).status_code == 422
    assert Client().post(page, {"email": "Nora@x.example"}).status_code == 302
    talking.react()
    assert interest_counts(talking.event, "proposal") == {}
    letter = Letter.objects.get(kind="deliberation.interest_begun")
    link = next(word for word in letter.text.split() if "/interets/mien/" in word).removeprefix("http://testserver")
    bare = Client(enforce_csrf_checks=True)
    assert bare.get(link).status_code == 200
    assert interest_counts(talking.event, "proposal") == {}
    assert bare.post(link, {"act": "say"}).status_code == 200
    assert (interest_counts(talking.event, "proposal"), "encommun-session" in bare.cookies) == ({talking.topic.code: 1}, False)
    assert bare.get(link[:-3] + "aa/").status_code == 404
    assert bare.post(link, {"act": "forget"}).status_code == 200
    assert Interest.objects.count() == 0


def test_a_typed_address_never_takes_anything_back(talking):
    mark(talking, "chloe", talking.topic)
    with pytest.raises(NotFound):
        commands.forget_interest(talking.topic, actor=VISITOR, at=NOW)
    with pytest.raises(NotFound):
        commands.forget_interest(talking.topic, actor=talking.cast.actor("bruno"), at=NOW)
    commands.forget_interest(talking.topic, actor=talking.cast.actor("chloe"), at=NOW)
    assert interest_counts(talking.event, "proposal") == {}


def test_pairs_say_what_the_same_people_want(talking):
    b, c = talking.another(email="b@x.example"), talking.another(email="c@x.example")
    mark(talking, "chloe", talking.topic, b)
    mark(talking, "bruno", talking.topic, b, c)
    mark(talking, "hugo", c)
    pair = lambda one, two: tuple(sorted((one.code, two.code)))  # noqa: E731
    assert interest_pairs(talking.event, "proposal") == {
        pair(talking.topic, b): 2,
        pair(talking.topic, c): 1,
        pair(b, c): 1,
    }
    assert interest_pairs(talking.cast.other, "proposal") == {}


def test_after_a_merge_each_person_counts_once_and_the_undo_gives_back(talking):
    b = talking.another(email="b@x.example")
    mark(talking, "chloe", talking.topic, b)
    mark(talking, "bruno", talking.topic)
    commands.move_topic(talking.event, "proposal", talking.topic.code, b.code, actor=SYSTEM, at=NOW)
    assert interest_counts(talking.event, "proposal") == {b.code: 2}
    assert interest_pairs(talking.event, "proposal") == {}
    assert is_interested(talking.cast.actor("bruno"), b) is True
    assert [topic.code for topic in interests_of(talking.cast.bruno.email, talking.event)] == [b.code]
    commands.move_topic_back(talking.event, "proposal", talking.topic.code, actor=SYSTEM, at=NOW)
    assert interest_counts(talking.event, "proposal") == {talking.topic.code: 2, b.code: 1}


def test_the_button_and_one_s_own_list(talking, client):
    talking.cast.sign_in(client, "chloe")
    page = reverse("deliberation:interest", args=[talking.event.slug, "propositions", talking.proposal.code])
    client.post(page, {"act": "say"})
    body = client.get(page).content.decode()
    assert "vous seule ou vous seul le voyez" in body
    mine = reverse("deliberation:interests", args=[talking.event.slug])
    assert talking.proposal.title.replace("'", "’") in client.get(mine).content.decode()
    assert talking.proposal.title.replace("'", "’") not in talking.cast.sign_in(Client(), "bruno").get(mine).content.decode()
    client.post(page, {"act": "forget"})
    assert Interest.objects.count() == 0


def test_no_public_page_tells_who_or_how_many(talking, client):
    page = reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])
    before = client.get(page).content
    for who in ("chloe", "bruno", "hugo"):
        mark(talking, who, talking.topic)
    STORE.clear()
    assert client.get(page).content == before
