"""The door as JSON, for devices of one's own."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from encommun.checkin.commands import redeem, undo_scan
from encommun.checkin.sentences import sentence, word
from encommun.events.keys import KEY, event_of
from encommun.foundation import clock
from encommun.ui.api import Asked, Slug, problems

router = Router(tags=["Door"], auth=KEY)


class ScanAsked(Asked):
    code: str = Field(min_length=1, max_length=400, description="What the ticket shows, or the short code of a pass.")
    scan_id: UUID = Field(description="Drawn by the device for this scan: sent again, it gets the same answer.")
    mode: Literal["api", "offline", "camera", "typed"] = "api"
    direction: Literal["entry", "exit"] = "entry"
    door: int = Field(0, ge=0, le=32767, description="The number of a door; 0 where the gathering has none.")
    let_in: bool = Field(
        False, description="With «offline»: the person is inside already; the scan counts from device_time on, whenever it arrives."
    )
    device: str = Field("", max_length=60)
    device_seq: int | None = Field(None, ge=0, le=2**31 - 1)
    device_time: AwareDatetime | None = None


class ScanAnswer(BaseModel):
    result: Literal[
        "admitted",
        "already_in",
        "out",
        "too_early",
        "too_late",
        "wrong_day",
        "wrong_kind",
        "blocked",
        "unpaid",
        "cancelled",
        "replaced",
        "unknown",
        "forged",
        "other_event",
    ]
    colour: Literal["green", "orange", "red"]
    word: str
    sentence: str = Field(description="What to say to the person.")
    name: str
    pass_name: str
    days: list[date]
    at: datetime
    first_at: datetime | None = Field(description="When this pass came in before on that day.")
    is_repeat: bool


class Undone(BaseModel):
    scan_id: UUID
    at: datetime


@router.post(
    "/{event}/scans/{scan_id}/undo",
    response={200: Undone, **problems(401, 403, 404, 409, 422)},
    summary="Undo a scan",
)
def undo(request: HttpRequest, event: Slug, scan_id: UUID) -> dict[str, Any]:
    """Take back an entry or an exit of today: a misreading. Undone twice is undone once."""
    undoing = undo_scan(event_of(request, event), scan_id, actor=request.actor, at=clock.now())
    return {"scan_id": undoing.undoes, "at": undoing.at}


@router.post(
    "/{event}/scans",
    response={200: ScanAnswer, **problems(400, 401, 403, 404, 409, 413, 422)},
    summary="Look at a code at the door",
)
def scan(request: HttpRequest, event: Slug, asked: ScanAsked) -> HttpResponse:
    """Admit a pass once a day, or say why not. For a key of the door or of registration."""
    found = event_of(request, event)
    outcome = redeem(found, **asked.model_dump(), actor=request.actor, at=clock.now())
    facts = ("result", "colour", "name", "pass_name", "days", "at", "first_at", "is_repeat")
    told: dict[str, Any] = {name: getattr(outcome, name) for name in facts}
    answer = ScanAnswer(**told, word=word(outcome), sentence=sentence(outcome, found))
    return HttpResponse(answer.model_dump_json(), content_type="application/json; charset=utf-8")
