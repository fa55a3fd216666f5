"""The nine steps of the journey, for somebody who tries the product in five minutes."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

EVENT = "nec-2018"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: who does what, and where."""

    title: str
    who: str
    text: str
    address: str


def journey() -> list[Step]:
    """The steps, in the order of a gathering's life. The parts of the cast are those of ``names.py``."""
    steps = (
        ("web:event_home", _("Discover the gathering"), _("Anybody"), _("Dates, places, axes of work, and what is open now.")),
        ("call:open", _("Propose a session"), "Bruno", _("No account: begin a draft, the letter holds the link to find it again.")),
        ("call:list", _("Read the proposals"), _("Anybody"), _("What has been proposed, in the open, filtered by axis.")),
        ("call:team_list", _("Choose and answer"), "Aya", _("The team reads, decides, explains, and sends the answers together.")),
        (
            "programme:team",
            _("Make the programme"),
            "Hugo",
            _("Put sessions in rooms and hours, see the clashes, publish a version."),
        ),
        (
            "registration:passes",
            _("Take a pass and pay"),
            "Chloé",
            _("By card (invented), by transfer or by purchase order; then look for the letter below."),
        ),
        ("registration:team_list", _("Follow bookings and money"), "Farid", _("Bookings, payments that came, what is still owed.")),
        ("checkin:door", _("Welcome at the door"), "Driss", _("Read the code of a pass with a telephone, or find a name.")),
        (
            "commons:list",
            _("Share notes and resources"),
            "Gaëlle",
            _("Notes become resources, with their licence, authors and origin."),
        ),
    )
    return [Step(title=title, who=who, text=text, address=_address(name)) for name, title, who, text in steps]


def _address(name: str) -> str:
    """The page's address; empty while the package that has it is being built."""
    try:
        return reverse(name, kwargs={"event": EVENT})
    except NoReverseMatch:
        return ""
