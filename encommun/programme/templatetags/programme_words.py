"""Words of the programme in templates."""

from django import template

from encommun.programme.words import LANGUAGES, PARTS

register = template.Library()


@register.filter
def language_in_words(code: str) -> str:
    """«français»; a code that has no name here is shown as it is."""
    return str(dict(LANGUAGES).get(code, code))


@register.filter
def part_in_words(code: str) -> str:
    """«porte la séance», «prend des notes»."""
    return str(PARTS.get(code, code))
