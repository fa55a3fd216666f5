"""What can be asked of the call and its proposals."""

from encommun.call.queries.accepted import accepted_proposals
from encommun.call.queries.choosing import ready_decisions, team_counts, team_proposal, team_proposals
from encommun.call.queries.mine import proposal_of_author, proposals_of
from encommun.call.queries.public import History, history_in_words, public_proposal, public_proposals

__all__ = [
    "History",
    "accepted_proposals",
    "history_in_words",
    "proposal_of_author",
    "proposals_of",
    "public_proposal",
    "public_proposals",
    "ready_decisions",
    "team_counts",
    "team_proposal",
    "team_proposals",
]
