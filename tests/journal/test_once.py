"""A call sent twice acts once."""

import pytest

from encommun.foundation.refusals import NotAllowed
from encommun.foundation.together import run
from encommun.journal.commands import once
from encommun.journal.commands.once import KeyUsedForAnother
from encommun.journal.models import IdempotentAnswer, PublicStamp
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def call(key="k", request="r", scope="s", act=lambda: {"code": "A"}, **more):
    return once(scope, key, request, at=NOW, act=act, **more)


def test_another_request_with_the_same_key_is_refused():
    call()
    with pytest.raises(KeyUsedForAnother):
        call(request="other")


def test_a_refused_call_leaves_the_key_free():
    def refuse():
        raise NotAllowed()

    with pytest.raises(NotAllowed):
        call(act=refuse)
    assert not IdempotentAnswer.objects.exists()
    assert call() == ({"code": "A"}, True)


def test_the_second_call_gets_the_answer_of_the_first_and_does_nothing():
    done = []
    assert call(act=lambda: done.append(1) or {"code": "A"}) == ({"code": "A"}, True)
    assert call(act=lambda: done.append(1) or {"code": "B"}) == ({"code": "A"}, False)
    assert done == [1]


def test_a_key_belongs_to_whoever_used_it():
    call()
    assert call(scope="another", request="other", act=lambda: {"code": "B"}) == ({"code": "B"}, True)


@pytest.mark.django_db(transaction=True)
def test_what_leaves_in_one_message_is_undone_whole_when_the_key_came_before():
    def act(code):
        run("INSERT INTO journal_publicstamp (event_id, stamp) VALUES (%s, 1)", [code])
        return {"code": code}

    kept = {"in_one_message": True}
    assert call(act=lambda: act(901), **kept) == ({"code": 901}, True)
    assert call(act=lambda: act(902), **kept) == ({"code": 901}, False)
    with pytest.raises(KeyUsedForAnother):
        call(act=lambda: act(903), request="other", **kept)
    assert list(PublicStamp.objects.values_list("event_id", flat=True)) == [901]
