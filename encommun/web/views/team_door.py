"""Before the pages of a team: who is not signed in signs in, whose role sleeps adds a second factor."""

import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from encommun.events.models import Event
from encommun.foundation.refusals import NotFound, Refused

#: The pages of the team, of readers, of the door, and the notes that every session's page leads to.
PAGES_TO_SIGN_IN_FOR = re.compile(r"/(organisation|accueil|lecture)/|/notes/$")


def lead_to_the_door(request: HttpRequest, refusal: Refused) -> HttpResponse | None:
    """Where somebody goes for whom such a page does not exist yet; nothing for everyone else.

    It says nothing about what exists: any address of this kind leads a visitor to the sign-in page.
    """
    if not isinstance(refusal, NotFound) or not PAGES_TO_SIGN_IN_FOR.search(request.path_info) or request.method != "GET":
        return None
    back = urlencode({"next": request.get_full_path()})
    if not request.actor.is_signed_in:
        return redirect(f"{reverse('people:sign_in')}?{back}")
    waiting = [event_id for event_id, _role in request.actor.roles_waiting]
    slug = request.resolver_match.kwargs.get("event")
    if waiting and Event.objects.filter(slug=slug, pk__in=waiting).exists():
        return redirect(f"{reverse('people:second_factor_needed')}?{back}")
    return None
