"""Who may reach the addresses of people; see tests/access.py."""

from allauth.mfa.models import Authenticator

from tests.access import EVERYONE, SIGNED_IN, Row


def _factor_of_coordination(cast):
    return {"number": Authenticator.objects.filter(user=cast.aya).first().pk}


_IN_PROCESS = Row(allowed=EVERYONE)  # without a sign-in under way it leads to the sign-in page, or to «my space»

ACCESS = {
    "people:sign_in": Row(allowed=EVERYONE),
    "people:code": _IN_PROCESS,
    "people:resend": Row(allowed=EVERYONE, method="POST"),
    "people:second_factor": _IN_PROCESS,
    "people:passkey": Row(allowed=EVERYONE),
    "people:closed": Row(),
    "people:sign_out": Row(allowed=EVERYONE, method="POST"),
    "people:security": Row(allowed=SIGNED_IN),
    "people:application": Row(allowed=SIGNED_IN),
    "people:new_passkey": Row(allowed=SIGNED_IN),
    "people:recovery_codes": Row(allowed=SIGNED_IN),
    # Sessions of the walk are old: each is asked to sign in once more, and only then is a factor looked for among her own.
    "people:remove": Row(allowed=SIGNED_IN, kwargs=_factor_of_coordination, method="POST"),
    "people:sign_out_elsewhere": Row(allowed=SIGNED_IN, method="POST"),
    "people:sign_in_again": Row(allowed=SIGNED_IN),
    "people:second_factor_needed": Row(allowed=SIGNED_IN),
    # The same pages under the names that allauth's stages ask for.
    "account_login": Row(allowed=EVERYONE),
    "account_confirm_login_code": _IN_PROCESS,
    "mfa_authenticate": _IN_PROCESS,
    "account_inactive": Row(),
}
