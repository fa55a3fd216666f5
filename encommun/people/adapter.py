"""How allauth speaks with the rest: its letters go through our outbox, its secrets are sealed, its words are ours."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from encommun.foundation import clock
from encommun.foundation.signing import seal, unseal
from encommun.mailing.commands import write_letter
from encommun.people.addresses import client_address

SEALED_FOR = "people.second_factor"
LETTERS = {"account/email/login_code": "people/letters/login_code"}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts have an address and no password."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter into the outbox; the worker sends it within a second."""
        request: HttpRequest = context["request"]
        write_letter(
            LETTERS[template_prefix],
            to=email,
            language=request.language,
            at=clock.now(),
            dedupe=uuid4().hex,
            context={
                "code": context["code"],
                "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
                "instance_name": settings.CONFIG.instance_name,
            },
        )

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The caller's address, as limits see it."""
        return client_address(request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed before they are stored."""

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return seal(SEALED_FOR, text.encode())

    def decrypt(self, encrypted_text: str) -> str:
        """Open what ``encrypt`` sealed."""
        return unseal(SEALED_FOR, encrypted_text).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who asks for a passkey: the instance, under the host of its address."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.CONFIG.instance_name}
