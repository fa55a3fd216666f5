"""Texts, times and names as other programmes write them."""

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from html.entities import name2codepoint
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import etree
from lxml import html as lxml_html

LOOKS_LIKE_HTML = re.compile(
    r"<(?:/?(?:p|br|a|ul|ol|li|strong|b|em|i|div|span|h[1-6]|pre|code|blockquote|table|img)\b[^>]*)/?>", re.I
)
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "tr"}
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
LONGEST_TITLE, LONGEST_ABSTRACT, LONGEST_NAME = 150, 6000, 120
LONGEST_LENGTH = 1e9
YEARS = range(1970, 2200)
#: The first three letters of months, without accents, in French, English and German; «juin» and «juil» have four.
MONTHS = {
    word: number
    for number, words in enumerate(
        ("jan", "fev feb", "mar", "avr apr", "mai may", "juin jun", "juil jul", "aou aug", "sep", "oct okt", "nov", "dec dez"), 1
    )
    for word in words.split()
}
UNITS = {
    1440: ("d", "j", "day", "days", "jour", "jours", "tag", "tage"),
    60: ("h", "hr", "hrs", "hour", "hours", "heure", "heures", "stunde", "stunden", "std"),
    1: ("m", "mn", "min", "mins", "minute", "minutes", "minuten", "'", "’"),
    1 / 60: ("s", "sec", "second", "seconds", "seconde", "secondes", "sekunden"),
}


def decoded(data: bytes) -> str:
    """A text file in whatever encoding: its mark, else UTF-8, else Windows-1252, which never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:200] and data[1:2] == b"\x00":
        return data.decode("utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def named_signs(text: str) -> str:
    """«&nbsp;» and «&eacute;» as signs: HTML has them, XML does not. What XML escapes itself stays."""

    def sign(match: re.Match[str]) -> str:
        name = match[1]
        return chr(name2codepoint[name]) if name in name2codepoint and name not in ("amp", "lt", "gt", "quot") else match[0]

    return re.sub(r"&([a-zA-Z]{2,8}\d?);", sign, text)


def plain(word: str) -> str:
    """A word in lower case, without accents or signs: «Start_Time» and «startTime» are one."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if c.isalnum())


def markdown_of(text: str) -> str:
    """HTML as Markdown; any other text as it is."""
    if not text or not LOOKS_LIKE_HTML.search(text):
        return html.unescape(text) if re.search(r"&(?:amp|lt|gt|quot|#\d+|nbsp);", text or "") else (text or "")
    try:
        root = lxml_html.fragment_fromstring(NOT_TEXT.sub("", text), create_parent="div")
    except (etree.LxmlError, ValueError):
        return re.sub(r"<[^>]+>", "", text)
    pieces: list[str] = []
    _write(root, pieces, 0)
    written = re.sub(r"[ \t]+\n", "\n", "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", written).strip()


NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _write(element: Any, pieces: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in ("script", "style") or depth > 60:
        return
    if tag == "br":
        pieces.append("\n")
    elif tag == "li":
        pieces.append("\n- ")
    elif tag in BLOCKS:
        pieces.append("\n\n")
    mark = MARKS.get(tag, "")
    link = element.get("href", "") if tag == "a" else ""
    link = link if re.match(r"https?://[^\s()]+$", link) else ""
    inside: list[str] = [re.sub(r"\s+", " ", element.text or "") if tag not in ("pre",) else element.text or ""]
    for child in element:
        _write(child, inside, depth + 1)
        inside.append(re.sub(r"\s+", " ", child.tail or ""))
    words = "".join(inside)
    if mark and words.strip():
        words = f"{mark}{words.strip()}{mark}"
    if link and words.strip() and words.strip() != link:
        words = f"[{words.strip()}]({link})"
    elif link:
        words = link
    pieces.append(words)
    if tag in BLOCKS:
        pieces.append("\n\n")


def joined(*texts: str) -> str:
    """Abstract, then description, each said once."""
    kept: list[str] = []
    for text in texts:
        said = markdown_of(text or "").strip()
        if said and not any(said in other for other in kept):
            kept = [other for other in kept if other not in said]
            kept.append(said)
    return "\n\n".join(kept)


def one_line(value: Any) -> str:
    """A word or a line, from a text, a number, or a text in several languages."""
    if isinstance(value, Mapping):
        for language in ("fr", "en", "de"):
            if value.get(language):
                return one_line(value[language])
        for name in ("name", "public_name", "fullName", "full_name", "title", "label"):
            if value.get(name):
                return one_line(value[name])
        return next((one_line(one) for one in value.values() if isinstance(one, str) and one), "")
    if value is None or isinstance(value, bool | list | tuple):
        return ""
    return re.sub(r"\s+", " ", NOT_TEXT.sub("", html.unescape(str(value)))).strip()


def paragraphs(value: Any) -> str:
    """A longer text, from a text or a text in several languages."""
    if isinstance(value, Mapping):
        value = next((value[language] for language in ("fr", "en", "de") if value.get(language)), "")
    return NOT_TEXT.sub("", value) if isinstance(value, str) else ""


def cut(text: str, length: int) -> str:
    """At most ``length`` signs, cut at a word."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:. ")[: length - 1] + "…"


def zone_of(name: str, default: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else default
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return default


def moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment as files write it: ISO with or without offset, «2018-09-13 9:30», «13/09/2018 9h30», «13 sept. 2018», seconds since
    1970 (or thousandths), {date, time, tz}.

    Years in which no gathering is are no moment: clocks cannot be moved on the first and the last day that there are.
    """
    if isinstance(value, Mapping):
        own = zone_of(str(value.get("tz", "")), zone)
        return moment(f"{value.get('date', '')}T{value.get('time', '')}", own)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(value)
    if not isinstance(value, str) or not 0 < len(value.strip()) < 80:
        return None
    text = re.sub(r" ?(?:UTC|GMT)$", "+00:00", value.strip())
    if re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return _since_1970(int(text))
    text = re.sub(r"([ T].*[+-]\d{2})$", r"\1:00", text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = _in_other_words(text)
        except (ValueError, OverflowError):
            return None
    if found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _in_other_words(text: str) -> datetime:
    """A moment that is not ISO.

    Raises:
        ValueError, OverflowError: nor is it anything else.
    """
    day, rest = _day_and_rest(text)
    if re.fullmatch(r"24[:hH]00(?::00)?", rest):
        return datetime.fromisoformat(day) + timedelta(days=1)
    has_offset = re.search(r"(?:[+-]\d{2}:?\d{2}|Z)$", rest)
    clock = None if has_offset else clock_in(rest)
    if clock is not None:
        rest = clock.isoformat()
    elif rest:
        rest = re.sub(r"^(\d):", r"0\1:", rest)
    return datetime.fromisoformat(f"{day}T{rest}" if rest else day)


def _since_1970(value: float) -> datetime | None:
    seconds = value / 1000 if value > 1e11 else value
    return datetime.fromtimestamp(seconds, UTC) if 1e8 < seconds < 7e9 else None  # before: a number, and no moment


ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
SHORT_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
WORDS_DAY = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|\.)?\s+([^\W\d_]{3,9})\.?,?\s+(\d{4})(?!\d)")
MONTH_DAY = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
WEEKDAY = re.compile(r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|son)[^\W\d_]*[.,]?\s+)", re.I)


def _day_and_rest(text: str) -> tuple[str, str]:
    """The day that a text begins with, in ISO, and what follows it."""
    match = WEEKDAY.match(text)
    if match and not MONTH_DAY.match(text):
        text = text[match.end() :]
    year = month = day = 0
    if match := ISO_DAY.match(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := SHORT_DAY.match(text):
        year, month, day = int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[2]), int(match[1])
        if month > 12 >= day:  # «9/13/2018»
            month, day = day, month
    elif match := WORDS_DAY.match(text):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    elif match := MONTH_DAY.match(text):
        year, month, day = int(match[3]), _month(match[1]), int(match[2])
    if match is None or not month:
        return "", text
    return f"{year:04}-{month:02}-{day:02}", re.sub(r"^(?:\s*(?:T|,|à|at|um|-|–)\s*|\s+)", "", text[match.end() :]).strip()


def _month(word: str) -> int:
    said = plain(word)
    return MONTHS.get(said[:4]) or MONTHS.get(said[:3]) or 0


