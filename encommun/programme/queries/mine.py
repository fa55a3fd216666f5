"""«Mon programme» of somebody who has an account."""

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound
from encommun.foundation.signing import check_link
from encommun.programme.models import MyProgramme

#: The purpose of the secret link of a calendar of one's own.
LINK = "programme.mine"


def mine_of(event: Event, actor: Actor) -> MyProgramme | None:
    """What the actor keeps at the gathering, if anything."""
    return MyProgramme.objects.filter(event=event, account_id=actor.account_id).first() if actor.is_signed_in else None


def codes_of(mine: MyProgramme | None) -> list[str]:
    """Codes of the sessions that are kept."""
    return list(mine.sessions.order_by("starts_at", "id").values_list("code", flat=True)) if mine else []


def mine_by_link(event: Event, number: int, token: str) -> MyProgramme:
    """Somebody's own programme, for whoever holds its secret link.

    Raises:
        NotFound: the link does not fit, or was replaced.
    """
    mine = MyProgramme.objects.filter(event=event, pk=number).first()
    if mine is None:
        raise NotFound()
    check_link(LINK, str(mine.pk), token, mine.epoch)
    return mine
