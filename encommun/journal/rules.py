"""How things are named in the journal, and how entries are chained."""

import hashlib
import json
from datetime import UTC

from django.db import models

from encommun.journal.models import Entry

GENESIS = "0" * 64


def reference(about: models.Model) -> str:
    """How the journal names an object: «call.Proposal:K7M2QX», or its number where it has no code."""
    name = getattr(about, "code", None) or about.pk
    return f"{about._meta.app_label}.{about._meta.object_name}:{name}"


def entry_hash(former: str, entry: Entry) -> str:
    """SHA-256 over the former hash and the canonical JSON of the row (sorted keys, no spaces, as in RFC 8785)."""
    row = {
        "position": entry.position,
        "id": entry.pk,
        "kind": entry.kind,
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor,
        "event_id": entry.event_id,
        "about": entry.about,
        "facts": entry.facts,
    }
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((former + canonical).encode()).hexdigest()
