"""What is said of a topic, on the page of any package."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from encommun.deliberation.models import Comment
from encommun.deliberation.queries import talk_of, threads_on
from encommun.deliberation.rules import may_comment
from encommun.deliberation.topic import Topic
from encommun.foundation import clock

register = template.Library()


@register.simple_tag
def talk_on(topic: Topic) -> dict[str, Any]:
    """The first page of what is said of a topic, and whether people may write."""
    return {"talked": threads_on(topic), "may_write": may_comment(topic, talk_of(topic.event, topic.kind), clock.now())}


@register.simple_tag
def writer_of(comment: Comment, topic: Topic | None = None) -> str:
    """The name of who consented to it; everybody else is «a person»."""
    hidden = topic is not None and topic.hides_names and comment.is_of_its_people
    return comment.author_name if comment.name_is_public and comment.author_name and not hidden else _("a person")


@register.simple_tag
def words_of(comment: Comment, topic: Topic | None = None) -> str:
    """What it says, without names while they must not be known."""
    return topic.hide(comment.words) if topic is not None else comment.words


@register.filter
def of(found: dict[str, Any], key: str) -> Any:
    """What a dictionary holds under a key, or nothing."""
    return found.get(key, "")
