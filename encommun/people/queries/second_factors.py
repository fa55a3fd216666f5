"""The second factors of an account."""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator

from encommun.people.models import Account


@dataclass(kw_only=True)
class Factors:
    """An application, passkeys, and how many recovery codes are left."""

    application: Authenticator | None = None
    passkeys: list[Authenticator] = field(default_factory=list)
    recovery_codes: list[str] = field(default_factory=list)

    @property
    def exist(self) -> bool:
        """Whether the account is protected by a second factor."""
        return bool(self.application or self.passkeys)


def factors_of(account: Account) -> Factors:
    """What protects the account. One query."""
    factors = Factors()
    for factor in Authenticator.objects.filter(user=account).order_by("id"):
        match factor.type:
            case Authenticator.Type.TOTP:
                factors.application = factor
            case Authenticator.Type.WEBAUTHN:
                factors.passkeys.append(factor)
            case Authenticator.Type.RECOVERY_CODES:
                factors.recovery_codes = factor.wrap().get_unused_codes()
    return factors
