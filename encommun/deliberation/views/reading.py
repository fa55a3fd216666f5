"""What is said, for everyone."""

from django.http import HttpRequest, HttpResponse

from encommun.deliberation.models import Reason
from encommun.deliberation.queries import removals, threads_on
from encommun.deliberation.topic import kinds, topic_of
from encommun.events.pages import event_of, render
from encommun.ui.public_pages import public_page


@public_page("page")
def talk(request: HttpRequest, event: str, kind: str, code: str) -> HttpResponse:
    """Everything said about one topic, a page at a time."""
    found = event_of(request, event)
    topic = topic_of(found, kind, code)
    return render(request, "deliberation/talk.html", {"topic": topic, "talked": threads_on(topic, number=request.GET.get("page"))})


@public_page()
def house_rules(request: HttpRequest, event: str) -> HttpResponse:
    """How people talk here, who looks after it, and how many messages were removed."""
    found = event_of(request, event)
    kinds_removed = [(kind.name, gone) for kind in kinds().values() if (gone := kind.removals(found))]
    context = {"removals": removals(found), "kinds_removed": kinds_removed, "reasons": Reason.labels}
    return render(request, "deliberation/house_rules.html", context)
