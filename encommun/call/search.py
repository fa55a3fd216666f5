"""Finding proposals by words, and those that are close: one interface, the same words on both databases.

Texts are cut into stems here (accents, case and apostrophes fall; «·» and what follows it too; French endings by the Snowball
stemmer), so that «médiatrices numériques» is found by «mediatrice numerique» whatever the database has installed.
SQLite searches the stems with FTS5, PostgreSQL with its full text (``simple``). See docs/decisions/0009-search-in-stems.md.
"""

import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable

import snowballstemmer
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from encommun.call.models import Proposal, SearchText
from encommun.events.models import Event

TEXTS = ("title", "intention", "participants_do", "participants_leave_with", "needs", "format_described")
MOST_WORDS = 8  # of a query
TELLING = 24  # stems of a text that stand for it when close ones are looked for
CLOSE = 0.3  # cosine from which two texts are said to be close; tried on the demo and on real programmes
STOP = frozenset(
    [
        "a",
        "afin",
        "ai",
        "ainsi",
        "alors",
        "and",
        "apres",
        "as",
        "au",
        "aucun",
        "aussi",
        "autre",
        "autres",
        "aux",
        "avant",
        "avec",
        "avoir",
        "avons",
        "bien",
        "car",
        "ce",
        "ceci",
        "cela",
        "celles",
        "celui",
        "ces",
        "cet",
        "cette",
        "ceux",
        "chaque",
        "chez",
        "ci",
        "comme",
        "comment",
        "contre",
        "d",
        "dans",
        "de",
        "des",
        "deux",
        "dire",
        "dit",
        "dont",
        "du",
        "elle",
        "elles",
        "en",
        "encore",
        "ensemble",
        "entre",
        "est",
        "et",
        "etes",
        "etre",
        "eux",
        "faire",
        "fait",
        "faut",
        "for",
        "font",
        "ici",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lors",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "meme",
        "memes",
        "mes",
        "mieux",
        "moins",
        "mon",
        "n",
        "ne",
        "ni",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "ou",
        "par",
        "parce",
        "pas",
        "peu",
        "peut",
        "peuvent",
        "plus",
        "plusieurs",
        "pour",
        "pourquoi",
        "propose",
        "proposons",
        "puis",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "sans",
        "se",
        "sera",
        "ses",
        "seulement",
        "si",
        "sommes",
        "son",
        "sont",
        "sous",
        "souvent",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "the",
        "this",
        "to",
        "tous",
        "tout",
        "toute",
        "toutes",
        "tres",
        "trois",
        "trop",
        "tu",
        "un",
        "une",
        "uns",
        "vers",
        "voici",
        "votre",
        "vos",
        "vous",
        "with",
        "y",
    ]
)
_local = threading.local()


def stems_of(text: str) -> list[str]:
    """The stems of a text, in its order, without little words."""
    text = re.sub(r"(\w+)teurs?·t?rices?", r"\1teur \1trice", text)
    text = re.sub(r"[·•‧]\w+", "", text)
    words = [word for word in re.findall(r"\w+", fold(text)) if len(word) > 1 and word not in STOP]
    stemmer = _local.__dict__.setdefault("stemmer", snowballstemmer.stemmer("french"))
    return stemmer.stemWords(words)


