"""What can be done with the programme."""

from encommun.programme.commands.confirm_session import cancel_session, confirm_session
from encommun.programme.commands.edit_session import edit_session
from encommun.programme.commands.introduce_person import introduce_person
from encommun.programme.commands.make_session import SessionText, SomebodyTaking, make_session
from encommun.programme.commands.make_session_from_proposal import make_session_from_proposal
from encommun.programme.commands.place_session import place_session, put_back, unplace_session
from encommun.programme.commands.publish_programme import publish_programme
from encommun.programme.commands.set_slots import SlotText, set_slots

__all__ = [
    "SessionText",
    "SlotText",
    "SomebodyTaking",
    "cancel_session",
    "confirm_session",
    "edit_session",
    "introduce_person",
    "make_session",
    "make_session_from_proposal",
    "place_session",
    "publish_programme",
    "put_back",
    "set_slots",
    "unplace_session",
]
