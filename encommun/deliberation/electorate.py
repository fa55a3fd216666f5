"""Who votes: groups of people, as this package and those above describe them (``electorates.py``, a list ``ELECTORATES``)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from encommun.events.models import Event
from encommun.foundation.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Electorate:
    """A group of people who vote with an account.

    Attributes:
        includes: whether an actor is one of them.
        size: how many they are.
    """

    code: str
    name: str | Promise
    includes: Callable[[Actor, Event], bool]
    size: Callable[[Event], int]


@lru_cache(maxsize=1)
def electorates() -> dict[str, Electorate]:
    """Every group that a package describes, by its code."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("encommun.")]
    described = (
        group
        for config in ours
        if module_has_submodule(config.module, "electorates")
        for group in import_module(f"{config.name}.electorates").ELECTORATES
    )
    return {group.code: group for group in described}
