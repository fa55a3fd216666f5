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
