"""From an account or a token to an actor."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from encommun.events.models import TeamMembership, TeamToken
from encommun.foundation.actor import ROLES_WITH_SECOND_FACTOR, VISITOR, Actor, ActorKind
from encommun.foundation.composed import Composed
from encommun.foundation.signing import secret_hash

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_of(account: Any, *, links: frozenset[tuple[str, str]] = frozenset()) -> Actor:
    """The actor of an account (or of nobody), with the roles in force.

    Roles that ask for a second factor sleep until the account has one (allauth then asks for it at each sign-in).
    """
    if not account.is_authenticated:
        return Actor(links=links) if links else VISITOR
    given = frozenset(TeamMembership.objects.filter(account_id=account.pk).values_list("event_id", "role"))
    asleep: frozenset[tuple[int, str]] = frozenset()
    guarded = frozenset(pair for pair in given if pair[1] in ROLES_WITH_SECOND_FACTOR)
    if guarded and not Authenticator.objects.filter(user_id=account.pk, type__in=PROOFS).exists():
        asleep = guarded
    return Actor(
        kind=ActorKind.PERSON,
        account_id=account.pk,
        email=account.email,
        language=account.language,
        roles=given - asleep,
        roles_waiting=asleep,
        links=links,
    )


BY_SECRET = Composed(
    lambda secret_hash: (
        TeamToken.objects.select_related("event")
        .defer("event__tagline", "event__purpose")  # texts of the event's pages: no call reads them
        .filter(revoked_at=None, secret_hash=secret_hash)
    ),
    secret_hash=str,
)


def token_in_force(secret: str, *, at: datetime) -> TeamToken | None:
    """The API token of a secret, with its event, if it was neither revoked nor let run out. One statement."""
    token = BY_SECRET.first(secret_hash=secret_hash(secret))
    return None if token is None or (token.expires_at is not None and token.expires_at <= at) else token


def actor_of_token(token: TeamToken) -> Actor:
    """The actor of an API token."""
    return Actor(kind=ActorKind.TOKEN, token_id=token.pk, roles=frozenset({(token.event_id, token.role)}))
