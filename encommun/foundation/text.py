"""The one place that cleans text typed by people, and the one that makes Markdown safe.

Stored text keeps plain spaces; the no-break ones of French typography are added when shown (``typography``).
"""

import re
import unicodedata
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Marks that reorder what follows (Unicode TR9): harmless in a paragraph, a disguise in a name.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
INVISIBLE = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD])


def clean_text(typed: str) -> str:
    """A paragraph as typed, without what no database or file can hold.

    NUL, lone surrogates and control characters go (tab and newline stay); line ends become «\\n»; NFC; outer spaces go.
    """
    if typed.isprintable():  # no control, no surrogate, no line end: nearly everything that people type on one line
        return unicodedata.normalize("NFC", typed).strip()
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", text).strip()


def clean_line(typed: str) -> str:
    """One line: a name, a title. As ``clean_text``, and no bidi controls, no invisible marks, single spaces."""
    text = clean_text(typed)
    if text.isprintable() and "  " not in text:  # marks that are not seen are not printable, nor any space but the plain one
        return text
    text = text.translate(BIDI_CONTROLS).translate(INVISIBLE)
    return re.sub(r"\s+", " ", text).strip()


def clean_email(typed: str) -> str:
    """An address, lower case. (The part before @ is case-sensitive in RFC 5321 and in no mail service that people use.)"""
    return clean_line(typed).lower()


ALLOWED_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h2", "h3", "h4", "h5", "h6", "hr"}


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})


def markdown(source: str, top: int = 3) -> SafeString:
    """Markdown as safe HTML: no raw HTML, links ``nofollow ugc``, headings that fit the page.

    Whatever level a text begins with, its highest heading becomes ``h<top>``, and no level is skipped below it.
    """
    html = _fit_headings(_markdown().render(source), top)
    safe = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(safe)  # noqa: S308 cleaned by nh3 on the line above


def _fit_headings(html: str, top: int) -> str:
    """Renumber headings: the outline of the text, closed up, from ``top`` on (at most h6)."""
    above: list[int] = []  # levels as typed, of the headings that the present one stands under

    def fit(heading: re.Match[str]) -> str:
        typed = int(heading[1])
        while above and above[-1] >= typed:
            above.pop()
        above.append(typed)
        level = min(top + len(above) - 1, 6)
        return f"<h{level}>{heading[2]}</h{level}>"

    return re.sub(r"<h([1-6])>(.*?)</h\1>", fit, html, flags=re.DOTALL)


_BEFORE_SIGNS = re.compile(r" (?=[;!?»])")
_BEFORE_COLON = re.compile(r" (?=[:€%])")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def typography(text: str) -> str:
    """French spaces that do not break: U+202F before ; ! ? » and after «, U+00A0 before : € %; the apostrophe of print. For display."""
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE_SIGNS.sub("\u202f", text).replace("« ", "«\u202f")
    return _BEFORE_COLON.sub("\u00a0", text)


def plain_start(source: str, length: int = 200) -> str:
    """The start of a Markdown text without its headings and marks, cut at a word: for lists, feeds and ``description``."""
    without_headings = re.sub(r"^#+ .*$", "", source, flags=re.MULTILINE).strip() or source
    text = re.sub(r"[*_`#>\[\]]|\(https?://[^)]*\)", "", without_headings)
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def harmless(typed: str) -> str:
    """Text typed by somebody, unable to make a link or a tag in a letter that leaves in our name."""
    return typed.replace("](", "] (").replace("<", "‹")
