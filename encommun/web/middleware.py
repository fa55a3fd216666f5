"""What every request goes through, beside Django's own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, set_script_prefix
from django.utils import translation
from django.utils.csp import CSP, build_policy
from django.utils.functional import SimpleLazyObject

from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.refusals import STATUS, Refused

type Handler = Callable[[HttpRequest], HttpResponse]


class SafeHeaders:
    """Headers that Django does not set: permissions, resources, and no storing of private pages. And the usual content policy,
    written once: Django would write it anew for each answer, and leaves one that is there."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policy = build_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not hasattr(response, "_csp_config"):
            response.headers.setdefault(CSP.HEADER_ENFORCE.value, self.policy)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class LanguageFromAddress:
    """``/en/…`` is English, everything else is the instance's language. So an address has one content for everyone.

    The prefix becomes the script prefix: ``reverse`` and ``{% url %}`` keep the reader in her language by themselves.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.prefixes = {f"/{code}": code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = "/" + request.path_info.split("/", 2)[1] if request.path_info.startswith("/") else ""
        language = self.prefixes.get(first, settings.LANGUAGE_CODE)
        request.language = language
        request.path_without_language = request.path_info
        prefix = "/"
        if first in self.prefixes:
            request.path_info = request.path_without_language = request.path_info[len(first) :] or "/"
            prefix = first + "/"
        set_script_prefix(prefix)
        try:
            with translation.override(language):
                response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
        finally:
            set_script_prefix("/")


class ApiCalls:
    """A call of the API is answered from here: what follows is about pages (cookies, forms, messages) and would cost every booking."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        match = request.resolver_match = resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)


class WhoActs:
    """``request.actor``: built only when a view asks, so that public pages ask nothing of the database."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: who_acts(request))
        return self.get_response(request)


def who_acts(request: HttpRequest) -> Actor:
    """The actor of a request: account, roles in force, secret links opened in this session."""
    from encommun.events.queries import actor_of
    from encommun.people.links import links_of

    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return VISITOR
    return actor_of(request.user, links=links_of(request))


class Refusals:
    """A refusal that no view answered becomes a page with its sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        from encommun.web.views.errors import refused
        from encommun.web.views.team_door import lead_to_the_door

        return lead_to_the_door(request, exception) or refused(request, exception, STATUS[exception.kind])
