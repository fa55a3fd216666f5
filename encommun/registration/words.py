"""What happened to a booking, as people read it; what is not here is of no interest to them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

HAPPENED: Mapping[str, Any] = {
    "registration.passes_booked": _("Booked"),
    "registration.trial_booked": _("Booked, as a trial"),
    "registration.hold_extended": _("The payment page opened: the places are kept a little longer"),
    "registration.booking_confirmed": _("Confirmed"),
    "registration.booking_lapsed": _("Not paid in time: the places went back"),
    "registration.booking_renewed": _("The places were kept once more"),
    "registration.booking_cancelled": _("Cancelled"),
    "registration.seat_cancelled": _("One pass cancelled"),
    "registration.trial_swept": _("The trial ended"),
    "registration.link_asked": _("The link of the booking was sent again"),
    "registration.seat_link_asked": _("The link of a pass was sent again"),
    "registration.paid_forward": _("The gift joined the fund of suspended passes"),
    "registration.seat_named": _("Somebody was named on a pass"),
    "registration.day_changed": _("The day of a pass was changed"),
    "registration.questions_answered": _("The holder answered the questions"),
    "registration.right_seen": _("The proof of a reduced price was seen"),
    "registration.pass_blocked": _("A pass was blocked"),
    "registration.pass_unblocked": _("A pass comes in again"),
    "registration.signed_up": _("The holder signed up for a workshop"),
    "registration.left_workshop": _("The holder left a workshop"),
    "registration.wished": _("The holder said wishes for workshops"),
    "registration.place_in_workshop": _("A place in a workshop came back to the holder"),
    "registration.drawn": _("The draw gave a place in a workshop, or a turn in its queue"),
    "registration.presence_noted": _("Presence noted at the door of a workshop"),
    "checkin.tickets_issued": _("The tickets were made and sent"),
    "checkin.ticket_reissued": _("A new ticket replaced the former one"),
    "checkin.tickets_revoked": _("The tickets were taken back"),
    "payment.started": _("The payment page was opened"),
    "payment.way_chosen": _("Another way of paying was chosen"),
    "payment.received": _("The money arrived"),
    "payment.part_received": _("Paid in part"),
    "payment.given_up": _("The payment was given up"),
    "payment.line_matched": _("A line of a bank statement was matched"),
    "payment.cheque_bounced": _("The cheque came back unpaid"),
    "payment.without_place": _("Paid too late, without a place: it is given back"),
    "payment.waived": _("The team waived what was due"),
    "payment.to_refund": _("To be given back"),
    "payment.refund_listed": _("The refund was prepared"),
    "payment.refunded": _("Given back"),
    "payment.refund_account_set": _("The account for the refund was written down"),
    "payment.to_look_at": _("A payment to look at came in"),
    "payment.stray_answered": _("That payment was dealt with"),
    "invoicing.billing_given": _("The address for the invoice was given"),
    "invoicing.order_received": _("The purchase order arrived"),
    "invoicing.order_corrected": _("The purchase order was corrected"),
    "invoicing.step_noted": _("A step of the deposit was noted"),
}

#: Who did it, when it is nobody of the team.
WHO: Mapping[str, Any] = {"visitor": _("without account, by link"), "system": _("by itself"), "token": _("by the API")}
