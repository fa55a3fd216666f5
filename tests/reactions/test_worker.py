"""The worker: each entry is reacted to once; one that fails stops nobody."""

import pytest

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.journal.models import Entry
from encommun.journal.queries import broken_links
from encommun.reactions import worker
from encommun.reactions.table import DUTIES, TABLE
from tests.cast import NOW


@pytest.fixture
def table(monkeypatch, cast):
    Entry.objects.all().delete()
    rows = {}
    monkeypatch.setattr(worker, "TABLE", rows)
    return rows


def happened(cast, kind="events.tested"):
    return record(kind, actor=SYSTEM, at=NOW, event_id=cast.event.pk, about=cast.event)


def test_an_entry_is_reacted_to_once(table, cast):
    seen = []
    table["events.tested"] = (lambda entry: seen.append(entry.pk),)
    entry = happened(cast)
    assert (worker.react(), worker.react()) == (1, 0)
    assert seen == [entry.pk]


def test_a_reaction_that_fails_is_undone_and_stops_nobody(table, cast, caplog):
    seen = []

    def fails(entry):
        cast.event.name = "changed"
        cast.event.save()
        raise ValueError("broken")

    table["events.tested"] = (fails, lambda entry: seen.append(entry.pk))
    happened(cast)
    happened(cast)
    assert worker.react() == 2
    cast.event.refresh_from_db()
    assert (len(seen), cast.event.name) == (2, "Numérique en Commun[s]")
    assert "fails" in caplog.text


def test_what_has_no_reaction_is_noted_too(table, cast):
    happened(cast, "events.nothing_follows")
    assert worker.react() == 1
    assert Entry.objects.filter(reacted_at=None).count() == 0


def test_a_round_reacts_chains_and_sends(table, cast, monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", ())
    happened(cast)
    assert worker.Worker().round(NOW) == 2
    assert list(broken_links()) == []
    assert worker.Worker().round(NOW) == 0


def test_duties_are_done_at_their_pace(table, cast, monkeypatch):
    done = []
    monkeypatch.setattr(worker, "DUTIES", (("count", 3600.0, lambda at: done.append(at)),))
    one = worker.Worker()
    one.round(NOW)
    one.round(NOW)
    assert done == [NOW]


def test_once_does_the_duties_and_what_they_leave_then_ends(table, cast, monkeypatch):
    monkeypatch.setattr(worker, "DUTIES", (("leave work", 3600.0, lambda at: happened(cast)),))
    worker.run_once()
    assert Entry.objects.filter(reacted_at=None).count() == 0
    assert list(broken_links()) == []


def test_the_table_names_what_is_recorded_and_functions_that_explain_themselves():
    assert [kind for kind in TABLE if kind.count(".") != 1] == []
    assert [reaction.__name__ for row in TABLE.values() for reaction in row if not reaction.__doc__] == []
    assert len({name for name, _every, _duty in DUTIES}) == len(DUTIES)
