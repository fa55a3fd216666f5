"""What can be done with what people say."""

from encommun.deliberation.commands.be_interested import be_interested, confirm_interest, drop_interest, forget_interest
from encommun.deliberation.commands.change_comment import change_comment, withdraw_comment
from encommun.deliberation.commands.follow import follow, stop_following
from encommun.deliberation.commands.moderate import (
    keep_comment,
    let_in_comment,
    put_back_comment,
    remove_comment,
    report_comment,
    set_talk,
)
from encommun.deliberation.commands.move_topic import move_topic, move_topic_back
from encommun.deliberation.commands.run_committee import (
    answer_request,
    ask_to_join,
    end_place,
    introduce_member,
    leave_committee,
    note_meeting,
    note_resolution,
    set_committee,
)
from encommun.deliberation.commands.run_poll import cast_ballot, close_due_polls, close_poll, drop_poll, open_poll, prepare_poll
from encommun.deliberation.commands.send_digests import send_digests
from encommun.deliberation.commands.write_comment import confirm_comment, write_comment

__all__ = [
    "answer_request",
    "ask_to_join",
    "be_interested",
    "cast_ballot",
    "change_comment",
    "close_due_polls",
    "close_poll",
    "confirm_comment",
    "confirm_interest",
    "drop_interest",
    "drop_poll",
    "end_place",
    "follow",
    "forget_interest",
    "introduce_member",
    "keep_comment",
    "leave_committee",
    "let_in_comment",
    "move_topic",
    "move_topic_back",
    "note_meeting",
    "note_resolution",
    "open_poll",
    "prepare_poll",
    "put_back_comment",
    "remove_comment",
    "report_comment",
    "send_digests",
    "set_committee",
    "set_talk",
    "stop_following",
    "withdraw_comment",
    "write_comment",
]
