"""When this happens, that follows. The whole list: there are no signals.

A function takes the journal entry and may be called again for the same one: it must then do nothing more
(letters have their ``dedupe``). It runs in a transaction of its own, after the commit of what happened.
"""

from collections.abc import Callable

from encommun.journal.models import Entry

type Reaction = Callable[[Entry], None]

TABLE: dict[str, tuple[Reaction, ...]] = {}

#: What is done again and again by the worker, beside reactions: name, seconds between two runs, function(at).
DUTIES: tuple[tuple[str, float, Callable[..., object]], ...] = ()
