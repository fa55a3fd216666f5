"""The ticket of a seat: on paper, and its code as an image."""

from django.http import HttpRequest, HttpResponse

from encommun.checkin.papers import code_svg, ticket_pdf
from encommun.checkin.queries import ticket_seen_by
from encommun.events.pages import event_of


def pdf(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The ticket as PDF, in the language of the address."""
    ticket = ticket_seen_by(request.actor, event_of(request, event), code)
    answer = HttpResponse(ticket_pdf(ticket, language=request.language), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="billet-{ticket.seat.code}.pdf"'
    return answer


def svg(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The code as an image."""
    ticket = ticket_seen_by(request.actor, event_of(request, event), code)
    return HttpResponse(code_svg(ticket.code), content_type="image/svg+xml")
