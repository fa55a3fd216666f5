"""Money is an integer number of cents, and euros. It is written as «35 €» or «35,50 €»."""

from django.utils.translation import get_language

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"


def in_words(cents: int, language: str | None = None) -> str:
    """An amount as people read it: 3500 -> «35 €», 123450 -> «1 234,50 €» (French), «€1,234.50» (English).

    French: U+202F groups thousands, U+00A0 stands before the sign (CLDR); English follows CLDR ``en-IE``.
    """
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    if (language or get_language() or "fr").startswith("fr"):
        whole = f"{euros:,}".replace(",", NARROW_SPACE)
        return f"{sign}{whole}{f',{rest:02}' if rest else ''}{SPACE}€"
    return f"{sign}€{euros:,}{f'.{rest:02}' if rest else ''}"


def as_decimal(cents: int) -> str:
    """An amount for programs: 3500 -> «35.00» (schema.org, CSV)."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"
