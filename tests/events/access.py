"""Who may reach the page of the team: those who coordinate."""

from encommun.events.commands import make_token
from tests.access import Row
from tests.cast import NOW

COORDINATION = ("coordination",)


def _of(cast):
    return {"event": cast.event.slug}


def _membership(cast):
    return _of(cast) | {"membership": cast.event.memberships.get(role="door").pk}


def _membership_elsewhere(cast):
    return _membership(cast) | {"event": cast.other.slug}


def _token(cast):
    found = cast.event.tokens.first()
    if found is None:
        found, _secret = make_token(cast.event, name="Essai", role="door", days=1, actor=cast.actor("aya"), at=NOW)
    return _of(cast) | {"token": found.pk}


def _token_elsewhere(cast):
    return _token(cast) | {"event": cast.other.slug}


def _support(cast):
    return _of(cast) | {"number": cast.event.supports.first().pk}


def _support_elsewhere(cast):
    return _support(cast) | {"event": cast.other.slug}


ACCESS = {
    "events:gathering": Row(allowed=COORDINATION, kwargs=_of),
    "events:show": Row(allowed=COORDINATION, kwargs=_of, method="POST"),
    "events:new_axis": Row(allowed=COORDINATION, kwargs=_of),
    "events:edit_axis": Row(
        allowed=COORDINATION,
        kwargs=lambda cast: _of(cast) | {"axis": "lieux"},
        foreign=lambda cast: {"event": cast.other.slug, "axis": "lieux"},
    ),
    "events:new_support": Row(allowed=COORDINATION, kwargs=_of),
    "events:edit_support": Row(allowed=COORDINATION, kwargs=_support, foreign=_support_elsewhere),
    "events:team_people": Row(allowed=COORDINATION, kwargs=_of),
    "events:give_role": Row(allowed=COORDINATION, kwargs=_of, method="POST"),
    "events:take_role": Row(allowed=COORDINATION, kwargs=_membership, foreign=_membership_elsewhere),
    "events:make_key": Row(allowed=COORDINATION, kwargs=_of, method="POST"),
    "events:revoke_key": Row(allowed=COORDINATION, kwargs=_token, foreign=_token_elsewhere),
}
