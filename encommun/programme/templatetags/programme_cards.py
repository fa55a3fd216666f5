"""The card of a session, drawn once in each language for a published version."""

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from encommun.events.models import Event
from encommun.programme.queries import Shown

register = template.Library()


@register.simple_tag
def session_card(event: Event, session: Shown, heading: str = "h4", with_day: bool = False) -> SafeString:
    """The card, as ``programme/card.html`` draws it. It says the same to everyone: a version never changes, so it is kept."""
    key = ("card", session.code, get_language(), heading, with_day)
    if key not in session.drawn:
        context = {"session": session, "event": event, "heading": heading, "with_day": with_day}
        session.drawn[key] = get_template("programme/card.html").render(context)
    return session.drawn[key]
