"""Why something about quotes, orders and invoices is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class NoIssuer(Refused):
    """Nobody invoices for the gathering yet."""

    code = "no_issuer"
    text = _("This gathering does not say yet who invoices: the team must give that first. Questions: write to the team.")


class IssuerIncomplete(Refused):
    """What the law or the norm asks of an issuer is missing."""

    code, kind = "issuer_incomplete", Kind.INVALID
    text = _("{why}")


class WrongNumber(Refused):
    """Not a SIREN, a SIRET, a RIDET or a TAHITI number."""

    code, kind = "wrong_number", Kind.INVALID
    text = _("{what} is not right: {why}")


class WrongPrefix(Refused):
    """A prefix that some rule refuses."""

    code, kind = "wrong_prefix", Kind.INVALID
    text = _("The beginning of the numbers holds capital letters, digits and hyphens, 18 at most: «NEC2018» for instance.")


class PrefixTaken(Refused):
    """The issuer counts another gathering's invoices under that prefix."""

    code, kind = "prefix_taken", Kind.INVALID
    text = _("Another gathering of this issuer already counts under «{prefix}»: choose another beginning.")


class QuoteEmpty(Refused):
    """Nothing to quote."""

    code, kind = "quote_empty", Kind.INVALID
    text = _("Choose at least one pass, and {most} at most.")


class QuoteFree(Refused):
    """Nothing to pay."""

    code, kind = "quote_free", Kind.INVALID
    text = _("These passes are free: book them directly, there is nothing to pay.")


class QuoteOver(Refused):
    """The quote is too old, or was ordered."""

    code = "quote_over"
    text = _("This quote is no longer open. Ask for another one: it takes a minute.")


class DemandNotMet(Refused):
    """What the body says that it demands is not there."""

    code, kind = "demand_not_met", Kind.INVALID
    text = _("{why}")


class WrongFile(Refused):
    """Not a file that we keep."""

    code, kind = "wrong_file", Kind.INVALID
    text = _("The order must be a PDF, a JPEG or a PNG of 5 MB at most.")


class OrderNotComplete(Refused):
    """Something that the buyer demands is still to come."""

    code = "order_not_complete"
    text = _("The order still lacks this: {what}. The invoice would be rejected.")


class AlreadyOrdered(Refused):
    """An order is already there."""

    code = "already_ordered"
    text = _("A purchase order was already received for this booking.")


class OrderInvoiced(Refused):
    """The invoice is out: it is corrected by a credit note."""

    code = "order_invoiced"
    text = _("The invoice was already issued with these details: write to the team, who will correct it by a credit note.")


class NotOrderable(Refused):
    """The booking cannot be paid so."""

    code = "not_orderable"
    text = _("This booking is no longer one that waits for its payment.")


class NothingToInvoice(Refused):
    """Nothing is owed, or everything is invoiced."""

    code = "nothing_to_invoice"
    text = _("There is nothing to invoice for this booking, or it is already done.")


class NotPaidYet(Refused):
    """The invoice comes with the payment."""

    code = "not_paid_yet"
    text = _("The invoice is made when the payment arrives, or after the gathering for a purchase order.")


class ServiceNotDone(Refused):
    """A public accountant pays after service."""

    code = "service_not_done"
    text = _(
        "The invoice of a purchase order is issued after the last day of its passes, {day}: public accountants pay after service."
    )


class BillingMissing(Refused):
    """Whom to invoice is not known."""

    code, kind = "billing_missing", Kind.INVALID
    text = _("Give the name and the address of whom the invoice is for.")


class TooMuchToCredit(Refused):
    """More than what is left of the invoice."""

    code, kind = "too_much_to_credit", Kind.INVALID
    text = _("Between one cent and {most} can still be credited on this invoice.")


class CreditReasonMissing(Refused):
    """A credit note says why."""

    code, kind = "credit_reason_missing", Kind.INVALID
    text = _("Say why, in a few words: it is written on the credit note.")


class StepNotPossible(Refused):
    """The invoice is not at that point."""

    code = "step_not_possible"
    text = _("This invoice is not at that point.")


class RejectionWithoutReason(Refused):
    """A rejection says why."""

    code, kind = "rejection_without_reason", Kind.INVALID
    text = _("Copy the reason that was given for the rejection: whoever corrects it needs it.")


class LinesDoNotAdd(Refused):
    """The passes do not add up to the price: never issued so."""

    code = "lines_do_not_add"
    text = _("The lines of this booking do not add up to its price: nothing was issued. Please tell whoever keeps the software.")
