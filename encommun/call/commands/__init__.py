"""What can be done with the call and its proposals."""

from encommun.call.commands.answer_offer import answer_offer
from encommun.call.commands.ask_for_links import ask_for_links
from encommun.call.commands.decide import decide
from encommun.call.commands.edit_proposal import edit_proposal
from encommun.call.commands.introduce_author import introduce_author
from encommun.call.commands.open_call import FormatOffered, open_call
from encommun.call.commands.publish_proposal import publish_proposal
from encommun.call.commands.release_decisions import release_decisions
from encommun.call.commands.save_draft import save_draft
from encommun.call.commands.start_draft import start_draft
from encommun.call.commands.withdraw_proposal import withdraw_proposal

__all__ = [
    "FormatOffered",
    "answer_offer",
    "ask_for_links",
    "decide",
    "edit_proposal",
    "introduce_author",
    "open_call",
    "publish_proposal",
    "release_decisions",
    "save_draft",
    "start_draft",
    "withdraw_proposal",
]
