"""What can be done with the programme."""

from encommun.programme.commands.ask_building import accept_building, refuse_building, start_building, stop_building
from encommun.programme.commands.confirm_session import cancel_session, confirm_session
from encommun.programme.commands.edit_session import edit_session
from encommun.programme.commands.follow_author import add_person, remove_person
from encommun.programme.commands.import_programme import (
    Imported,
    ImportWish,
    forget_files,
    import_programme,
    keep_file,
    preview_import,
)
from encommun.programme.commands.import_proposals import import_proposals, preview_proposals
from encommun.programme.commands.introduce_person import introduce_person
from encommun.programme.commands.make_session import Needs, SessionText, SomebodyTaking, make_session
from encommun.programme.commands.make_session_from_proposal import make_session_from_proposal
from encommun.programme.commands.my_programme import choose_letters, keep_sessions, let_go, renew_calendar
from encommun.programme.commands.open_space import Place, bring_subject, move_subject, take_subject_away
from encommun.programme.commands.order_sessions import continue_session, make_next_part
from encommun.programme.commands.place_session import Move, fix_session, move_sessions, place_session, put_back, unplace_session
from encommun.programme.commands.publish_programme import publish_programme
from encommun.programme.commands.run_building import begin_buildings, run_building
from encommun.programme.commands.set_presence import set_presence
from encommun.programme.commands.set_slots import SlotText, set_slots
from encommun.programme.commands.undo_move import Undone, redo_move, undo_move
from encommun.programme.commands.unite_sessions import part_proposal, try_proposal, unite_sessions
from encommun.programme.commands.use_venue import use_venue

__all__ = [
    "ImportWish",
    "Imported",
    "Move",
    "Needs",
    "Place",
    "SessionText",
    "SlotText",
    "SomebodyTaking",
    "Undone",
    "accept_building",
    "add_person",
    "begin_buildings",
    "bring_subject",
    "cancel_session",
    "choose_letters",
    "confirm_session",
    "continue_session",
    "edit_session",
    "fix_session",
    "forget_files",
    "import_programme",
    "import_proposals",
    "introduce_person",
    "keep_file",
    "keep_sessions",
    "let_go",
    "make_next_part",
    "make_session",
    "make_session_from_proposal",
    "move_sessions",
    "move_subject",
    "part_proposal",
    "place_session",
    "preview_import",
    "preview_proposals",
    "publish_programme",
    "put_back",
    "redo_move",
    "refuse_building",
    "remove_person",
    "renew_calendar",
    "run_building",
    "set_presence",
    "set_slots",
    "start_building",
    "stop_building",
    "take_subject_away",
    "try_proposal",
    "undo_move",
    "unite_sessions",
    "unplace_session",
    "use_venue",
]
