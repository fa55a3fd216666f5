"""What people type, cleaned; what they write in Markdown, made safe."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encommun.foundation import text

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_clean_text_can_be_stored_anywhere_and_is_stable(typed):
    clean = text.clean_text(typed)
    clean.encode()
    assert not set(clean) & {"\x00", "\r"}
    assert unicodedata.is_normalized("NFC", clean)
    assert text.clean_text(clean) == clean


@given(ANYTHING)
def test_a_line_is_one_line_without_disguise(typed):
    line = text.clean_line(typed)
    assert "\n" not in line
    assert "  " not in line
    assert not set(map(ord, line)) & (set(text.BIDI_CONTROLS) | set(text.INVISIBLE))
    assert text.clean_line(line) == line


@given(ANYTHING)
def test_markdown_is_safe_whatever_is_typed(typed):
    html = text.markdown(text.clean_text(typed)).lower()
    assert "<script" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://ailleurs.example/p.png)",
        "[x](data:text/html,x)",
        '<a href="https://x" onclick="y">x</a>',
    ],
)
def test_known_attacks_become_text(source):
    html = text.markdown(source)
    assert not any(f"<{tag}" in html for tag in ("script", "img", "iframe"))
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_headings_go_below_those_of_the_page():
    assert text.markdown("# Un\n\n###### Six\n\n# Un") == "<h3>Un</h3>\n<h4>Six</h4>\n<h3>Un</h3>\n"
    assert text.markdown("### Trois\n\n# Un", 2) == "<h2>Trois</h2>\n<h2>Un</h2>\n"


def test_french_signs_do_not_break():
    assert text.typography("« Oui ! » : 35 €") == "«\u202fOui\u202f!\u202f»\u00a0: 35\u00a0€"


def test_an_address_is_lower_case():
    assert text.clean_email("  Chloe@Association.EXAMPLE ") == "chloe@association.example"


def test_a_start_is_cut_at_a_word():
    assert text.plain_start("**Un** texte assez long", 12) == "Un texte…"
    assert text.plain_start("## Pourquoi\n\nUn texte.") == "Un texte."
