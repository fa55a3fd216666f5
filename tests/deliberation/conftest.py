"""A published proposal to talk about, and short ways to do it, all through the commands."""

from datetime import timedelta

import pytest

from encommun.call.topics import topic_of_proposal
from encommun.deliberation import commands
from encommun.deliberation.models import Comment
from encommun.deliberation.rules import COMMENT_LINK
from encommun.foundation.actor import Actor
from encommun.reactions.worker import react
from tests.call.conftest import Call
from tests.cast import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Talking:
    """What tests do with a topic."""

    def __init__(self, cast):
        self.cast, self.event, self.call = cast, cast.event, Call(cast)
        self.proposal = self.call.published()
        self.topic = topic_of_proposal(self.call.again(self.proposal), self.event)

    def another(self, **more):
        proposal = self.call.published(**more)
        return topic_of_proposal(self.call.again(proposal), self.event)

    def say(self, who="chloe", words="Et pour une petite commune ?", *, topic=None, at=NOW, **more) -> Comment:
        """Somebody with an account writes."""
        actor = self.cast.actor(who)
        return commands.write_comment(topic or self.topic, words=words, email=actor.email, actor=actor, at=at, **more)

    def begin(self, email="nora@x.example", words="Bonjour, j'ai une question.", *, at=NOW, **more) -> Comment:
        """Somebody without account writes."""
        return commands.write_comment(self.topic, words=words, email=email, actor=Actor(), at=at, **more)

    def holder(self, comment) -> Actor:
        return Actor(links=frozenset({(COMMENT_LINK, comment.code)}))

    def removed(self, who="chloe", **more) -> Comment:
        comment = self.say(who, **more)
        commands.remove_comment(comment, reason="attack", actor=self.cast.actor("aya"), at=NOW)
        return Comment.objects.get(pk=comment.pk)

    def react(self):
        while react():
            pass


@pytest.fixture
def talking(cast) -> Talking:
    return Talking(cast)
