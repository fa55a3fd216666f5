"""What the instance says of itself: accessibility, legal notice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from encommun.ui.public_pages import public_page


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html")


@public_page()
def legal(request: HttpRequest) -> HttpResponse:
    """Who runs the instance, and the software's licence."""
    return render(request, "web/legal.html")
