"""Answers for pages that show several packages."""

from encommun.web.queries.at_a_glance import Glance, at_a_glance
from encommun.web.queries.axis import AxisPage, axis_page
from encommun.web.queries.structured import structured_event
from encommun.web.queries.to_do import ToDo, to_do_of

__all__ = ["AxisPage", "Glance", "ToDo", "at_a_glance", "axis_page", "structured_event", "to_do_of"]
