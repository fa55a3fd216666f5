"""What authors are asked to consent to, word for word. A change of the sentence is a new version."""

from django.utils.translation import gettext_lazy as _

PURPOSE = "proposal.publish_name"
VERSION = "2018-05"
TEXT = _("My name and my structure may be shown beside my proposal, on this site and in the open data of the gathering.")
