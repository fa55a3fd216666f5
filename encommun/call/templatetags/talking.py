"""A proposal as something that people talk about, in templates."""

from django import template

from encommun.call.models import Proposal
from encommun.call.topics import topic_of_proposal
from encommun.deliberation.topic import Topic

register = template.Library()


@register.simple_tag
def topic_of(proposal: Proposal) -> Topic:
    """What ``deliberation`` shows of it: messages, «I am interested»."""
    return topic_of_proposal(proposal, proposal.event)
