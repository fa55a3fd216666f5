"""The worker: chains the journal, reacts to what happened, sends letters, and does what is due.

Any number of workers may run: each row is claimed by one of them (SKIP LOCKED on PostgreSQL; SQLite has one writer).
"""

import logging
import signal
import threading
import time
from datetime import datetime

from django.db import close_old_connections, connection, transaction

from encommun.foundation import clock
from encommun.journal.commands import chain_entries
from encommun.journal.models import Entry
from encommun.mailing.commands import send_letters
from encommun.reactions.table import DUTIES, TABLE

log = logging.getLogger("encommun.worker")
PAUSE = 0.3  # seconds between two looks when there is nothing to do
MOST_TRIES = 5


def react(most: int = 200) -> int:
    """React to entries not reacted to yet; answer how many. One transaction an entry, none when nothing waits."""
    if not Entry.objects.filter(reacted_at=None).exists():
        return 0
    done = 0
    while done < most and _react_to_next():
        done += 1
    return done


@transaction.atomic
def _react_to_next() -> bool:
    waiting = Entry.objects.filter(reacted_at=None).order_by("id")
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(skip_locked=True)
    entry = waiting.first()
    if entry is None:
        return False
    for reaction in TABLE.get(entry.kind, ()):
        try:
            with transaction.atomic():
                reaction(entry)
        except Exception:
            # The sweep is the entry itself: it is noted as done, the failure is logged with its number, and
            # «encommun react ENTRY» runs it again once the cause is mended.
            log.exception("Reaction %s to entry %s failed", reaction.__name__, entry.pk)
    entry.reacted_at = clock.now()
    entry.save(update_fields=["reacted_at"])
    return True


class Worker:
    """The loop; ``stop`` ends it after the present round."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._due = {name: 0.0 for name, _every, _duty in DUTIES}

    def stop(self, *_signal: object) -> None:
        self._stop.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self._stop.is_set():
            try:
                busy = self.round(clock.now())
            except Exception:  # the database went away: say so, and try again
                log.exception("The worker's round failed")
                busy = 0
            close_old_connections()
            if not busy:
                self._stop.wait(PAUSE)

    def round(self, at: datetime) -> int:
        """One round; answer how much was done."""
        done = react() + chain_entries() + send_letters(at=at)
        for name, every, duty in DUTIES:
            if time.monotonic() >= self._due[name]:
                self._due[name] = time.monotonic() + every
                duty(at=at)
        return done


def run_once() -> None:
    """Do every duty that is due and all that waits, then end."""
    worker = Worker()
    worker.round(clock.now())  # the duties of this round leave work to the next
    while worker.round(clock.now()):
        pass


def run_until_told() -> None:
    """Run a worker in this process until SIGTERM or SIGINT."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
