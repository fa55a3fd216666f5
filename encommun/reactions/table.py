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
from encommun.correspondence import letters as correspondence_letters
from encommun.correspondence.commands import raise_reminders, write_to_recipients
from encommun.deliberation import letters as deliberation_letters
from encommun.deliberation import tasks as deliberation_tasks
from encommun.deliberation.commands import close_due_polls, send_digests
from encommun.events import letters as events_letters
from encommun.invoicing import letters as invoicing_letters
from encommun.invoicing import tasks as invoicing_tasks
from encommun.journal.models import Entry
from encommun.payment import letters as payment_letters
from encommun.payment import tasks as payment_tasks
from encommun.privacy.commands import purge
from encommun.programme import letters as programme_letters
from encommun.programme import tasks as programme_tasks
from encommun.programme.commands import begin_buildings
from encommun.registration import letters as registration_letters
from encommun.registration import tasks as registration_tasks
from encommun.registration.commands import draw_due, open_kept_places, release_ended_vouchers, release_no_shows, serve_waiting

type Reaction = Callable[[Entry], None]

TABLE: dict[str, tuple[Reaction, ...]] = {
    "call.author_introduced": (programme_tasks.author_introduced,),
    "call.draft_started": (call_letters.draft_link,),
    "call.link_asked": (call_letters.link_again,),
    "call.offer_accepted": (programme_tasks.session_of_accepted_offer,),
    "call.presence_said": (programme_tasks.author_said_presence,),
    "call.proposal_published": (call_letters.published,),
    "call.proposal_removed": (call_letters.removed,),
    "call.publication_declined": (call_letters.publication_declined,),
    "call.author_invited": (call_letters.invitation,),
    "call.invitation_answered": (call_letters.invitation_answered,),
    "call.help_begun": (call_letters.help_begun,),
    "call.help_offered": (call_letters.help_offered,),
    "call.help_answered": (call_letters.help_answered,),
    "call.suggestion_begun": (call_letters.suggestion_begun,),
    "call.edit_suggested": (call_letters.edit_suggested,),
    "call.suggestion_answered": (call_letters.suggestion_answered,),
    "call.merge_opened": (call_letters.merge_asked,),
    "call.merge_reworded": (call_letters.merge_asked,),
    "call.proposals_merged": (programme_tasks.authors_moved, call_letters.merge_ended),
    "call.merge_declined": (call_letters.merge_ended,),
    "call.merge_undone": (programme_tasks.authors_moved_back, call_letters.merge_ended),
    "call.author_joined": (programme_tasks.author_joined,),
    "call.author_left": (programme_tasks.author_left,),
    "call.decisions_released": (call_letters.decisions,),
    "events.role_given": (events_letters.role_given,),
    "privacy.consent_withdrawn": (
        call_tasks.hide_name,
        commons_tasks.hide_note_taker,
        deliberation_tasks.hide_name,
    ),
    "correspondence.reminder_came": (correspondence_letters.reminder_came,),
    "deliberation.comment_begun": (deliberation_letters.comment_begun,),
    "deliberation.comment_shown": (deliberation_tasks.follow_what_is_said,),
    "deliberation.comment_removed": (deliberation_letters.comment_removed,),
    "deliberation.joining_answered": (deliberation_letters.joining_answered,),
    "deliberation.interest_begun": (deliberation_letters.interest_begun,),
    "registration.passes_booked": (payment_tasks.note_due, payment_letters.ask_to_pay),
    "registration.booking_confirmed": (payment_tasks.note_due_again, checkin_tasks.give_tickets, registration_letters.confirmed),
    "registration.booking_renewed": (payment_tasks.note_due_again,),
    "registration.booking_lapsed": (payment_tasks.note_no_longer_due, registration_letters.lapsed),
    "registration.booking_cancelled": (
        payment_tasks.note_no_longer_due,
        checkin_tasks.take_tickets_back,
        registration_letters.cancelled,
        invoicing_tasks.credit_when_cancelled,
        registration_tasks.leave_all,
    ),
    "registration.seat_cancelled": (
        payment_tasks.note_seat_cancelled,
        checkin_tasks.take_ticket_back,
        registration_letters.seat_cancelled,
        invoicing_tasks.credit_when_seat_cancelled,
        registration_tasks.leave_all_of_seat,
    ),
    "programme.session_confirmed": (registration_tasks.passes_of_session,),
    "programme.session_made": (registration_tasks.passes_of_session,),
    "programme.session_edited": (registration_tasks.passes_of_session, registration_tasks.parts_that_ended),
    "programme.session_cancelled": (registration_tasks.parts_that_ended,),
    "programme.person_removed": (registration_tasks.parts_that_ended,),
    "programme.person_added": (registration_tasks.passes_of_session,),
    "registration.day_changed": (checkin_tasks.follow_the_day, registration_tasks.leave_other_days),
    "registration.place_in_workshop": (registration_letters.place_in_workshop,),
    "registration.workshops_drawn": (registration_letters.workshops_drawn,),
    "registration.trial_swept": (checkin_tasks.take_tickets_back,),
    "registration.waiting_joined": (registration_letters.waiting_joined,),
    "registration.waiting_asked_again": (registration_letters.waiting_joined,),
    "registration.places_offered": (registration_letters.places_offered,),
    "registration.offer_missed": (registration_letters.offer_missed,),
    "registration.link_asked": (registration_letters.link_again,),
    "registration.seat_link_asked": (registration_letters.seat_link_again,),
    "payment.part_received": (payment_letters.tell_part,),
    "payment.received": (invoicing_tasks.invoice_when_paid,),
    "payment.refunded": (payment_letters.tell_refund, invoicing_tasks.credit_when_refunded),
    "invoicing.quote_asked": (invoicing_letters.quote_ready,),
    "invoicing.order_received": (invoicing_letters.order_received,),
    "invoicing.invoice_issued": (invoicing_tasks.cite_invoice, invoicing_tasks.make_papers),
    "invoicing.credit_issued": (invoicing_tasks.make_papers,),
    "payment.without_place": (payment_letters.tell_no_place,),
    "registration.seat_named": (checkin_tasks.follow_the_holder,),
    "checkin.ticket_reissued": (checkin_tasks.send_new_ticket,),
    "commons.note_done": (commons_letters.ask_to_read_again,),
    "commons.resource_published": (commons_letters.tell_of_publication,),
}

