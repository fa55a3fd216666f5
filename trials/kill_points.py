"""Where a process of the trial dies: named points of the purchase, wrapped from outside; the product knows nothing of them.

A point is armed by a file of its name in the folder of the trial; the process that reaches it first takes the file away and kills
itself with -9, as a machine that stops would.
"""

import importlib
import os
import signal
from pathlib import Path
from typing import Any

BOOK, SETTLE, TASKS = "encommun.registration.commands.book_passes", "encommun.payment.commands.settle", "encommun.payment.tasks"
LETTERS, LIST, WORKER = "encommun.payment.letters", "encommun.payment.commands.list_refund", "encommun.reactions.worker"

#: Name -> module, function, before or after it.
WEB = {
    "before the places are taken": (BOOK, "take_places", "before"),
    "after the places, before the commit": (BOOK, "take_places", "after"),
    "after the journal of a booking": (BOOK, "record", "after"),
    "booked, before the answer leaves": ("encommun.registration.api", "once", "after"),
    "before the provider is asked": (TASKS, "provider", "before"),
    "before money is written": (SETTLE, "write_ledger", "before"),
    "after money is written": (SETTLE, "write_ledger", "after"),
    "before the booking is confirmed": (SETTLE, "confirm_booking", "before"),
    "after the booking is confirmed, before the commit": (SETTLE, "confirm_booking", "after"),
    "settled, before the answer leaves": (TASKS, "settle", "after"),
}
OF_THE_WORKER = {
    "before a reaction": (WORKER, "_react_to_next", "before"),
    "after a reaction": (WORKER, "_react_to_next", "after"),
}


def arm(points: dict[str, tuple[str, str, str]]) -> None:
    """Wrap each function of the points."""
    folder = Path(os.environ["TRIAL_KILL_FOLDER"])
    for name, (module_name, function, when) in points.items():
        module = importlib.import_module(module_name)
        setattr(module, function, _wrapped(getattr(module, function), folder / file_of(name), when))


def file_of(point: str) -> str:
    """A point's file."""
    return point.replace(" ", "-").replace(",", "")


def _wrapped(real: Any, armed: Path, when: str) -> Any:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when == "before":
            _die_if(armed)
        answer = real(*args, **kwargs)
        if when == "after":
            _die_if(armed)
        return answer

    return wrapped


def _die_if(armed: Path) -> None:
    if armed.exists():
        try:
            armed.unlink()
        except FileNotFoundError:
            return  # another thread is dying of it
        os.kill(os.getpid(), signal.SIGKILL)


def forget_keys() -> None:
    """The mutant: an order sent twice is taken twice."""
    api = importlib.import_module("encommun.registration.api")
    api.once = lambda _scope, _key, _request, *, at, act: (act(), True)
