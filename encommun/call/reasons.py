"""Ready reasons of an answer: short sentences that the team may pick, or replace by its own words."""

from django.utils.translation import gettext_lazy as _

#: code -> sentence, in the order in which they are offered.
READY_REASONS = {
    "exchange": _("Your proposal makes real room for exchange, and several people in the team want to be there."),
    "missing_subject": _("It brings a subject that the programme was missing."),
    "field": _("It starts from what you did in the field, and others can take it up."),
    "together": _("Several proposals are close to yours: we suggest that you prepare a common session."),
    "shorter": _("The subject matters to us, in a shorter and more open form, so that more people can speak."),
    "open_space": _("The open space of the second day suits it: you will set it up with those who come to it."),
    "local": _("It would find its public better at a local edition, near the people concerned."),
    "many": _("We received many more proposals than there are rooms, and several treat this subject."),
    "little_exchange": _("The call asked for room for exchange, and we did not find enough of it here."),
    "off_axes": _("It is good work, and lies outside the three axes of this year."),
}
