"""Error pages: each says in a sentence what happened and what to do, and keeps what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from encommun.foundation.refusals import NotAllowed, NotFound, Refused

#: Never sent back in a page: tokens of the form itself.
NOT_TYPED = {"csrfmiddlewaretoken", "website"}


def refused(request: HttpRequest, refusal: Refused, status: int) -> HttpResponse:
    """A refusal as a page."""
    return render(
        request, "web/refused.html", {"sentence": refusal.sentence, "status": status, "typed": typed(request)}, status=status
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing at this address."""
    return refused(request, NotFound(), 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection had expired: everything typed is in the page, to copy or to send again."""
    context = {
        "sentence": _("This page was open for so long that its protection expired. Nothing is lost: your text is below."),
        "status": 403,
        "typed": typed(request),
    }
    return render(request, "web/refused.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    context = {
        "sentence": _("Something broke on our side. Nothing you typed is lost: it is below."),
        "status": 500,
        "typed": typed(request),
    }
    return render(request, "web/refused.html", context, status=500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be understood."""
    return render(
        request, "web/refused.html", {"sentence": _("This request cannot be understood."), "status": 400, "typed": []}, status=400
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person had typed: name of the field and text, longest texts first."""
    if request.method != "POST":
        return []
    try:
        fields = [
            (name, value)
            for name, value in request.POST.items()
            if name not in NOT_TYPED and isinstance(value, str) and value.strip()
        ]
    except Exception:  # an unreadable body has nothing to keep
        return []
    return sorted(fields, key=lambda pair: -len(pair[1]))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Something Django itself refuses."""
    return refused(request, NotAllowed(), 403)
