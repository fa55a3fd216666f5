"""The difference between two versions, as data. ``words.py`` says it in sentences.

A change is ``{"code", "title", "kind", "before", "after"}``; ``before`` and ``after`` are places
(``{"starts_at", "room", "room_name"}``) or titles; a change of the frame (slots, rooms, axes) has an empty code.
"""

from typing import Any

from encommun.programme.queries.content import Content, Row, plain

TEXTS = ("abstract", "axis", "format", "language", "licence", "is_plenary", "minutes", "proposal", "guid", "number")


def differences(former: Content | None, content: Content) -> list[dict[str, Any]]:
    """What a reader of the former version should know: new, moved, cancelled … in the order of the programme."""
    old = {session["code"]: session for session in (former or {}).get("sessions", ())}
    rooms = {room["key"]: room["name"] for one in (former or {}, content) for room in one.get("rooms", ())}
    changes: list[dict[str, Any]] = []
    for session in sorted(content["sessions"], key=lambda one: (one["starts_at"] or "9", one["title"])):
        changes += _of_session(old.pop(session["code"], None), session, rooms)
    changes += [_change(gone, "gone") for gone in old.values()]
    if former is not None and any(former.get(part) != content[part] for part in ("slots", "rooms", "venues", "axes")):
        changes.append({"code": "", "title": "", "kind": "frame", "before": None, "after": None})
    return changes


def _of_session(old: Row | None, new: Row, rooms: dict[str, str]) -> list[dict[str, Any]]:
    if old is None:
        return [_change(new, "new", after=_place(new, rooms))]
    if plain(old) == new:
        return []
    if new["state"] != old["state"]:
        return [_change(new, "cancelled" if new["state"] == "cancelled" else "restored", after=_place(new, rooms))]
    changes = []
    before, after = _place(old, rooms), _place(new, rooms)
    if before != after:
        kind = "placed" if before is None else "unplaced" if after is None else "moved"
        changes.append(_change(new, kind, before, after))
    if old["title"] != new["title"]:
        changes.append(_change(new, "title", old["title"], new["title"]))
    if old["people"] != new["people"]:
        changes.append(_change(new, "people"))
    if any(old[name] != new[name] for name in TEXTS):
        changes.append(_change(new, "text"))
    return changes


def _change(session: Row, kind: str, before: Any = None, after: Any = None) -> dict[str, Any]:
    return {"code": session["code"], "title": session["title"], "kind": kind, "before": before, "after": after}


def _place(session: Row, rooms: dict[str, str]) -> Row | None:
    if not session["starts_at"]:
        return None
    return {"starts_at": session["starts_at"], "room": session["room"], "room_name": rooms.get(session["room"], "")}
