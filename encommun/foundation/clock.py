"""The one clock. Every rule is told the time; doors ask it here.

With the setting ``today`` the clock plays another day (the demo runs in July 2018) and goes on from there at the pace
of the real one.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def _shift() -> timedelta:
    today: date | None = settings.CONFIG.today
    if today is None:
        return timedelta(0)
    return timedelta(days=(today - settings.STARTED_ON).days)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of ``day`` in ``zone``: a deadline «until 19 July» ends at 23:59:59 there."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Midnight at the start of ``day`` in ``zone``."""
    return datetime.combine(day, time(0), tzinfo=zone)