#: What is done again and again by the worker, beside reactions: name, seconds between two runs, function(at).
DUTIES: tuple[tuple[str, float, Callable[..., object]], ...] = (
    ("build programmes", 1.0, begin_buildings),
    ("purge what is past its delay", 24 * 3600.0, purge),
    ("lapse unpaid bookings", 20.0, payment_tasks.lapse_unpaid),
    ("offer places to those who wait", 20.0, serve_waiting),
    ("draw workshops", 60.0, draw_due),
    ("open kept places of workshops", 60.0, open_kept_places),
    ("release places of those who did not come", 15.0, release_no_shows),
    ("free the places of ended codes", 300.0, release_ended_vouchers),
    ("send refunds", 20.0, payment_tasks.send_refunds),
    ("invoice purchase orders after service", 3600.0, invoicing_tasks.invoice_orders),
    ("remind about quotes, orders and late payments", 6 * 3600.0, invoicing_tasks.remind),
    ("tell those who follow", 300.0, send_digests),
    ("close votes whose time has come", 60.0, close_due_polls),
    ("ask about payments that wait", 60.0, payment_tasks.look_at_payments),
    ("write letters to groups", 2.0, write_to_recipients),
    ("raise reminders", 300.0, raise_reminders),
    ("tell what changes in programmes", 60.0, programme_letters.tell_of_changes),
)
