"""When somebody can be at a gathering, when she would rather be, and where she speaks from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

type Spans = tuple[tuple[str, str], ...]  # pairs of ISO moments


@dataclass(frozen=True, kw_only=True)
class Presence:
    """What somebody says of her hours. Nothing said: at any time, on the spot.

    Attributes:
        available: the only hours when she can be there; they are always kept.
        wished: hours that she prefers; they are kept where that is possible.
        zone: the time zone that she speaks from, when she does not come (an IANA name).
    """

    available: Spans = ()
    wished: Spans = ()
    zone: str = ""


class WithPresence(models.Model):
    """Somebody who says her hours."""

    available = models.JSONField(default=list, blank=True)  # pairs of ISO moments when she can be there; none: at any time
    wished = models.JSONField(default=list, blank=True)  # pairs of ISO moments when she would rather be there
    zone = models.CharField(max_length=64, blank=True)  # speaks from afar, at these hours; empty: comes

    class Meta:
        abstract = True

    @property
    def presence(self) -> Presence:
        """What she says of her hours."""
        available, wished = (tuple((str(a), str(b)) for a, b in spans) for spans in (self.available, self.wished))
        return Presence(available=available, wished=wished, zone=self.zone)

    @presence.setter
    def presence(self, said: Presence) -> None:
        self.available = [list(span) for span in said.available]
        self.wished, self.zone = [list(span) for span in said.wished], said.zone

    @property
    def spans(self) -> list[tuple[datetime, datetime]]:
        """When she can be there; none: at any time."""
        return moments_of(self.available)

    @property
    def wished_spans(self) -> list[tuple[datetime, datetime]]:
        """When she would rather be there; none: at any time."""
        return moments_of(self.wished)


def moments_of(spans: Iterable[Iterable[str]]) -> list[tuple[datetime, datetime]]:
    """Spans as they are kept -> moments in order; spans that touch are one."""
    found: list[tuple[datetime, datetime]] = []
    for a, b in sorted((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in spans):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return found
