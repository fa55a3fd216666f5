"""Who has a pass, as the packages above tell it (``holders.py``, a function ``find_holder``): imports only go down."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from encommun.events.models import Event
from encommun.foundation.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody with a valid pass: the address it came with, and its days (ISO dates)."""

    email: str
    days: frozenset[str]


class FindHolder(Protocol):
    """Find whose pass it is: by the code written under the square of the pass, else by who acts."""

    def __call__(self, event: Event, actor: Actor, code: str = "") -> Holder | None: ...


@lru_cache(maxsize=1)
def _finders() -> tuple[FindHolder, ...]:
    ours = [config for config in apps.get_app_configs() if config.name.startswith("encommun.")]
    found = [config for config in ours if module_has_submodule(config.module, "holders") and config.label != "programme"]
    return tuple(import_module(f"{config.name}.holders").find_holder for config in found)


def holder_of(event: Event, actor: Actor, code: str = "") -> Holder | None:
    """The holder of a pass of the gathering, or None."""
    return next((held for find in _finders() if (held := find(event, actor, code)) is not None), None)
