"""Template tags of the design system: components, amounts, dates, typography. Loaded everywhere."""

import json
import re
from datetime import datetime
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from encommun.foundation import licences, money, text
from encommun.ui import dates
from encommun.ui.components import Component, find

register = template.Library()


class SlotNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        return ""


class ComponentNode(Node):
    def __init__(self, component: Component, props: dict[str, FilterExpression], body: NodeList) -> None:
        self.component, self.props = component, props
        self.slots = {node.name: node.nodelist for node in body if isinstance(node, SlotNode)}
        self.body = NodeList(node for node in body if not isinstance(node, SlotNode))
        component.check(set(props), set(self.slots))

    def render(self, context: Context) -> SafeString:
        values = self.component.props | {name: value.resolve(context) for name, value in self.props.items()}
        values |= {
            "slot": mark_safe(self.body.render(context).strip()),  # noqa: S308 rendered by the template itself
            "slots": {name: mark_safe(nodes.render(context).strip()) for name, nodes in self.slots.items()},  # noqa: S308
        }
        found = context.template.engine.get_template(self.component.template_name)
        inner = context.new(values)
        for shared in ("request", "csrf_token", "csp_nonce"):
            if shared in context:
                inner[shared] = context[shared]
        return found.render(inner)


def _declared(parser: Parser, token: Token) -> tuple[Component, dict[str, FilterExpression]]:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise TemplateSyntaxError(f"{tag}: the first argument is the component's name in quotes")
    props = token_kwargs(rest := bits[1:], parser)
    if rest:
        raise TemplateSyntaxError(f"{tag} {bits[0]}: props are given as name=value, not {rest}")
    return find(bits[0][1:-1]), props


@register.tag("ui")
def ui(parser: Parser, token: Token) -> ComponentNode:
    """A component with a body: ``{% ui "notice" kind="success" %}…{% endui %}``."""
    component, props = _declared(parser, token)
    body = parser.parse(("endui",))
    parser.delete_first_token()
    return ComponentNode(component, props, body)


@register.tag("show")
def show(parser: Parser, token: Token) -> ComponentNode:
    """A component without a body: ``{% show "tag" text=axis.title %}``."""
    component, props = _declared(parser, token)
    return ComponentNode(component, props, NodeList())


@register.tag("slot")
def slot(parser: Parser, token: Token) -> SlotNode:
    """A named slot inside a component's body."""
    bits = token.split_contents()
    body = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[1].strip("\"'"), body)


@register.filter
def euros(cents: int) -> str:
    """3500 -> «35 €»."""
    return money.in_words(cents)


@register.filter
def exact(moment: datetime) -> str:
    """A moment for ``datetime="…"``: HTML knows three digits of a second, databases six."""
    return moment.isoformat(timespec="seconds")


@register.filter
def typo(value: Any) -> str:
    """French no-break spaces, for display. The answer is escaped as usual afterwards."""
    return text.typography(str(value))


@register.filter
def brackets(value: Any) -> SafeString:
    """A name whose square brackets are set apart, as in «Numérique en Commun[s]»."""
    marked = re.sub(r"\[[^\]]*\]", r'<span class="mark">\g<0></span>', conditional_escape(typo(value)))
    return mark_safe(marked)  # noqa: S308 escaped on the line above


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data for machines: a data block, which no browser runs; nothing in it can close the element."""
    body = json.dumps(data, ensure_ascii=False).translate({ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"})
    return mark_safe(f'<script type="application/ld+json">{body}</script>')  # noqa: S308 escaped on the line above


@register.filter(is_safe=True)
def markdown(source: str, top: int = 3) -> SafeString:
    """Markdown typed by people, made safe; its highest heading becomes ``h<top>``."""
    return text.markdown(str(source), top)


@register.filter
def plain_start(source: str, length: int = 200) -> str:
    """The start of a Markdown text, as plain text."""
    return text.plain_start(str(source), length)


@register.filter
def licence(code: str) -> licences.Licence | None:
    """The licence of an SPDX code: ``{{ resource.licence|licence }}`` has ``name``, ``url``, ``in_short``."""
    return licences.LICENCES.get(code)


register.filter("day", dates.day)
register.filter("short_day", dates.short_day)
register.filter("shorter_day", dates.shorter_day)
register.simple_tag(dates.span_of_days, name="span_of_days")
register.simple_tag(dates.moment, name="moment")
register.simple_tag(dates.clock_time, name="clock_time")
