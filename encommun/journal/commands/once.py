"""Make a call that may be sent twice act once."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
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
        in_one_message: the row leaves with the first statement of ``act``, and its answer with the last (``foundation.together``):
            for an ``act`` that does nothing beside the database, since a second call may begin it before it is stopped.

    Raises:
        KeyUsedForAnother: the key came with another request.
    """
    request_hash = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    answers = IdempotentAnswer.objects
    try:
        with transaction.atomic(), together():
            answers.begin(scope=scope, key=key, request_hash=request_hash, at=at, then=_first)
            if not in_one_message:
                leave()
            answer = act()
            answers.end(scope=scope, key=key, answer=answer)
        return answer, True
    except _CameBefore:
        former = answers.get(scope=scope, key=key)
        if former.request_hash != request_hash:
            raise KeyUsedForAnother() from None
        return former.answer, False


def _first(is_free: bool) -> None:
    if not is_free:
        raise _CameBefore
