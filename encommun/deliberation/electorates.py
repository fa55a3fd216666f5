"""The committee votes."""

from django.utils.translation import gettext_lazy as _

from encommun.deliberation.electorate import Electorate
from encommun.deliberation.queries import is_member, members_count

ELECTORATES = [Electorate(code="committee", name=_("The committee"), includes=is_member, size=members_count)]
