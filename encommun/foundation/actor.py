"""Who acts. Built once per request (``web/middleware.py``, ``api/authentication.py``), then passed to every rule."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Roles of an event's team; see ``docs/vocabulary.md``. One person may have several."""

    COORDINATION = "coordination"
    PROGRAMME = "programme"
    REGISTRATION = "registration"
    DOOR = "door"
    DATA_PROTECTION = "data_protection"
    COMMONS = "commons"


#: Roles that reach personal data beyond a door list, or change what is public: they ask for a second factor.
ROLES_WITH_SECOND_FACTOR = frozenset(Role) - {Role.DOOR}


class ActorKind(StrEnum):
    VISITOR = "visitor"
    PERSON = "person"
    TOKEN = "token"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts.

    Attributes:
        account_id: the account signed in, if any.
        email: its verified address, lower case; empty otherwise.
        token_id: the API token used, if any.
        roles: pairs (event id, role) that are in force now.
        roles_waiting: pairs given but asleep until the person adds a second factor.
        links: pairs (purpose, subject) proven by a secret link, e.g. ("registration.booking", "K7M2QX").
    """

    kind: ActorKind = ActorKind.VISITOR
    account_id: int | None = None
    email: str = ""
    language: str = "fr"
    token_id: int | None = None
    roles: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    roles_waiting: frozenset[tuple[int, str]] = field(default_factory=frozenset)
    links: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """Whether a person signed in with an account."""
        return self.account_id is not None

    def has_role(self, event_id: int, *roles: Role) -> bool:
        """Whether one of the roles is held on the event. Coordination includes every other role."""
        return any((event_id, role) in self.roles for role in (Role.COORDINATION, *roles))

    def is_in_team(self, event_id: int) -> bool:
        """Whether any role at all is held on the event."""
        return any(event == event_id for event, _role in self.roles)

    def holds_link(self, purpose: str, subject: str) -> bool:
        """Whether a secret link for this very thing was opened in this session."""
        return (purpose, subject) in self.links

    @property
    def reference(self) -> str:
        """How the journal names the actor: never a name or an address."""
        if self.token_id is not None:
            return f"token:{self.token_id}"
        if self.account_id is not None:
            return f"account:{self.account_id}"
        return str(self.kind)


VISITOR = Actor()
SYSTEM = Actor(kind=ActorKind.SYSTEM)
