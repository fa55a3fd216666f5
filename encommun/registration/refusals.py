"""Why something about passes is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class SoldOut(Refused):
    """The last places of a day went."""

    code = "sold_out"
    text = _("There are no longer enough places on {day}. Nothing was booked and nothing is to be paid; what you typed is kept.")


class NotOnSaleYet(Refused):
    """Too early."""

    code = "not_on_sale_yet"
    text = _("Registration opens on {moment}.")


class SaleClosed(Refused):
    """Too late."""

    code = "sale_closed"
    text = _("Online registration closed on {moment}.")


class NothingOnSale(Refused):
    """The event has no passes."""

    code, kind = "nothing_on_sale", Kind.MISSING
    text = _("This gathering has no passes to book for now.")


class UnknownPass(Refused):
    """A pass that the event does not have, or a day that the pass does not give."""

    code, kind = "unknown_pass", Kind.INVALID
    text = _("Choose one of the passes of this gathering for each person.")


class WrongNumberOfPasses(Refused):
    """None, or more than one booking holds."""

    code, kind = "wrong_number_of_passes", Kind.INVALID
    text = _("A booking holds 1 to {most} passes. For a larger group, write to the team.")


class UnknownPaymentMethod(Refused):
    """A way of paying that is not offered."""

    code, kind = "unknown_payment_method", Kind.INVALID
    text = _("Choose one of the ways of paying that are offered.")


class MissingDetails(Refused):
    """A name or an address is missing or too long."""

    code, kind = "missing_details", Kind.INVALID
    text = _("Your name and a valid e-mail address are needed.")


class BookingEnded(Refused):
    """The booking was cancelled: nothing more happens to it."""

    code = "booking_ended"
    text = _("This booking is cancelled.")


class BookingLapsed(Refused):
    """The places were given back."""

    code = "booking_lapsed"
    text = _("The time to pay has passed and the places were given back. You can book again.")


class AlreadyConfirmed(Refused):
    """Nothing to pay, and only the team can cancel."""

    code = "already_confirmed"
    text = _("This booking is confirmed. To cancel it, write to the team.")


class ReasonMissing(Refused):
    """A team cancels with a reason, which the person receives."""

    code, kind = "reason_missing", Kind.INVALID
    text = _("Write why: the person who booked receives this sentence.")


class WrongSize(Refused):
    """A size that no quota has."""

    code, kind = "wrong_size", Kind.INVALID
    text = _("A number of places is between 0 and 100,000.")
