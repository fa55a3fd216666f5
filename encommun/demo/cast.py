"""The accounts of the cast (``names.py``): in the demo, in tests, on screenshots."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from encommun.demo.names import CAST, Member
from encommun.events.commands import give_role
from encommun.foundation.actor import ROLES_WITH_SECOND_FACTOR, SYSTEM
from encommun.people.models import Account

#: One shared secret for the demo's second factors, shown on the demo page. Never used outside the demo and tests.
DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXP"


def make_account(member: Member, *, at: datetime) -> Account:
    """The account of a member of the cast."""
    account, _made = Account.objects.get_or_create(email=member.email, defaults={"name": member.name, "created_at": at})
    return account


def make_team(event_slug: str, *, at: datetime) -> dict[str, Account]:
    """Every account of the cast; those with a role hold it on the event, with a second factor where it asks for one."""
    accounts = {key: make_account(member, at=at) for key, member in CAST.items()}
    for key, member in CAST.items():
        if member.role:
            give_role(event_slug=event_slug, email=member.email, role=member.role, actor=SYSTEM, at=at)
        if member.role in ROLES_WITH_SECOND_FACTOR:
            add_second_factor(accounts[key])
    return accounts


def add_second_factor(account: Account) -> None:
    """The demo's second factor for an account."""
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, DEMO_TOTP_SECRET)
