import pytest

from encommun.journal.models import Entry
from encommun.registration import refusals
from encommun.registration.commands import begin_trial, end_trial
from encommun.registration.models import Quota
from encommun.registration.queries import offer_of
from tests.cast import NOW
from tests.registration.desk import book, open_sale


def test_a_trial_is_for_the_team_and_is_swept_away(cast):
    event, farid = cast.event, cast.actor("farid")
    open_sale(event, places=5)
    begin_trial(event, actor=farid, at=NOW)
    with pytest.raises(refusals.OnTrial):
        book(event)
    assert isinstance(offer_of(event, NOW)[1], refusals.OnTrial)
    tried = book(event, actor=farid)
    assert (tried.is_test, tried.state, tried.payment_method) == (True, "confirmed", "free")
    assert not Entry.objects.filter(kind="registration.passes_booked").exists()
    assert end_trial(event, actor=farid, at=NOW) == 1
    tried.refresh_from_db()
    assert (tried.state, list(Quota.objects.filter(event=event).values_list("taken", flat=True))) == ("cancelled", [0, 0])
    book(event)
    with pytest.raises(refusals.TrialOver):
        begin_trial(event, actor=farid, at=NOW)
