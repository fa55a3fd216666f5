"""What authors are asked to consent to, word for word. A change of the sentence is a new version."""

from django.utils.translation import gettext_lazy as _

PURPOSE = "proposal.publish_name"
VERSION = "2018-05"
#: The same for somebody whose suggestion was taken up.
CREDIT_PURPOSE = "suggestion.credit"
CREDIT_TEXT = _("If it is taken up, my name may be told in the history of the proposal.")
TEXT = _("My name and my structure may be shown beside my proposal, on this site and in the open data of the gathering.")
