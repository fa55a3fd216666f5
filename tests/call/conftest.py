"""A call like the demo's, and short ways to bring a proposal to a given state, all through the commands."""

from datetime import timedelta

import pytest

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.models import Proposal
from encommun.call.queries import ready_decisions
from encommun.call.rules import LINK
from encommun.demo.steps.call import open_the_call
from encommun.foundation.actor import Actor
from tests.cast import NOW

FULL = Content(
    title="Une borne d'écoute pour la médiathèque",
    intention="Raconter comment nous l'avons faite, et ce qui n'a pas marché.",
    axis="lieux",
    format="atelier",
    minutes=90,
    participants_do="Démonter la borne, puis dessiner la leur.",
    participants_leave_with="Un plan et une liste d'achats.",
    needs="Deux tables et de l'électricité.",
    licence="CC-BY-SA-4.0",
)


def author_of(proposal: Proposal, email: str = "") -> Actor:
    """The visitor who holds the secret link of the first author, or of the one with that address."""
    authors = proposal.authors.filter(email=email) if email else proposal.authors.all()
    return Actor(links=frozenset({(LINK, authors[0].code)}))


class Call:
    """What tests do with the call of the cast's event."""

    def __init__(self, cast):
        self.cast, self.event = cast, cast.event
        open_the_call(cast.event)

    def draft(self, *, at=NOW, email="zoe@ailleurs.example", event=None) -> Proposal:
        typed = {"title": "Une borne", "intention": "", "email": email}
        return commands.start_draft(event or self.event, **typed, language="fr", actor=Actor(), at=at)

    def complete(self, content=FULL, **more) -> Proposal:
        proposal = self.draft(**more)
        commands.save_draft(proposal, content, version=1, actor=author_of(proposal), at=NOW)
        return proposal

    def published(self, content=FULL, *, at=NOW, **more) -> Proposal:
        proposal = self.complete(content, **more)
        commands.publish_proposal(proposal, version=proposal.version, actor=author_of(proposal), at=at)
        return proposal

    def decided(self, outcome="yes", **more) -> Proposal:
        proposal = self.published(**more)
        hugo = self.cast.actor("hugo")
        commands.decide(proposal, outcome=outcome, reason="Parce que cela manque.", actor=hugo, at=NOW)
        return proposal

    def release(self, *, at=NOW + timedelta(hours=1)) -> list[str]:
        read = {decision.proposal.code: decision.decided_at.isoformat() for decision in ready_decisions(self.event)}
        return commands.release_decisions(self.event, read=read, actor=self.cast.actor("hugo"), at=at)

    def offered(self, outcome="yes", **more) -> Proposal:
        proposal = self.decided(outcome, **more)
        self.release()
        return self.again(proposal)

    def again(self, proposal: Proposal) -> Proposal:
        """The same, read anew."""
        return Proposal.objects.select_related("event").get(pk=proposal.pk)

    def hold(self, client, proposal, email=""):
        """Put an author's secret link in the client's session, as opening her letter does."""
        session = client.session
        session["links"] = [*session.get("links", ()), *(list(pair) for pair in author_of(proposal, email).links)]
        session.save()
        return client


@pytest.fixture
def call(cast) -> Call:
    return Call(cast)
