"""What publishing now would do."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from encommun.events.models import Event
from encommun.programme.models import ProgrammeVersion
from encommun.programme.queries.changes import differences
from encommun.programme.queries.checks import Warned
from encommun.programme.queries.content import Content, content_of_draft
from encommun.programme.queries.draft import warnings_of
from encommun.programme.queries.published import latest_version


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """The difference, the warnings, and the digest that ties the confirmation to what was read."""

    last: ProgrammeVersion | None
    changes: list[dict[str, Any]]
    warnings: list[Warned]
    digest: str
    session_count: int


def digest(content: Content) -> str:
    """A short name of what a draft says."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def publishing_of(event: Event) -> Publishing:
    """What the page of publication shows."""
    last = latest_version(event)
    former = last.content if last else None
    planned = content_of_draft(event, former)
    return Publishing(
        last=last,
        changes=differences(former, planned),
        warnings=warnings_of(event),
        digest=digest(planned),
        session_count=len(planned["sessions"]),
    )
