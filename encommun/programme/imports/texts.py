"""Texts, times and names as other programmes write them."""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
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
    """A moment as files write it: ISO with or without offset, «2018-09-13 9:30», «13/09/2018 09:30», {date, time, tz}.

    Years in which no gathering is are no moment: clocks cannot be moved on the first and the last day that there are.
    """
    if isinstance(value, Mapping):
        own = zone_of(str(value.get("tz", "")), zone)
        return moment(f"{value.get('date', '')}T{value.get('time', '')}", own)
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip().replace(" UTC", "+00:00")
    text = re.sub(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})", lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}", text)
    text = re.sub(r"^(\d{4}-\d{2}-\d{2})[ T]+(\d):", r"\1T0\2:", text)
    text = re.sub(r"([+-]\d{2})$", r"\1:00", text) if "T" in text or " " in text else text
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year not in YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def day_in(value: Any) -> date | None:
    found = moment(value, ZoneInfo("UTC")) if isinstance(value, str) else None
    return found.date() if found else None


def clock_in(value: Any) -> time | None:
    """«9:30», «09h30», «9 h», «0930»."""
    match = re.fullmatch(r"\s*(\d{1,2})\s*[:hH.]\s*(\d{2})?(?::(\d{2}))?.*|\s*(\d{2})(\d{2})\s*", str(value or ""))
    if not match:
        return None
    hour, minute = int(match[1] or match[4] or 0), int(match[2] or match[5] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def length_in(value: Any, *, in_seconds: bool = False) -> int | None:
    """Minutes: from «01:30», «1h30», «PT1H30M», «90», «1:02:00:00», 90."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return round(value / 60 if in_seconds else value) if abs(value) < LONGEST_LENGTH else None
    text = str(value).strip().lower()
    if re.search(r"\d{10}", text):  # no length that anybody means
        return None
    if match := re.fullmatch(r"p(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:[\d.]+s)?)?", text):
        return int(match[1] or 0) * 1440 + int(match[2] or 0) * 60 + int(match[3] or 0)
    if match := re.fullmatch(r"(?:(\d+):)?(\d+):(\d{2}):\d{2}", text):
        return int(match[1] or 0) * 1440 + int(match[2]) * 60 + int(match[3])
    if match := re.fullmatch(r"(\d+)\s*[:h]\s*(\d{2})?(?:\s*min)?", text):
        return int(match[1]) * 60 + int(match[2] or 0)
    if match := re.fullmatch(r"(\d+)(?:[.,]\d+)?\s*(?:min(?:utes?)?|mn)?", text):
        return round(int(match[1]) / 60) if in_seconds else int(match[1])
    return None


def on_day(day: date, clock: time, change: time, zone: ZoneInfo) -> datetime:
    """A time of day on a day that changes at ``change``."""
    return datetime.combine(day + timedelta(days=clock < change), clock, tzinfo=zone)


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
            name = one_line(f"{piece.get('first_name') or ''} {piece.get('last_name') or ''}")
        elif isinstance(piece, Mapping):
            name = one_line(piece.get("name") or piece.get("public_name") or piece.get("fullName") or piece.get("full_name") or "")
        else:
            name = re.sub(r"^\d+:", "", one_line(piece))
        if name:
            names.append(cut(name, LONGEST_NAME))
    return list(dict.fromkeys(names))
