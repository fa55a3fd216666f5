"""Make a call that may be sent twice act once."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused
from encommun.journal.models import IdempotentAnswer


class KeyUsedForAnother(Refused):
    """The idempotency key came before with another request."""

    code, kind = "idempotency_key_reused", Kind.CONFLICT
    text = _("This key was already used for another request.")


@transaction.atomic
def once(scope: str, key: str, request: Any, *, at: datetime, act: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Run ``act`` unless ``key`` was used before; answer what it answered, and whether it ran now.

    The key's row is inserted before the effect and committed with it, so that of two calls at the same moment one
    waits for the other and then gets its answer.

    Raises:
        KeyUsedForAnother: the key came with another request.
    """
    request_hash = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()
    if not IdempotentAnswer.objects.begin(scope=scope, key=key, request_hash=request_hash, at=at):
        former = IdempotentAnswer.objects.get(scope=scope, key=key)
        if former.request_hash != request_hash:
            raise KeyUsedForAnother()
        return former.answer, False
    answer = act()
    IdempotentAnswer.objects.end(scope=scope, key=key, answer=answer)
    return answer, True
