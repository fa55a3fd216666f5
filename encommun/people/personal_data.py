"""What this package holds about people: accounts, second factors, sessions, counted tries."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.people.models import Account, Tries

NEVER_USED = timedelta(days=30)
TRIES_LIVE = timedelta(days=1)
SIGNING_IN = _("Let you sign in and find your things again")
PROTECTING = _("Protect accounts against those who guess codes")


def _account(subject: Subject) -> QuerySet[Account]:
    return Account.objects.filter(pk=subject.account_id) if subject.account_id is not None else Account.objects.none()


def _export_account(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "name": account.name,
        "language": account.language,
        "created_at": account.created_at.isoformat(),
        "last_login": account.last_login.isoformat() if account.last_login else None,
    }


def _erase_account(subject: Subject, *, at: datetime) -> list[Kept]:
    _account(subject).delete()
    return []


def _purge_accounts(*, at: datetime) -> int:
    """Accounts made by asking for a code that nobody typed: nothing may point to them."""
    never = Account.objects.filter(last_login=None, created_at__lt=at - NEVER_USED)
    for relation in Account._meta.related_objects:
        never = never.exclude(Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")})))
    count = never.count()
    Account.objects.filter(pk__in=list(never.values_list("pk", flat=True))).delete()
    return count


def _factors(subject: Subject) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id=subject.account_id).order_by("id")


def _export_factor(factor: Authenticator) -> dict[str, Any]:
    """The kind and the name; the secret itself stays sealed."""
    return {"user": factor.user_id, "type": factor.type, "name": factor.data.get("name", ""), "data": "…"}


def _erase_factors(subject: Subject, *, at: datetime) -> list[Kept]:
    if subject.account_id is not None:
        _factors(subject).delete()
    return []


def _none(subject: Subject) -> list[Any]:
    """Rows that name nobody that could be looked for: a session's content is opaque, a try is a keyed hash."""
    return []


def _nothing(subject: Subject, *, at: datetime) -> list[Kept]:
    return []


def _purge_sessions(*, at: datetime) -> int:
    # Sessions live by the machine's clock, whatever day the instance plays.
    count, _by_model = Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()
    return count


def _purge_tries(*, at: datetime) -> int:
    count, _by_model = Tries.objects.filter(window__lt=int((at - TRIES_LIVE).timestamp())).delete()
    return count


HOLDINGS = [
    Holding(
        model="people.Account",
        fields={
            "email": _("to know you again, and to send the code that lets you in"),
            "name": _("to call you as you want; you may leave it empty"),
            "language": _("to write to you in your language"),
            "last_login": _("to erase accounts that were never used"),
        },
        purpose=SIGNING_IN,
        basis="6.1.b",
        keeps=_("until you erase your account; thirty days if you never used it"),
        find=_account,
        export=_export_account,
        erase=_erase_account,
        purge=_purge_accounts,
    ),
    Holding(
        model="mfa.Authenticator",
        fields={
            "user": _("whose account it protects"),
            "data": _("the secret shared with your device, encrypted"),
        },
        purpose=SIGNING_IN,
        basis="6.1.f",
        keeps=_("until you remove it, or erase your account"),
        find=_factors,
        export=_export_factor,
        erase=_erase_factors,
    ),
    Holding(
        model="sessions.Session",
        fields={"session_data": _("who is signed in on a device, and the personal links opened there")},
        purpose=SIGNING_IN,
        basis="6.1.b",
        keeps=_("thirty days, or until you sign out"),
        find=_none,
        export=dict,
        erase=_nothing,
        purge=_purge_sessions,
    ),
    Holding(
        model="people.Tries",
        fields={"key": _("a keyed hash of an address, to count tries in a minute; it cannot be read back")},
        purpose=PROTECTING,
        basis="6.1.f",
        keeps=_("one day"),
        find=_none,
        export=dict,
        erase=_nothing,
        purge=_purge_tries,
    ),
]
