"""The open call and what people answer to it."""

from encommun.call.models.call import Call, Format
from encommun.call.models.composing import Extension, LateLink, Question
from encommun.call.models.decision import Decision
from encommun.call.models.merge import Closeness, Merge, MergeYes
from encommun.call.models.proposal import Author, Proposal, Recording, Revision
from encommun.call.models.report import ProposalReport
from encommun.call.models.review import Assignment, Choosing, Circumstances, Conflict, Criterion, PhaseBegun, Review
from encommun.call.models.search_text import SearchText
from encommun.call.models.suggestion import Reading, Suggestion
from encommun.call.models.together import Help, Invitation, Wanted

__all__ = [
    "Assignment",
    "Author",
    "Call",
    "Choosing",
    "Circumstances",
    "Closeness",
    "Conflict",
    "Criterion",
    "Decision",
    "Extension",
    "Format",
    "Help",
    "Invitation",
    "LateLink",
    "Merge",
    "MergeYes",
    "PhaseBegun",
    "Proposal",
    "ProposalReport",
    "Question",
    "Reading",
    "Recording",
    "Review",
    "Revision",
    "SearchText",
    "Suggestion",
    "Wanted",
]
