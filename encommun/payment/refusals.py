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
