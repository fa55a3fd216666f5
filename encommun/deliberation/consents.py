"""What people who write are asked to consent to, word for word. A change of the sentence is a new version."""

from django.utils.translation import gettext_lazy as _

PURPOSE = "comment.publish_name"
VERSION = "2018-06"
TEXT = _("My name may be shown beside this message, on this site and in the open data of the gathering.")

JOIN_PURPOSE = "committee.publish_name"
JOIN_VERSION = "2018-06"
JOIN_TEXT = _("My name may be shown on the page of the committee.")
