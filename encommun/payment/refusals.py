"""Why something about a payment is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class ProviderUnreachable(Refused):
    """The card provider does not answer, or not as expected."""

    code = "provider_unreachable"
    text = _("The card payment service does not answer just now. Your places are kept: try again in a moment.")


class CardNotOffered(Refused):
    """The instance has no card provider, or the booking is not paid by card."""

    code = "card_not_offered"
    text = _("This booking is not paid by card.")


class WrongAmount(Refused):
    """Another amount than the one due."""

    code, kind = "wrong_amount", Kind.INVALID
    text = _("The amount due is {due}: another amount is not accepted as its payment.")


class NothingToRefund(Refused):
    """The payment is not waiting for a refund."""

    code = "nothing_to_refund"
    text = _("This payment is not waiting for a refund.")


class WrongSignature(Refused):
    """A notification that the provider did not sign."""

    code, kind = "wrong_signature", Kind.FORBIDDEN
    text = _("This notification is not signed by the provider.")


class WrongIban(Refused):
    """Not an IBAN."""

    code, kind = "wrong_iban", Kind.INVALID
    text = _("This is not a valid IBAN: check it against a bank statement.")


class ProviderRefused(Refused):
    """The provider answered, and says that it will not do it."""

    code = "provider_refused"
    text = _("The payment service refuses: {why}.")


class TooMuchToRefund(Refused):
    """More than what came and was not given back."""

    code, kind = "too_much_to_refund", Kind.INVALID
    text = _("Between one cent and {most} can be given back.")


class AlreadyAnswered(Refused):
    """Somebody answered before."""

    code = "already_answered"
    text = _("Somebody has already answered this.")


class NotAnAnswer(Refused):
    """Not one of the answers that make sense here."""

    code, kind = "not_an_answer", Kind.INVALID
    text = _("This answer does not fit here.")


class NoteMissing(Refused):
    """An answer that needs words."""

    code, kind = "note_missing", Kind.INVALID
    text = _("Say in a few words what was done, for whoever reads the accounts.")


class UnreadableStatement(Refused):
    """Not a statement that we can read."""

    code, kind = "unreadable_statement", Kind.INVALID
    text = _("This file is not a bank statement that we can read: {why}")


class StatementKnown(Refused):
    """The same file came before."""

    code = "statement_known"
    text = _("This very file was already brought in on {day}.")


class LineDone(Refused):
    """Nothing is left of the line."""

    code = "line_done"
    text = _("Nothing is left of this credit: look at it again.")


class NotEnoughOnLine(Refused):
    """The bookings chosen cost more than what is left, and they are several."""

    code, kind = "not_enough_on_line", Kind.INVALID
    text = _("The bookings chosen cost {asked} and {left} are left of this credit: choose fewer, or one alone to be paid in part.")


class NothingChosen(Refused):
    """Nothing was chosen."""

    code, kind = "nothing_chosen", Kind.INVALID
    text = _("Choose at least one line.")


class NothingMissing(Refused):
    """Nothing is owed."""

    code = "nothing_missing"
    text = _("Nothing is owed for this booking.")


class ChequeDone(Refused):
    """The cheque is past that state."""

    code = "cheque_done"
    text = _("This cheque was already noted so.")


class WayNotOpen(Refused):
    """The event does not take this way of paying."""

    code = "way_not_open"
    text = _("This way of paying is not open for this gathering.")


class WayNotReady(Refused):
    """The way lacks what it needs."""

    code, kind = "way_not_ready", Kind.INVALID
    text = _("This way of paying cannot be opened yet: {why}")
