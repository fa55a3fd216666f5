"""What the door says: a word for the volunteer, and the sentence to say to the person."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encommun.checkin.commands import Outcome
from encommun.checkin.models import Scan
from encommun.events.models import Event
from encommun.ui.dates import clock_time, short_day

#: The word that goes with the colour: the answer never stands on colour alone.
WORDS = {"green": gettext_lazy("Come in"), "orange": gettext_lazy("To the desk"), "red": gettext_lazy("No entry")}


def word(outcome: Outcome) -> str:
    """The word for the volunteer."""
    return _("See you soon") if outcome.result == Scan.Result.OUT else str(WORDS[outcome.colour])


def in_words(days: Iterable[date]) -> str:
    """«jeudi 13 septembre et vendredi 14 septembre»."""
    names = [short_day(day) for day in days]
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def sentence(outcome: Outcome, event: Event) -> str:
    """The sentence to say."""
    return _sentence(outcome, event).format(
        name=outcome.name,
        days=in_words(outcome.days),
        time=clock_time(outcome.first_at, event.zone) if outcome.first_at else "",
        event=event.name,
    )


def _sentence(outcome: Outcome, event: Event) -> str:
    match outcome.result:
        case Scan.Result.ADMITTED if outcome.first_at:
            return _("Welcome! This pass had come in at {time} already: the desk will look at it.")
        case Scan.Result.ADMITTED:
            return _("Welcome! Your badge is at the next table.")
        case Scan.Result.ALREADY_IN if outcome.first_at:
            return _(
                "This pass already came in at {time}. If you just went out for a while, welcome back; otherwise the desk will help."
            )
        case Scan.Result.ALREADY_IN:
            return _("This pass already came in today. The desk will help.")
        case Scan.Result.OUT:
            return _("See you soon! Your pass lets you in again.")
        case Scan.Result.UNDONE:
            return _("It is undone: the pass can be shown again.")
        case Scan.Result.TOO_EARLY if outcome.at.astimezone(event.zone).date() < event.starts_on:
            return _("The gathering is not open yet. Your pass is for {days}.")
        case Scan.Result.TOO_LATE:
            return _("Your pass was for {days}. The desk will see with you what can be done.")
        case Scan.Result.WRONG_KIND:
            return _("Your pass is good, and does not open this door. The desk will show you the way.")
        case Scan.Result.BLOCKED:
            return _("The desk would like a word with you about this pass.")
        case Scan.Result.WRONG_DAY | Scan.Result.TOO_EARLY:
            return _("Your pass is not for today: it is for {days}. The desk will see with you what can be done.")
        case Scan.Result.UNPAID:
            return _("We have your booking, and the payment has not reached us yet. The desk will look at it with you.")
        case Scan.Result.CANCELLED:
            return _("This pass was cancelled. If that surprises you, the desk will look at it with you.")
        case Scan.Result.REPLACED:
            return _("A newer code was sent to replace this one. Look for our latest letter, or ask the desk.")
        case Scan.Result.OTHER_EVENT:
            return _("This ticket is for another gathering, not for {event}.")
        case Scan.Result.FORGED:
            return _("This code was not made by us. The desk can look for your name.")
    return _("We do not know this code. The desk can look for your name.")
