"""The team: people with roles, and tokens that act in a role."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.events.models.event import Event
from encommun.foundation.actor import Role

ROLE_NAMES = {
    Role.COORDINATION: _("Coordination"),
    Role.PROGRAMME: _("Programme"),
    Role.REGISTRATION: _("Registration and money"),
    Role.DOOR: _("Door"),
    Role.DATA_PROTECTION: _("Data protection"),
    Role.COMMONS: _("Commons"),
}


class TeamMembership(models.Model):
    """A person holds a role on an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "account", "role"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role}"


class TeamToken(models.Model):
    """A key of the API: it acts in one role on one event. Only the hash of the secret is kept."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
