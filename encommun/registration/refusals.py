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


class SalePaused(Refused):
    """The team has stopped the sale for a while."""

    code = "sale_paused"
    text = _("Registration is paused for a moment. What you typed is kept.")


class OnTrial(Refused):
    """The team is still trying its passes."""

    code = "on_trial"
    text = _("Registration is not open yet: the team is still trying it.")


class PassNeedsCode(Refused):
    """A pass kept for those who have a code."""

    code, kind = "pass_needs_code", Kind.INVALID
    text = _("«{name}» is for people who were given a code.")


class NumberOfThisPass(Refused):
    """Fewer or more of a kind of pass than one booking may hold."""

    code, kind = "number_of_this_pass", Kind.INVALID
    text = _("One booking holds {least} to {most} passes «{name}».")


class WrongPrice(Refused):
    """A price in words that the pass does not have, or an amount under its minimum."""

    code, kind = "wrong_price", Kind.INVALID
    text = _("Choose one of the prices, or an amount that is not under the minimum.")


class PassDoesNotHold(Refused):
    """What the team typed about a pass contradicts itself."""

    code, kind = "pass_does_not_hold", Kind.INVALID
    text = "{sentence}"


class QuotaWhileSelling(Refused):
    """What a quota counts is not changed while people buy."""

    code = "quota_while_selling"
    text = _("Passes are on sale now: pause them first, then change what is counted together. Sizes can be changed at any time.")


class QuestionDoesNotHold(Refused):
    """A question without words, or a choice without answers."""

    code, kind = "question_does_not_hold", Kind.INVALID
    text = _("A question needs its French words, and a choice at least two answers.")


class TermsDoNotHold(Refused):
    """Refunds that grow with time, or twice the same date."""

    code, kind = "terms_do_not_hold", Kind.INVALID
    text = _("Later refunds are smaller: from the first date to the last, each share is under the one before.")


class TrialOver(Refused):
    """People have booked for good: a trial would mix with their bookings."""

    code = "trial_over"
    text = _("People have already booked: the trial is over for this gathering.")


class AnswerMissing(Refused):
    """A question that the team requires was left empty, or its answer is not one of those offered."""

    code, kind = "answer_missing", Kind.INVALID
    text = _("Please answer «{question}».")


class UnknownVoucher(Refused):
    """No such code, or not now."""

    code, kind = "unknown_voucher", Kind.INVALID
    text = _("This code is not known, or its dates are over.")


class VoucherUsedUp(SoldOut):
    """Somebody else took the last use."""

    code = "voucher_used_up"
    text = _("This code has been used as many times as it could be. Nothing was booked; what you typed is kept.")


class VoucherDoesNotFit(Refused):
    """A code for other passes."""

    code, kind = "voucher_does_not_fit", Kind.INVALID
    text = _("This code is for another pass than those chosen.")


class VoucherDoesNotHold(Refused):
    """What the team typed about a code contradicts itself."""

    code, kind = "voucher_does_not_hold", Kind.INVALID
    text = "{sentence}"


class FundEmpty(SoldOut):
    """The fund of suspended passes has not enough left."""

    code = "fund_empty"
    text = _("The fund of suspended passes has not enough left just now. Nothing was booked; what you typed is kept.")


class FundClosed(Refused):
    """No fund, or a closed one."""

    code, kind = "fund_closed", Kind.INVALID
    text = _("This gathering has no open fund of suspended passes.")


class TooLateToCancel(Refused):
    """The last date of the conditions has passed."""

    code = "too_late_to_cancel"
    text = _(
        "Bookings were cancelled by oneself until {moment}. You can still give your pass to somebody else, or write to the team."
    )


class TooLateToChange(Refused):
    """The date of the conditions has passed."""

    code = "too_late_to_change"
    text = _("This could be changed until {moment}. Write to the team.")


class ChangeThroughTeam(Refused):
    """The team set no date until which people change by themselves."""

    code = "change_through_team"
    text = _("To change the day, write to the team.")


class DayNotChosen(Refused):
    """A pass for all its days."""

    code, kind = "day_not_chosen", Kind.INVALID
    text = _("This pass is for all its days: there is no day to change.")


class SameDay(Refused):
    """The day that the pass has already."""

    code, kind = "same_day", Kind.INVALID
    text = _("The pass is for this day already.")


class PlacesAreFree(Refused):
    """Nobody waits for what can be booked at once."""

    code = "places_are_free"
    text = _("There are places: you can book at once, without waiting.")


class NotWaiting(Refused):
    """The place in the queue was left, or taken already."""

    code = "not_waiting"
    text = _("You are no longer on this waiting list.")


class OfferOver(Refused):
    """The time to take the places has passed."""

    code = "offer_over"
    text = _("The time to take these places has passed: they were offered to the next person. You can join the list again.")


class PassNotConfirmed(Refused):
    """No ticket yet, or no longer."""

    code = "pass_not_confirmed"
    text = _("Workshops open with a confirmed pass.")


class NotForThatDay(Refused):
    """The pass is for another day."""

    code = "not_for_that_day"
    text = _("This workshop is on {day}: your pass is for another day.")


class WorkshopNotOpen(Refused):
    """Too early, too late, or moved away."""

    code = "workshop_not_open"
    text = _("People do not sign up to this workshop now.")


class WorkshopClash(Refused):
    """The person is somewhere else at that time."""

    code = "workshop_clash"
    text = _("It is at the same time as «{title}», where you have a place. Leave one to take the other.")


class WorkshopUsesDraw(Refused):
    """Places are drawn: people wish, or the draw is over."""

    code = "workshop_uses_draw"
    text = _("Places of this workshop are drawn: say your wishes before the draw, or take a place after it.")


class AlreadySignedUp(Refused):
    """The person has a place or a turn there."""

    code = "already_signed_up"
    text = _("You are on the list of this workshop already.")


class WorkshopDoesNotHold(Refused):
    """Places that contradict each other, or fewer than are taken."""

    code, kind = "workshop_does_not_hold", Kind.INVALID
    text = _(
        "A workshop has at least one place, not more kept ones than places, not fewer than are taken, and is drawn after it opens."
    )


class PassNotPaidYet(Refused):
    """One pass of a booking that waits for its payment."""

    code = "pass_not_paid_yet"
    text = _("The booking is not paid yet: cancel it, and book again the passes that you keep.")


class LastPass(Refused):
    """The only pass that is left."""

    code = "last_pass"
    text = _("It is the only pass of this booking: cancel the booking itself.")


class AddressFirst(Refused):
    """Answers are for one person: the link that somebody else gave her must end first."""

    code = "address_first"
    text = _("Write your name and your address first: this page then belongs to you alone.")


class LinkReplaced(Refused):
    """A link of the pass that was given before the last one."""

    code, kind = "link_replaced", Kind.MISSING
    text = _("This link was replaced: the pass has another address now. Look for our latest letter, or ask who booked.")


class NotLapsed(Refused):
    """The places are kept already."""

    code = "not_lapsed"
    text = _("Your places are kept: you can pay now.")


class PriceChanged(Refused):
    """A pass has another price than when it was booked."""

    code = "price_changed"
    text = _("The price of «{name}» has changed since then. Book again: you see the new price before anything is kept.")
