"""A call sent twice acts once."""

import pytest

from encommun.foundation.refusals import NotAllowed
from encommun.journal.commands import once
from encommun.journal.commands.once import KeyUsedForAnother
from encommun.journal.models import IdempotentAnswer
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def call(key="k", request="r", scope="s", act=lambda: {"code": "A"}):
    return once(scope, key, request, at=NOW, act=act)


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
