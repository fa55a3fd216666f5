"""The grid that one moves sessions in: its data, and the moves. Each address also answers a plain form."""

import dataclasses
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import STATUS, NotFound, Refused
from encommun.places.models import Room
from encommun.programme import commands
from encommun.programme.models import Session
from encommun.programme.queries import rooms_of, session_of, who_moved
from encommun.programme.queries.editor import stamp_of, state_of
from encommun.programme.refusals import MovedMeanwhile, RoomElsewhere
from encommun.programme.words import of_lacks, of_warning


def state(request: HttpRequest, event: str) -> HttpResponse:
    """The draft as data; 304 while nothing changed, so that asking every five seconds costs little."""
    found = team_event_of(request, event, Role.PROGRAMME)
    tag = f'"{stamp_of(found, get_language() or "fr")}"'
    if request.headers.get("If-None-Match") == tag:
        answer: HttpResponse = HttpResponse(status=304)
    else:
        answer = JsonResponse(_told(state_of(found)))
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


def _told(data: dict[str, Any]) -> dict[str, Any]:
    for one in data["sessions"]:
        one["lacks"] = {room: of_lacks(codes) for room, codes in one["lacks"].items()}
    data["warnings"] = [{"codes": one.codes, "words": of_warning(one), "is_info": one.is_info} for one in data["warnings"]]
    data["moves"] = [dataclasses.asdict(one) for one in data["moves"]]
    return data


@require_POST
def move(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Place, move, resize, unplace or fix one session."""
    found = team_event_of(request, event, Role.PROGRAMME)
    one = session_of(found, code)
    try:
        _move(found, one, request)
    except MovedMeanwhile as refused:
        return _answer(request, found, one, refused, theirs=_theirs(one.pk))
    except Refused as refused:
        return _answer(request, found, one, refused)
    return _answer(request, found, one)


def _move(event: Event, one: Session, request: HttpRequest) -> None:
    seen = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else None
    who = {"actor": request.actor, "at": clock.now()}
    if request.POST.get("do") == "unplace":
        commands.unplace_session(one, seen=seen, **who)
    elif request.POST.get("do") == "fix":
        commands.fix_session(one, room="room_is_fixed" in request.POST, time="time_is_fixed" in request.POST, seen=seen, **who)
    else:
        length = request.POST.get("minutes", "")
        minutes = int(length) if length.isdecimal() and len(length) < 6 else None
        commands.place_session(
            one, room=_room(event, request), starts_at=_moment(event, request), minutes=minutes, seen=seen, **who
        )


def _room(event: Event, request: HttpRequest) -> Room:
    for room in rooms_of(event):
        if str(room.pk) == request.POST.get("room"):
            return room
    raise RoomElsewhere()


def _moment(event: Event, request: HttpRequest) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get("start", "")).replace(tzinfo=event.zone)
    except ValueError:
        raise NotFound() from None


def _theirs(session: int) -> dict[str, Any]:
    """Where it is now, and who put it there."""
    one = Session.objects.select_related("room", "event").get(pk=session)
    local = one.starts_at.astimezone(one.event.zone) if one.starts_at else None
    return {
        "who": who_moved(one),
        "version": one.version,
        "room": one.room.name if one.room else "",
        "start": f"{local:%Y-%m-%dT%H:%M}" if local else "",
    }


def _answer(
    request: HttpRequest, event: Event, one: Session, refused: Refused | None = None, theirs: dict[str, Any] | None = None
) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        if refused is None:
            return JsonResponse({"version": one.version})
        more = {"theirs": theirs} if theirs else {}
        return JsonResponse({"code": refused.code, "detail": refused.sentence, **more}, status=STATUS[refused.kind])
    if refused is not None:
        messages.error(request, refused.sentence)
    answer = redirect("programme:team", event.slug)
    answer["Location"] += f"?deplacee={one.code}#deplacee" if refused is None else f"?seance={one.code}#placer"
    return answer


@require_POST
def undo(request: HttpRequest, event: str) -> HttpResponse:
    """Undo one's own last move."""
    return _turn(request, event, commands.undo_move, _("Undone: {titles}."))


@require_POST
def redo(request: HttpRequest, event: str) -> HttpResponse:
    """Do again what one undid."""
    return _turn(request, event, commands.redo_move, _("Done again: {titles}."))


def _turn(request: HttpRequest, event: str, command: Any, words: str) -> HttpResponse:
    found = team_event_of(request, event, Role.PROGRAMME)
    said, status = [], 200
    try:
        done = command(found, actor=request.actor, at=clock.now())
    except Refused as refused:
        said, status = [refused.sentence], STATUS[refused.kind]
    else:
        if done.moved:
            said.append(words.format(titles=", ".join(f"«{one.title}»" for one in done.moved)))
        said += [_("«{title}» stays: somebody else moved it since.").format(title=one.title) for one in done.left]
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"detail": " ".join(said)}, status=status)
    for sentence in said:
        (messages.success if status == 200 else messages.error)(request, sentence)
    return redirect("programme:team", found.slug)
