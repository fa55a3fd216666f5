"""Messages, interests, the committee, and polls."""

from encommun.deliberation.models.comment import Comment, Follow, FormerWords, Reason, Report, Talk, TopicMove
from encommun.deliberation.models.committee import Committee, Meeting, Member, Resolution
from encommun.deliberation.models.interest import Interest
from encommun.deliberation.models.poll import Ballot, Grade, Poll, PollOption

__all__ = [
    "Ballot",
    "Comment",
    "Committee",
    "Follow",
    "FormerWords",
    "Grade",
    "Interest",
    "Meeting",
    "Member",
    "Poll",
    "PollOption",
    "Reason",
    "Report",
    "Resolution",
    "Talk",
    "TopicMove",
]
