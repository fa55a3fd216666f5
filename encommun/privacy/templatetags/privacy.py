"""The words of the law, for people."""

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

BASES = {
    "6.1.a": _("your consent"),
    "6.1.b": _("what you asked us to do"),
    "6.1.c": _("the law obliges us"),
    "6.1.e": _("a mission of public interest"),
    "6.1.f": _("our legitimate interest"),
}


@register.filter
def basis(code: str) -> str:
    """«6.1.b» -> «what you asked us to do (GDPR, article 6.1.b)»."""
    parts = code.split(",")
    words = ", ".join(str(BASES.get(part.strip(), part.strip())) for part in parts)
    return gettext("%(words)s (GDPR, article %(code)s)") % {"words": words, "code": code}


#: Where a consent is asked, by the name of the page (or its package).
DOORS = {
    "call:suggest": _("when you suggested other words"),
    "call": _("in the open call"),
    "commons": _("in the notes of a session"),
    "deliberation:join": _("when you asked to join the committee"),
    "deliberation": _("when you wrote a message"),
    "registration": _("with your pass"),
}


@register.filter
def door(name: str) -> str:
    """«call:draft» -> «in the open call»; a name that nobody put in words stays as it is."""
    return str(DOORS.get(name) or DOORS.get(name.partition(":")[0], name))