def fold(text: str) -> str:
    """Lower case without accents: «Médiathèque» and «mediatheque» are one word to somebody who searches."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")


def index(proposal: Proposal) -> None:
    """Put a proposal in the index as it is now. Commands call it whenever a text is saved."""
    stems = " ".join(stems_of("\n".join(getattr(proposal, name) for name in TEXTS)))
    SearchText.objects.update_or_create(proposal=proposal, defaults={"stems": stems})


def with_words(found: QuerySet[Proposal], words: str) -> QuerySet[Proposal]:
    """Those whose text has every word, or a word that begins so."""
    stems = stems_of(words)[:MOST_WORDS]
    return found.filter(pk__in=_matching(stems, "AND")) if stems else found


def close_to(proposal: Proposal, *, most: int = 3) -> list[Proposal]:
    """Published proposals that treat the same thing, the closest first. Two statements; nobody is shown a score."""
    own = getattr(SearchText.objects.filter(proposal=proposal).first(), "stems", "").split()
    telling = _telling(own, stems_of(proposal.title))
    if len(telling) < 4:
        return []
    found = Proposal.objects.filter(event_id=proposal.event_id, state=Proposal.State.PUBLISHED).exclude(pk=proposal.pk)
    found = found.filter(pk__in=_ranked(telling)).select_related("axis", "search_text")
    rows = list(found[:60])
    weights = _weights([own, *(one.search_text.stems.split() for one in rows)])
    scored = [(_cosine(own, one.search_text.stems.split(), weights), one) for one in rows]
    return [one for score, one in sorted(scored, key=lambda pair: -pair[0]) if score >= CLOSE][:most]


def close_pairs(event: Event, *, most: int = 40) -> list[tuple[Proposal, Proposal]]:
    """Pairs of published proposals that look close, the closest first, for the team. At most the last thousand are compared."""
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).select_related("axis", "search_text")
    rows = [one for one in found.order_by("-published_at")[:1000] if hasattr(one, "search_text")]
    texts = [one.search_text.stems.split() for one in rows]
    weights = _weights(texts)
    vectors = [_vector(text, weights) for text in texts]
    by_stem: dict[str, list[int]] = {}
    for n, vector in enumerate(vectors):
        for stem in vector:
            by_stem.setdefault(stem, []).append(n)
    scores: Counter[tuple[int, int]] = Counter()
    for stem, holders in by_stem.items():
        if len(holders) > max(8, len(rows) // 5):
            continue  # a word that so many use tells nothing
        for i, a in enumerate(holders):
            for b in holders[i + 1 :]:
                scores[a, b] += vectors[a][stem] * vectors[b][stem]
    return [(rows[a], rows[b]) for (a, b), score in scores.most_common(most) if score >= CLOSE]


def _telling(own: list[str], title: list[str]) -> list[str]:
    often = [stem for stem, _n in Counter(own).most_common(TELLING)]
    return list(dict.fromkeys([*title, *often]))[:TELLING]


def _weights(texts: Iterable[list[str]]) -> dict[str, float]:
    """How telling each stem is: rare ones more."""
    sets = [set(text) for text in texts]
    seen = Counter(stem for text in sets for stem in text)
    return {stem: math.log((1 + len(sets)) / n) for stem, n in seen.items()}


def _vector(text: list[str], weights: dict[str, float]) -> dict[str, float]:
    raw = {stem: (1 + math.log(n)) * weights.get(stem, 0.0) for stem, n in Counter(text).items()}
    length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
    return {stem: value / length for stem, value in raw.items()}


def _cosine(one: list[str], other: list[str], weights: dict[str, float]) -> float:
    a, b = _vector(one, weights), _vector(other, weights)
    return sum(value * b[stem] for stem, value in a.items() if stem in b)


def _matching(stems: list[str], word: str) -> RawSQL:
    """Keys of proposals that have all the stems (AND) or one (OR); a stem also finds the words that begin so."""
    if connection.vendor == "postgresql":
        query = (" & " if word == "AND" else " | ").join(f"'{stem}':*" for stem in stems)
        sql = "SELECT proposal_id FROM call_searchtext WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', %s)"
        return RawSQL(sql, [query])  # noqa: S611 stems are letters and digits, given as a value
    query = f" {word} ".join(f'"{stem}"*' for stem in stems)
    return RawSQL("SELECT rowid FROM call_search WHERE call_search MATCH %s", [query])


def _ranked(stems: list[str]) -> RawSQL:
    """Keys of the sixty that share most with the stems."""
    if connection.vendor == "postgresql":
        query = " | ".join(f"'{stem}'" for stem in stems)
        sql = (
            "SELECT proposal_id FROM call_searchtext, to_tsquery('simple', %s) query WHERE to_tsvector('simple', stems) @@ query "
            "ORDER BY ts_rank(to_tsvector('simple', stems), query) DESC LIMIT 60"
        )
        return RawSQL(sql, [query])  # noqa: S611 the same
    query = " OR ".join(f'"{stem}"' for stem in stems)
    return RawSQL("SELECT rowid FROM call_search WHERE call_search MATCH %s ORDER BY rank LIMIT 60", [query])
