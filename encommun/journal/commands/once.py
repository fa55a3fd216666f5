"""Make a call that may be sent twice act once."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused
from encommun.foundation.together import leave, together
from encommun.journal.models import IdempotentAnswer


class KeyUsedForAnother(Refused):
    """The idempotency key came before with another request."""

    code, kind = "idempotency_key_reused", Kind.CONFLICT
    text = _("This key was already used for another request.")


class _CameBefore(Exception):
    """The key's row is there already, committed by the first call."""


def once(
    scope: str, key: str, request: Any, *, at: datetime, act: Callable[[], dict[str, Any]], in_one_message: bool = False
) -> tuple[dict[str, Any], bool]:
    """Run ``act`` unless ``key`` was used before; answer what it answered, and whether it ran now.

    The key's row is inserted before the effect and committed with it, so that of two calls at the same moment one
    waits for the other and then gets its answer.

    Args:
        in_one_message: the row leaves with the first statement of ``act``, and its answer and COMMIT with the last
            (``foundation.together``): for an ``act`` that does nothing beside the database, since a second call may begin it
            before it is stopped, and what the database refuses begins again in the ordinary way.

    Raises:
        KeyUsedForAnother: the key came with another request.
    """
    request_hash = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    asked = {"scope": scope, "key": key, "request_hash": request_hash, "at": at}
    try:
        if in_one_message:
            with suppress(IntegrityError):  # something stood in the way: what it is, is found by asking one by one
                return _act(act, asked, ends=True), True
        return _act(act, asked), True
    except _CameBefore:
        former = IdempotentAnswer.objects.get(scope=scope, key=key)
        if former.request_hash != request_hash:
            raise KeyUsedForAnother() from None
        return former.answer, False


def _act(act: Callable[[], dict[str, Any]], asked: dict[str, Any], *, ends: bool = False) -> dict[str, Any]:
    with transaction.atomic(), together(ends=ends):
        IdempotentAnswer.objects.begin(**asked, then=_first)
        if not ends:
            leave()
        answer = act()
        IdempotentAnswer.objects.end(scope=asked["scope"], key=asked["key"], answer=answer)
    return answer


def _first(is_free: bool) -> None:
    if not is_free:
        raise _CameBefore
