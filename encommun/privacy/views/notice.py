"""The public notice: what is held, why, on what basis, for how long; generated from the declarations themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from encommun.privacy.queries import register
from encommun.ui.public_pages import public_page


@public_page()
def notice(request: HttpRequest) -> HttpResponse:
    """One page for the instance."""
    return render(request, "privacy/notice.html", {"register": register(), "contact": settings.CONFIG.contact_email})
