"""Who may reach the addresses of privacy; see tests/access.py."""

from encommun.privacy.commands import give_consent
from tests.access import EVERYONE, SIGNED_IN, Row
from tests.cast import NOW


def _consent_of_chloe(cast):
    consent = give_consent(
        email=cast.chloe.email,
        account_id=cast.chloe.pk,
        purpose="proposal.publish_name",
        text="Mon nom peut être publié.",
        text_version="1",
        language="fr",
        about="call.Proposal:XXXXXX",
        door="opencall",
        actor=cast.actor("chloe"),
        at=NOW,
    )
    return {"number": consent.pk}


def _some_link(cast):
    return ("call.proposal", "XXXXXX")


ACCESS = {
    "privacy:my_space": Row(allowed=(*SIGNED_IN, "owner"), link=_some_link),
    "privacy:my_data": Row(allowed=(*SIGNED_IN, "owner"), link=_some_link),
    "privacy:download": Row(allowed=(*SIGNED_IN, "owner"), link=_some_link),
    # «member» is Chloé, whose consent it is; «owner» holds the link of what it is about.
    "privacy:withdraw": Row(allowed=("member", "owner"), kwargs=_consent_of_chloe, method="POST", link=_some_link),
    "privacy:erase": Row(allowed=(*SIGNED_IN, "owner"), link=_some_link),
    "privacy:erased": Row(allowed=EVERYONE),
    "privacy:notice": Row(allowed=EVERYONE),
}
