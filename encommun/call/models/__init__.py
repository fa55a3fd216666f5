"""The open call and what people answer to it."""

from encommun.call.models.call import Call, Format
from encommun.call.models.decision import Decision
from encommun.call.models.proposal import Author, Proposal, Revision

__all__ = ["Author", "Call", "Decision", "Format", "Proposal", "Revision"]
