"""What can be done with the call and its proposals."""

from encommun.call.commands.answer_help import answer_help
from encommun.call.commands.answer_invitation import answer_invitation
from encommun.call.commands.answer_offer import answer_offer, show_reason
from encommun.call.commands.answer_suggestion import decline_suggestion, take_suggestion
from encommun.call.commands.ask_for_links import ask_for_links
from encommun.call.commands.bring_proposals import Brought, bring_proposals
from encommun.call.commands.compose_call import (
    FormatText,
    QuestionText,
    copy_call,
    end_late_link,
    make_late_link,
    remove_format,
    remove_question,
    write_call,
    write_format,
    write_question,
)
from encommun.call.commands.decide import decide
from encommun.call.commands.edit_proposal import edit_proposal
from encommun.call.commands.follow_proposal import follow_proposal, note_reading
from encommun.call.commands.introduce_author import introduce_author
from encommun.call.commands.invite_author import invite_author, take_back_invitation
from encommun.call.commands.leave_proposal import leave_proposal
from encommun.call.commands.moderate_proposal import keep_proposal, put_back_proposal, remove_proposal, report_proposal
from encommun.call.commands.offer_help import confirm_help, offer_help, take_back_help
from encommun.call.commands.open_call import FormatOffered, open_call
from encommun.call.commands.open_merge import accept_merge, decline_merge, open_merge, reword_merge, take_merge_back
from encommun.call.commands.promote_format import promote_format
from encommun.call.commands.publish_proposal import decline_publication, let_in_proposal, publish_proposal
from encommun.call.commands.release_decisions import release_decisions
from encommun.call.commands.review_assign import assign_by_hand, assign_readers
from encommun.call.commands.review_set import drop_criterion, set_choosing, write_criterion
from encommun.call.commands.review_write import declare_conflict, take_conflict_back, write_review
from encommun.call.commands.save_draft import save_draft
from encommun.call.commands.say_close import say_close
from encommun.call.commands.say_presence import say_presence
from encommun.call.commands.seek import seek, stop_seeking
from encommun.call.commands.split_proposal import split_proposal
from encommun.call.commands.start_draft import start_draft
from encommun.call.commands.suggest_edit import confirm_suggestion, suggest_edit, take_back_suggestion
from encommun.call.commands.take_version_back import take_version_back
from encommun.call.commands.tell_circumstances import tell_circumstances
from encommun.call.commands.unite import undo_merge
from encommun.call.commands.withdraw_proposal import withdraw_proposal

__all__ = [
    "Brought",
    "FormatOffered",
    "FormatText",
    "QuestionText",
    "accept_merge",
    "answer_help",
    "answer_invitation",
    "answer_offer",
    "ask_for_links",
    "assign_by_hand",
    "assign_readers",
    "bring_proposals",
    "confirm_help",
    "confirm_suggestion",
    "copy_call",
    "decide",
    "declare_conflict",
    "decline_merge",
    "decline_publication",
    "decline_suggestion",
    "drop_criterion",
    "edit_proposal",
    "end_late_link",
    "follow_proposal",
    "introduce_author",
    "invite_author",
    "keep_proposal",
    "leave_proposal",
    "let_in_proposal",
    "make_late_link",
    "note_reading",
    "offer_help",
    "open_call",
    "open_merge",
    "promote_format",
    "publish_proposal",
    "put_back_proposal",
    "release_decisions",
    "remove_format",
    "remove_proposal",
    "remove_question",
    "report_proposal",
    "reword_merge",
    "save_draft",
    "say_close",
    "say_presence",
    "seek",
    "set_choosing",
    "show_reason",
    "split_proposal",
    "start_draft",
    "stop_seeking",
    "suggest_edit",
    "take_back_help",
    "take_back_invitation",
    "take_back_suggestion",
    "take_conflict_back",
    "take_merge_back",
    "take_suggestion",
    "take_version_back",
    "tell_circumstances",
    "undo_merge",
    "withdraw_proposal",
    "write_call",
    "write_criterion",
    "write_format",
    "write_question",
    "write_review",
]
