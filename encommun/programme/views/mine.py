"""«Mon programme»: in the browser without an account, and across devices with one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound
from encommun.foundation.signing import link_token
from encommun.programme import commands
from encommun.programme.queries import LINK, codes_of, latest_version, mine_by_link, mine_of, programme_of, timetable
from encommun.ui.public_pages import public_page


@public_page()
def mine(request: HttpRequest, event: str) -> HttpResponse:
    """The sessions kept in this browser: the same bytes for everyone, the browser shows its own."""
    found = event_of(request, event)
    version = latest_version(found)
    if version is None:
        return render(request, "programme/none_yet.html")
    whole = programme_of(found, version)
    days = timetable(whole, whole.sessions, with_breaks=False, as_list=True)
    return render(request, "programme/mine.html", {"programme": whole, "days": days, "to_be_placed": whole.to_be_placed})


@login_required
def account(request: HttpRequest, event: str) -> HttpResponse:
    """The sessions kept with the account, its calendar, its letters."""
    found = event_of(request, event)
    kept = mine_of(found, request.actor)
    version = latest_version(found)
    codes = codes_of(kept)
    whole = programme_of(found, version) if version else None
    sessions = [one for code in codes if whole and (one := whole.find(code))]
    calendar = ""
    if kept is not None:
        token = link_token(LINK, str(kept.pk), kept.epoch)
        calendar = reverse("programme:my_calendar", args=[found.slug, kept.pk, token])
    context = {"mine": kept, "sessions": sessions, "codes": " ".join(codes), "calendar": calendar}
    return render(request, "programme/my_account.html", context)


@login_required
@require_POST
def keep(request: HttpRequest, event: str) -> HttpResponse:
    """Add sessions: one from its page, or those of a browser."""
    found = event_of(request, event)
    commands.keep_sessions(found, request.POST.get("codes", "")[:8000].split(), actor=request.actor, at=clock.now())
    messages.success(request, _("They are in your programme."))
    return redirect("programme:my_account", found.slug)


@login_required
def keep_one(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Without a script: keep one session with the account."""
    found = event_of(request, event)
    version = latest_version(found)
    shown = programme_of(found, version).find(code) if version else None
    if shown is None:
        raise NotFound()
    return render(request, "programme/keep.html", {"session": shown})


@login_required
@require_POST
def change(request: HttpRequest, event: str) -> HttpResponse:
    """Let a session go, choose letters, or renew the link of the calendar."""
    found = event_of(request, event)
    who = {"actor": request.actor, "at": clock.now()}
    if "let_go" in request.POST:
        commands.let_go(found, request.POST["let_go"], **who)
    elif "renew" in request.POST:
        commands.renew_calendar(found, **who)
        messages.success(request, _("Your calendar has a new address. The former one no longer works."))
    elif "letters" in request.POST:
        commands.choose_letters(found, wants=request.POST["letters"] == "yes", **who)
        messages.success(request, _("It is noted."))
    return redirect("programme:my_account", found.slug)


def my_calendar(request: HttpRequest, event: str, number: int, token: str) -> HttpResponse:
    """The calendar of one's own programme, behind its secret link."""
    from encommun.programme.calendars import of_sessions

    found = event_of(request, event)
    kept = mine_by_link(found, number, token)
    version = latest_version(found)
    if version is None:
        raise NotFound()
    whole = programme_of(found, version)
    sessions = [one for code in codes_of(kept) if (one := whole.find(code))]
    answer = HttpResponse(of_sessions(whole, sessions, _("My programme")), content_type="text/calendar; charset=utf-8")
    answer["Referrer-Policy"] = "no-referrer"
    return answer
