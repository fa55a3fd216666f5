"""The key that opens the API for half an hour: kept in the process, renewed with its own renewal key, never asked twice at once."""

import threading
import time
from dataclasses import dataclass

from django.conf import settings

from encommun.payment.refusals import ProviderUnreachable

EARLY = 60  # seconds before its end that a key is renewed
SECONDS = 10
_lock = threading.Lock()
_kept: dict[tuple[str, str], "Token"] = {}


@dataclass(frozen=True, kw_only=True)
class Token:
    """What the provider gave, and until when it opens."""

    access: str
    renewal: str
    until: float


def access_token(*, is_refused: str = "") -> str:
    """A key that opens now.

    Args:
        is_refused: the key that the provider has just refused: another one is asked for.

    Raises:
        ProviderUnreachable
    """
    place = (settings.CONFIG.helloasso_api_base, settings.CONFIG.helloasso_client_id)
    with _lock:
        kept = _kept.get(place)
        if kept is None or kept.until <= time.monotonic() or kept.access == is_refused:
            kept = _kept[place] = (kept and _renewed(kept)) or _asked({"grant_type": "client_credentials"}, with_secret=True)
        return kept.access


def _renewed(kept: Token) -> Token | None:
    """A renewal key serves once and for thirty days; when it is refused, one begins again with the secret."""
    try:
        return _asked({"grant_type": "refresh_token", "refresh_token": kept.renewal})
    except _Refused:
        return None


class _Refused(Exception):
    pass


def _asked(form: dict[str, str], *, with_secret: bool = False) -> Token:
    import requests

    config = settings.CONFIG
    form = form | {"client_id": config.helloasso_client_id}
    if with_secret:
        form |= {"client_secret": config.helloasso_client_secret}
    try:
        answer = requests.post(f"{config.helloasso_api_base}/oauth2/token", data=form, timeout=SECONDS)
        if answer.status_code in (400, 401) and not with_secret:
            raise _Refused()
        answer.raise_for_status()
        given = answer.json()
        until = time.monotonic() + int(given["expires_in"]) - EARLY
        return Token(access=given["access_token"], renewal=given.get("refresh_token", ""), until=until)
    except (requests.RequestException, ValueError, KeyError) as error:
        raise ProviderUnreachable() from error
