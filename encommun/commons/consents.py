"""What note takers are asked to consent to, word for word. A change of the sentence is a new version."""

from django.utils.translation import gettext_lazy as _

PURPOSE = "notes.publish_name"
VERSION = "2018-05"
TEXT = _("My name may be shown with the text published from these notes, on this site and in its open data.")
