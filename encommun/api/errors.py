"""Every refusal of the API in one shape: ``{"code", "detail", "errors"}``."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from encommun.foundation.refusals import STATUS, NotFound, Refused, TooManyTries

CODES = {400: "unreadable", 401: "key_missing", 413: "too_large"}


def sentence_of(error: dict[str, Any]) -> str:
    """What is wrong with a field, in words; pydantic's own words are not translated."""
    facts = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return _("This is missing.")
        case "extra_forbidden":
            return _("There is no such field here: check its name.")
        case "string_too_long" | "too_long":
            return _("At most {most} are accepted.").format(most=facts["max_length"])
        case "string_too_short" | "too_short":
            return _("At least {least} are needed.").format(least=facts["min_length"])
        case "greater_than_equal":
            return _("At least {least} is needed.").format(least=facts["ge"])
        case "less_than_equal":
            return _("At most {most} is accepted.").format(most=facts["le"])
        case "literal_error" | "enum":
            return _("Expected one of: {names}.").format(names=facts["expected"])
        case "string_type":
            return _("Expected a text.")
        case "int_type" | "int_parsing" | "int_from_float":
            return _("Expected a whole number.")
        case "list_type":
            return _("Expected a list.")
        case "uuid_parsing" | "uuid_type":
            return _("Expected a UUID.")
    return _("This value is not as expected.")


def field_of(error: dict[str, Any]) -> str:
    """The path of a field as its caller wrote it: ``seats.0.name``."""
    _source, *path = error["loc"]
    return ".".join(str(part) for part in (path[1:] if _source == "body" and len(path) > 1 else path))


def install(api: NinjaAPI) -> None:
    """Give the API its handlers."""

    def answer(
        request: HttpRequest, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None
    ) -> HttpResponse:
        return api.create_response(request, {"code": code, "detail": detail, "errors": errors or []}, status=status)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
        if isinstance(refusal, TooManyTries):
            response = answer(request, 429, refusal.code, refusal.sentence)
            response.headers["Retry-After"] = "60"
            return response
        return answer(request, STATUS[refusal.kind], refusal.code, refusal.sentence)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"field": field_of(one), "detail": sentence_of(one)} for one in error.errors[:50]]
        detail = " ".join(f"{one['field']}: {one['detail']}" for one in errors[:5])
        return answer(request, 422, "invalid", detail, errors)

    @api.exception_handler(AuthenticationError)
    def unknown_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = answer(request, 401, CODES[401], _("This needs a key in force: «Authorization: Bearer …»."))
        response.headers["WWW-Authenticate"] = 'Bearer realm="encommun"'
        return response

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(request, error.status_code, CODES.get(error.status_code, "refused"), _("The body must be JSON, in UTF-8."))

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return answer(request, 413, CODES[413], _("This is too large."))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        refusal = NotFound()
        return answer(request, 404, refusal.code, refusal.sentence)
