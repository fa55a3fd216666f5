"""Dates and times as people read them, always in the event's zone: «jeudi 13 septembre 2018», «9 h 30»."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language

NBSP = "\u00a0"


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _number(day: date) -> str:
    return "1er" if _french() and day.day == 1 else str(day.day)


def day(value: date) -> str:
    """«jeudi 13 septembre 2018»; «Thursday 13 September 2018»."""
    return _day(value, get_language())


@lru_cache(4096)
def _day(value: date, _language: str | None) -> str:
    """Written once in each language: a page says the same few days again and again."""
    name = date_format(value, "l")
    rest = f"{_number(value)}{NBSP}{date_format(value, 'F')} {value.year}"
    return f"{name.lower() if _french() else name} {rest}"


def short_day(value: date) -> str:
    """«jeudi 13 septembre»; «Thursday 13 September»."""
    return day(value).rsplit(" ", 1)[0]


def shorter_day(value: date) -> str:
    """«jeu. 13 sept.» for where there is little room; «Thu 13 Sept.»."""
    name = date_format(value, "D").rstrip(".")
    month = date_format(value, "N")
    return f"{name.lower() + '.' if _french() else name} {_number(value)}{NBSP}{month}"


def span_of_days(first: date, last: date) -> str:
    """«13 et 14 septembre 2018», «du 30 septembre au 2 octobre 2025»; «13 and 14 September 2018», «30 September to 2 October 2025»."""
    month = date_format(last, "F")
    if first == last:
        return f"{_number(first)}{NBSP}{month} {last.year}"
    if (first.month, first.year) == (last.month, last.year):
        if (last - first).days == 1:
            word = "et" if _french() else "and"
            return f"{_number(first)} {word} {last.day}{NBSP}{month} {last.year}"
        words = ("du ", " au ") if _french() else ("", " to ")
        return f"{words[0]}{_number(first)}{words[1]}{last.day}{NBSP}{month} {last.year}"
    words = ("du ", " au ") if _french() else ("", " to ")
    year = "" if first.year == last.year else f" {first.year}"
    return f"{words[0]}{_number(first)}{NBSP}{date_format(first, 'F')}{year}{words[1]}{_number(last)}{NBSP}{month} {last.year}"


def clock_time(value: datetime, zone: ZoneInfo) -> str:
    """«9 h 30», «14 h»; «9:30», «14:00»."""
    local = value.astimezone(zone)
    if _french():
        return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")
    return f"{local.hour}:{local.minute:02}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """«jeudi 19 juillet 2018 à 23 h 59»; «Thursday 19 July 2018 at 23:59»."""
    word = "à" if _french() else "at"
    return f"{day(value.astimezone(zone).date())} {word} {clock_time(value, zone)}"
