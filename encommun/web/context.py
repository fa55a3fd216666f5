"""What every template may read under ``page``. Lazy: a public page asks nothing of the session."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


class Page:
    """Facts about the page being drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language: str = getattr(request, "language", settings.LANGUAGE_CODE)
        self.instance_name: str = settings.CONFIG.instance_name
        self.contact_email: str = settings.CONFIG.contact_email
        self.is_demo: bool = settings.CONFIG.demo
        self.publisher: str = settings.CONFIG.publisher
        self.publication_director: str = settings.CONFIG.publication_director
        self.hosted_by: str = settings.CONFIG.hosted_by

    @property
    def messages(self) -> Any:
        """Messages to show once; none on a public page, which is the same for everyone."""
        if getattr(self.request.resolver_match and self.request.resolver_match.func, "is_public_page", False):
            return ()
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES and not self.request.session.modified:
            return ()
        return messages.get_messages(self.request)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Code, name and address of this page in each language."""
        path = getattr(self.request, "path_without_language", self.request.path)
        query = self.request.META.get("QUERY_STRING", "")
        rest = path + (f"?{query}" if query else "")
        return [(code, name, rest if code == settings.LANGUAGE_CODE else f"/{code}{rest}") for code, name in settings.LANGUAGES]

    @property
    def section(self) -> str:
        """The package whose page this is («call», «programme» …): what the navigation marks as current."""
        return self.request.resolver_match.namespace if self.request.resolver_match else ""

    @property
    def route(self) -> str:
        """The name of this page's address, «call:list»."""
        return self.request.resolver_match.view_name if self.request.resolver_match else ""

    @property
    def address(self) -> str:
        """The full public address of this page, without its query."""
        return settings.CONFIG.base_url + self.request.path

    @property
    def base_url(self) -> str:
        """The instance's public address, without a final slash."""
        return settings.CONFIG.base_url


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"page": Page(request), "actor": SimpleLazyObject(lambda: request.actor)}
