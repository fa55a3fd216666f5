"""The nightly purge: what is past its delay goes by itself."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from encommun.privacy.queries import all_holdings


def purge(*, at: datetime) -> dict[str, int]:
    """Run every purge that a holding declares; answer how many rows went, by model. One transaction a holding."""
    done: dict[str, int] = {}
    for holding in all_holdings():
        if holding.purge is not None:
            done[holding.model] = _one(holding.purge, at)
    return done


@transaction.atomic
def _one(purge: Callable[..., int], at: datetime) -> int:
    return purge(at=at)
