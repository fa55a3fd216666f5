"""Answers for pages that show several packages."""

from encommun.web.queries.at_a_glance import Glance, at_a_glance
from encommun.web.queries.axis import AxisPage, axis_page
from encommun.web.queries.controllers import Controllers, controllers_of
from encommun.web.queries.structured import structured_event
from encommun.web.queries.to_do import ToDo, to_do_of

__all__ = [
    "AxisPage",
    "Controllers",
    "Glance",
    "ToDo",
    "at_a_glance",
    "axis_page",
    "controllers_of",
    "structured_event",
    "to_do_of",
]