def day_in(value: Any) -> date | None:
    found = moment(value, ZoneInfo("UTC")) if isinstance(value, str) else None
    return found.date() if found else None


def clock_in(value: Any) -> time | None:
    """«9:30», «09h30», «9 h», «0930», «2:30 PM», «9 am»."""
    text = str(value or "").strip()[:40]
    match = re.match(r"(\d{1,2})\s*[:hH.]\s*(\d{2})?(?::(\d{2}))?|(\d{2})(\d{2})$|(\d{1,2})(?=\s*[ap]\.?m)", text, re.I)
    if not match:
        return None
    hour, minute = int(match[1] or match[4] or match[6] or 0), int(match[2] or match[5] or 0)
    if half := re.match(r"(?:[.,]\d+)?\s*([ap])\.?\s?m\b", text[match.end() :], re.I):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[1] in "pP" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def length_in(value: Any, *, in_seconds: bool = False) -> int | None:
    """Minutes: from «01:30», «1h30», «1,5 h», «1 hour 30 minutes», «PT1H30M», «90», «1:02:00:00», 90."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return round(value / 60 if in_seconds else value) if abs(value) < LONGEST_LENGTH else None
    text = str(value).strip().lower()[:80]
    if re.search(r"\d{10}", text):  # no length that anybody means
        return None
    if match := re.fullmatch(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:[\d.]+s)?)?", text):
        return int(match[1] or 0) * 1440 + int(match[2] or 0) * 60 + int(match[3] or 0)
    if match := re.fullmatch(r"(?:(\d+)(?::| days?, ))?(\d+):(\d{2}):\d{2}", text):
        return int(match[1] or 0) * 1440 + int(match[2]) * 60 + int(match[3])
    if match := re.fullmatch(r"(\d+)\s*[:h]\s*(\d{2})(?:\s*m(?:in|n)?)?", text):
        return int(match[1]) * 60 + int(match[2])
    if match := re.fullmatch(r"\d+(?:[.,](\d+))?", text):
        number = float(text.replace(",", "."))
        if int(match[1] or 0) and number < 12 and not in_seconds:  # «1,5»: hours
            number *= 60
        return round(number / 60) if in_seconds else int(number)
    return _with_units(text)


def _with_units(text: str) -> int | None:
    """«1 hour 30 minutes», «1,5 h», «45m»."""
    total, at = 0.0, 0
    for match in re.finditer(r"[\s,]*(?:(?:and|et|und)\s+)?(\d+(?:[.,]\d+)?)\s*([^\W\d_]+|['’])\.?\s*", text):
        unit = next((minutes for minutes, words in UNITS.items() if match[2] in words), None)
        if match.start() != at or unit is None:
            return None
        total, at = total + float(match[1].replace(",", ".")) * unit, match.end()
    return round(total) if at and at == len(text) else None


def on_day(day: date, clock: time, change: time, zone: ZoneInfo) -> datetime:
    """A time of day on a day that changes at ``change``."""
    return datetime.combine(day + timedelta(days=clock < change), clock, tzinfo=zone)


PERSON = ("name", "publicname", "fullname", "fullpublicname", "displayname", "speakername", "nom")


def names_in(value: Any) -> list[str]:
    """Names from a text («A, B», «A; B», «1:A|2:B»), a list of texts, or a list of objects; each once."""
    if isinstance(value, str):
        pieces: list[Any] = re.split(r"\s*[;|\n]\s*", value) if re.search(r"[;|\n]", value) else re.split(r"\s*,\s*", value)
    elif isinstance(value, Mapping):
        pieces = [value]
    elif isinstance(value, list | tuple):
        pieces = list(value)
    else:
        pieces = []
    names = []
    for piece in pieces:
        if isinstance(piece, Mapping) and (piece.get("first_name") or piece.get("last_name")):
            name = one_line(f"{one_line(piece.get('first_name'))} {one_line(piece.get('last_name'))}")
        elif isinstance(piece, Mapping):
            known = {plain(str(key)): one for key, one in piece.items()}
            name = next((said for key in PERSON if (said := one_line(known.get(key)))), "")
        else:
            name = re.sub(r"^\d+:", "", one_line(piece))
        if name:
            names.append(cut(name, LONGEST_NAME))
    return list(dict.fromkeys(names))
