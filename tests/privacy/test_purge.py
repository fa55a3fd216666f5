from datetime import timedelta

import pytest

from encommun.journal.models import IdempotentAnswer
from encommun.mailing.models import Letter
from encommun.people.commands import count_try, open_account
from encommun.people.models import Account, Tries
from encommun.privacy.commands import purge
from tests.cast import NOW
from tests.privacy.test_erasure import wrote

pytestmark = pytest.mark.django_db


def test_an_account_never_used_goes_after_thirty_days(cast):
    open_account(email="jamais@exemple.org", language="fr", at=NOW)
    purge(at=NOW + timedelta(days=29))
    assert Account.objects.filter(email="jamais@exemple.org").exists()
    assert purge(at=NOW + timedelta(days=31))["people.Account"] >= 1
    assert not Account.objects.filter(email="jamais@exemple.org").exists()


def test_an_account_that_something_stands_on_stays(cast):
    purge(at=NOW + timedelta(days=400))
    assert Account.objects.filter(pk=cast.driss.pk).exists()


def test_an_account_used_once_stays(cast):
    Account.objects.filter(pk=cast.chloe.pk).update(last_login=NOW)
    purge(at=NOW + timedelta(days=400))
    assert Account.objects.filter(pk=cast.chloe.pk).exists()


def test_letters_with_a_code_go_after_thirty_days(cast):
    wrote(cast)
    purge(at=NOW + timedelta(days=29))
    assert Letter.objects.count() == 1
    assert purge(at=NOW + timedelta(days=31))["mailing.Letter"] == 1
    assert Letter.objects.count() == 0


def test_other_letters_go_after_a_year(cast):
    wrote(cast)
    Letter.objects.update(kind="registration.pass_issued")
    purge(at=NOW + timedelta(days=364))
    assert Letter.objects.count() == 1
    purge(at=NOW + timedelta(days=366))
    assert Letter.objects.count() == 0


def test_counted_tries_go_after_a_day(cast):
    for seconds in (60, 3600):
        count_try(f"something.{seconds}", "somebody", at=NOW, most=5, seconds=seconds)
    purge(at=NOW + timedelta(hours=23))
    assert Tries.objects.count() == 2
    assert purge(at=NOW + timedelta(hours=26))["people.Tries"] == 2


def test_idempotent_answers_go_after_thirty_days(cast):
    IdempotentAnswer.objects.create(scope="account:1", key="k", request_hash="h", at=NOW)
    purge(at=NOW + timedelta(days=29))
    assert IdempotentAnswer.objects.count() == 1
    purge(at=NOW + timedelta(days=31))
    assert IdempotentAnswer.objects.count() == 0


def test_ended_sessions_go(cast, client):
    from datetime import UTC, datetime

    from django.contrib.sessions.models import Session

    cast.sign_in(client, "chloe")
    Session.objects.update(expire_date=datetime(2018, 1, 1, tzinfo=UTC))
    assert purge(at=NOW)["sessions.Session"] == 1


def test_purging_again_removes_nothing_more(cast):
    wrote(cast)
    purge(at=NOW + timedelta(days=400))
    assert set(purge(at=NOW + timedelta(days=400)).values()) == {0}
