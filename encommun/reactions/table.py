"""When this happens, that follows. The whole list: there are no signals.

A function takes the journal entry and may be called again for the same one: it must then do nothing more
(letters have their ``dedupe``). It runs in a transaction of its own, after the commit of what happened.
"""

from collections.abc import Callable

from encommun.call import letters as call_letters
from encommun.call import tasks as call_tasks
from encommun.checkin import tasks as checkin_tasks
from encommun.commons import letters as commons_letters
from encommun.commons import tasks as commons_tasks
from encommun.journal.models import Entry
from encommun.payment import letters as payment_letters
from encommun.payment import tasks as payment_tasks
from encommun.privacy.commands import purge
from encommun.programme import tasks as programme_tasks
from encommun.registration import letters as registration_letters

type Reaction = Callable[[Entry], None]

TABLE: dict[str, tuple[Reaction, ...]] = {
    "call.author_introduced": (programme_tasks.author_introduced,),
    "call.draft_started": (call_letters.draft_link,),
    "call.link_asked": (call_letters.link_again,),
    "call.offer_accepted": (programme_tasks.session_of_accepted_offer,),
    "call.proposal_published": (call_letters.published,),
    "call.decisions_released": (call_letters.decisions,),
    "privacy.consent_withdrawn": (
        call_tasks.hide_name,
        commons_tasks.hide_note_taker,
    ),
    "registration.passes_booked": (payment_tasks.note_due, payment_letters.ask_to_pay),
    "registration.booking_confirmed": (payment_tasks.note_due_again, checkin_tasks.give_tickets, registration_letters.confirmed),
    "registration.booking_lapsed": (payment_tasks.note_no_longer_due, registration_letters.lapsed),
    "registration.booking_cancelled": (
        payment_tasks.note_no_longer_due,
        checkin_tasks.take_tickets_back,
        registration_letters.cancelled,
    ),
    "registration.link_asked": (registration_letters.link_again,),
    "payment.refunded": (payment_letters.tell_refund,),
    "registration.seat_named": (checkin_tasks.follow_the_holder,),
    "checkin.ticket_reissued": (checkin_tasks.send_new_ticket,),
    "commons.note_done": (commons_letters.ask_to_read_again,),
    "commons.resource_published": (commons_letters.tell_of_publication,),
}

#: What is done again and again by the worker, beside reactions: name, seconds between two runs, function(at).
DUTIES: tuple[tuple[str, float, Callable[..., object]], ...] = (
    ("purge what is past its delay", 24 * 3600.0, purge),
    ("lapse unpaid bookings", 20.0, payment_tasks.lapse_unpaid),
    ("send refunds", 20.0, payment_tasks.send_refunds),
    ("ask about card payments", 60.0, payment_tasks.look_at_payments),
)
