"""When this happens, that follows. The whole list: there are no signals.

A function takes the journal entry and may be called again for the same one: it must then do nothing more
(letters have their ``dedupe``). It runs in a transaction of its own, after the commit of what happened.
"""

from collections.abc import Callable

from encommun.call import letters as call_letters
from encommun.call import tasks as call_tasks
from encommun.checkin import tasks as checkin_tasks
from encommun.commons import letters as commons_letters
from encommun.journal.models import Entry
from encommun.programme import tasks as programme_tasks

type Reaction = Callable[[Entry], None]

TABLE: dict[str, tuple[Reaction, ...]] = {
    "call.author_introduced": (programme_tasks.author_introduced,),
    "call.draft_started": (call_letters.draft_link,),
    "call.link_asked": (call_letters.link_again,),
    "call.offer_accepted": (programme_tasks.session_of_accepted_offer,),
    "call.proposal_published": (call_letters.published,),
    "call.decisions_released": (call_letters.decisions,),
    "privacy.consent_withdrawn": (call_tasks.hide_name,),
    "registration.booking_confirmed": (checkin_tasks.give_tickets,),
    "registration.booking_cancelled": (checkin_tasks.take_tickets_back,),
    "registration.seat_named": (checkin_tasks.follow_the_holder,),
    "checkin.ticket_reissued": (checkin_tasks.send_new_ticket,),
    "commons.note_done": (commons_letters.ask_to_read_again,),
    "commons.resource_published": (commons_letters.tell_of_publication,),
}

#: What is done again and again by the worker, beside reactions: name, seconds between two runs, function(at).
DUTIES: tuple[tuple[str, float, Callable[..., object]], ...] = ()
