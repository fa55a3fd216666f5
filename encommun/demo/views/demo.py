"""One page to try the product: the journey, the cast, and every letter that was written."""

from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.html import urlize
from django.utils.safestring import mark_safe

from encommun.demo.codes import code_now
from encommun.demo.journey import journey
from encommun.demo.names import CAST
from encommun.foundation.text import clean_email
from encommun.mailing.models import Attachment, Letter

A_PAGE = 20


def demo(request: HttpRequest) -> HttpResponse:
    """The journey, the cast with the codes of this moment, and sent letters, the newest first."""
    wanted = clean_email(request.GET.get("a", ""))[:254]
    letters = Letter.objects.order_by("-id").defer("html", "text").prefetch_related("attachments")
    if wanted:
        letters = letters.filter(recipient__icontains=wanted)
    page = Paginator(letters, A_PAGE).get_page(request.GET.get("page"))
    context = {"journey": journey(), "cast": _cast(), "code": code_now(), "letters": page, "wanted": wanted}
    return render(request, "demo/demo.html", context)


def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One letter, as text with its links."""
    found = get_object_or_404(Letter.objects.prefetch_related("attachments"), pk=number)
    # urlize escapes everything that is not a link of its own making.
    text = mark_safe(urlize(found.text, nofollow=True, autoescape=True))
    return render(request, "demo/letter.html", {"letter": found, "text": text})


def attachment(request: HttpRequest, number: int) -> HttpResponse:
    """A file that goes with a letter; always downloaded, never shown."""
    file = get_object_or_404(Attachment, pk=number)
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(file.name)}"
    return response


def _cast() -> list[dict[str, object]]:
    emails = [member.email for member in CAST.values()]
    protected = set(Authenticator.objects.filter(user__email__in=emails).values_list("user__email", flat=True))
    return [
        {
            "member": member,
            "has_second_factor": member.email in protected,
            "sign_in": f"{reverse('people:sign_in')}?{urlencode({'e': member.email})}",
            "letters": f"{reverse('demo:demo')}?{urlencode({'a': member.email})}#lettres",
        }
        for member in CAST.values()
    ]
