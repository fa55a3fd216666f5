"""Components refuse what they did not declare, and escape what people typed."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from encommun.ui.components import COMPONENTS
from encommun.ui.templatetags.ui import brackets, json_ld


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_an_unknown_component_names_those_that_exist():
    with pytest.raises(TemplateSyntaxError, match="there are"):
        Template('{% show "carousel" %}')


def test_an_unknown_prop_names_those_that_exist():
    with pytest.raises(TemplateSyntaxError, match=r"unknown prop \['colour'\]; it accepts"):
        Template('{% show "tag" text="x" colour="red" %}')


def test_a_missing_prop_is_refused():
    with pytest.raises(TemplateSyntaxError, match="is missing"):
        Template('{% show "tag" %}')


def test_an_unknown_slot_is_refused():
    with pytest.raises(TemplateSyntaxError, match="unknown slot"):
        Template('{% ui "card" title="x" %}{% slot "corner" %}{% endslot %}{% endui %}')


def test_props_are_escaped():
    assert drawn('{% show "tag" text=text %}', text="<b>") == '<span class="tag">&lt;b&gt;</span>\n'


def test_every_component_is_shown_in_the_gallery(client, db):
    page = client.get("/ui/")
    source = "".join(template.source for template in page.templates if template.name == "ui/gallery.html")
    assert {name for name in COMPONENTS if f'"{name}"' not in source} == set()


def test_the_brackets_of_a_name_are_set_apart_and_the_rest_is_escaped():
    assert brackets("<i>Commun[s]") == '&lt;i&gt;Commun<span class="mark">[s]</span>'


def test_structured_data_cannot_close_its_element():
    assert json_ld({"name": "</script><b>&"}) == (
        '<script type="application/ld+json">{"name": "\\u003C/script\\u003E\\u003Cb\\u003E\\u0026"}</script>'
    )
