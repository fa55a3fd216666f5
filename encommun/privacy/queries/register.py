"""The register: what every package declares that it holds about people."""

from collections import defaultdict
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from encommun.foundation.holdings import Holding


def all_holdings() -> list[Holding]:
    """Every declaration, the upper packages first: what stands on an account goes before the account itself."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("encommun.")]
    return [
        holding
        for config in reversed(ours)
        if module_has_submodule(config.module, "personal_data")
        for holding in import_module(f"{config.name}.personal_data").HOLDINGS
    ]


def register() -> list[tuple[str, list[Holding]]]:
    """The holdings gathered by purpose, in the order in which people meet them."""
    by_purpose: dict[str, list[Holding]] = defaultdict(list)
    for holding in reversed(all_holdings()):
        by_purpose[str(holding.purpose)].append(holding)
    return list(by_purpose.items())
