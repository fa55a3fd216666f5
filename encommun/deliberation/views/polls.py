"""Votes by majority judgment: the public pages and data, one's ballot, and what the team prepares."""

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.deliberation import commands
from encommun.deliberation.electorate import electorates
from encommun.deliberation.forms import PollForm
from encommun.deliberation.models import Grade, Poll
from encommun.deliberation.queries import (
    ballots_of,
    own_ballot,
    public_poll,
    public_polls,
    result_of,
    team_poll,
    team_polls,
    voters,
)
from encommun.deliberation.rules import may_vote
from encommun.deliberation.topic import kinds
from encommun.events.models import Event
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.clock import end_of_day
from encommun.foundation.refusals import Refused
from encommun.ui.public_pages import public_page

#: From the best to the worst: the order in which people read them.
GRADES = [(grade.value, grade.label) for grade in reversed(Grade)]


@public_page()
def polls(request: HttpRequest, event: str) -> HttpResponse:
    """Every vote that was opened."""
    found = event_of(request, event)
    return render(request, "deliberation/polls.html", {"polls": public_polls(found)})


@public_page()
def poll(request: HttpRequest, event: str, poll: str) -> HttpResponse:
    """The question, the method, and once it is over the numbers."""
    found = event_of(request, event)
    shown = public_poll(found, poll)
    cast, could = voters(shown)
    context = {
        "poll": shown,
        "who": electorates()[shown.electorate].name if shown.electorate in electorates() else shown.electorate,
        "result": _in_words(shown),
        "grades": GRADES,
        "cast": cast,
        "could": could,
        "is_open": shown.state == Poll.State.OPEN and clock.now() <= shown.closes_at,
        "address": _address(shown),
    }
    return render(request, "deliberation/poll.html", context)


def _address(shown: Poll) -> dict[str, str]:
    kind = kinds().get(shown.topic_kind)
    found = kind.find(shown.event, [option.topic_code for option in shown.options.all()]) if kind is not None else {}
    return {code: topic.address for code, topic in found.items()}


def _in_words(shown: Poll) -> list[dict[str, Any]]:
    titles = {option.topic_code: option.title for option in shown.options.all()}
    addresses = _address(shown)
    return [
        {
            "rank": placed.rank,
            "title": titles[placed.option],
            "address": addresses.get(placed.option, ""),
            "grade": Grade(placed.majority_grade).label if placed.majority_grade is not None else "—",
            "sign": placed.sign,
            "better": placed.better,
            "worse": placed.worse,
            "tally": list(reversed(placed.tally)),
        }
        for placed in result_of(shown)
    ]


def vote(request: HttpRequest, event: str, poll: str) -> HttpResponse:
    """One's ballot: a grade for each; changed as often as one likes while the vote is open."""
    found = event_of(request, event)
    shown = public_poll(found, poll)
    given = own_ballot(request.actor, shown)
    grades: dict[str, str] = {code: str(grade) for code, grade in given.grades.items()} if given is not None else {}
    status = 200
    if request.method == "POST":
        codes = [option.topic_code for option in shown.options.all()]
        grades = {code: request.POST[f"note-{code}"] for code in codes if request.POST.get(f"note-{code}")}
        try:
            numbers = {code: int(grade) if grade.isdecimal() and len(grade) < 3 else -1 for code, grade in grades.items()}
            commands.cast_ballot(shown, grades=numbers, actor=request.actor, at=clock.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            status = 422 if refused.code == "unknown_grade" else 409
        else:
            messages.success(request, _("Your ballot is in the box. You can change it until the vote closes."))
            return redirect("deliberation:vote", found.slug, shown.code)
    context = {
        "poll": shown,
        "may_vote": may_vote(request.actor, shown, clock.now()),
        "given": given,
        "grades": GRADES,
        "lines": [(option, grades.get(option.topic_code, "")) for option in shown.options.all()],
        "address": _address(shown),
    }
    return render(request, "deliberation/vote.html", context, status=status)


@public_page()
def ballots_csv(request: HttpRequest, event: str, poll: str) -> HttpResponse:
    """The anonymous ballots of a closed vote, a line each: the result can be computed again."""
    shown = public_poll(event_of(request, event), poll)
    codes = [option.topic_code for option in shown.options.all()]
    text = StringIO()
    table = csv.writer(text)
    table.writerow(["ballot", *codes])
    for ballot in ballots_of(shown):
        table.writerow([ballot.code, *(ballot.grades.get(code, "") for code in codes)])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="bulletins-{shown.code}.csv"'
    return answer


@public_page()
def ballots_json(request: HttpRequest, event: str, poll: str) -> HttpResponse:
    """The same as JSON, with options, grades and the result as we compute it."""
    shown = public_poll(event_of(request, event), poll)
    data = {
        "poll": shown.code,
        "title": shown.title,
        "question": shown.question,
        "method": "majority judgment (Balinski and Laraki 2007); a missing grade counts as 0",
        "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "grades": {grade.value: grade.name.lower() for grade in Grade},
        "electorate": shown.electorate,
        "could_vote": shown.could_vote,
        "opened_at": shown.opened_at,
        "closed_at": shown.closed_at,
        "options": [{"code": option.topic_code, "title": option.title} for option in shown.options.all()],
        "ballots": [{"ballot": ballot.code, "grades": ballot.grades} for ballot in ballots_of(shown)],
        "result": [
            {"option": placed.option, "rank": placed.rank, "majority_grade": placed.majority_grade, "tally": placed.tally}
            for placed in result_of(shown)
        ],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def team(request: HttpRequest, event: str) -> HttpResponse:
    """The votes of the team, and a form to prepare one."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            made = _prepare(request, found, form)
        except Refused as refused:
            form.refuse(refused)
            return _team_page(request, found, form, 409)
        messages.success(request, _("The vote is ready. Read it once more, then open it."))
        return redirect("deliberation:team_poll", found.slug, made.code)
    return _team_page(request, found, form, form.status)


def _form(request: HttpRequest, event: Event) -> PollForm:
    (kind,) = list(kinds().values())[:1]
    topics = [(topic.code, topic.title) for topic in kind.listed(event)]
    groups = [(group.code, group.name) for group in electorates().values()]
    return PollForm(request.POST or None, electorates=groups, topics=topics)


def _prepare(request: HttpRequest, event: Event, form: PollForm) -> Poll:
    said = {name: form.cleaned_data[name] for name in ("title", "question", "electorate", "codes")}
    closes_at = end_of_day(form.cleaned_data["closes_on"], event.zone)
    (kind,) = list(kinds())[:1]
    return commands.prepare_poll(event, **said, kind=kind, closes_at=closes_at, actor=request.actor, at=clock.now())


def _team_page(request: HttpRequest, event: Event, form: PollForm, status: int) -> HttpResponse:
    context = {"polls": team_polls(request.actor, event), "form": form}
    return render(request, "deliberation/team_polls.html", context, status=status)


def team_one(request: HttpRequest, event: str, poll: str) -> HttpResponse:
    """One vote: open it, close it, throw a draft away."""
    found = team_event_of(request, event, Role.PROGRAMME)
    shown = team_poll(request.actor, found, poll)
    acts = {"open": commands.open_poll, "close": commands.close_poll, "drop": commands.drop_poll}
    act = request.POST.get("act", "")
    if act in acts:
        try:
            acts[act](shown, actor=request.actor, at=clock.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("deliberation:team_poll", found.slug, shown.code)
        messages.success(request, _("It is done."))
        return (
            redirect("deliberation:team_polls", found.slug)
            if act == "drop"
            else redirect("deliberation:team_poll", found.slug, shown.code)
        )
    cast, could = voters(shown)
    groups = electorates()
    who = groups[shown.electorate].name if shown.electorate in groups else shown.electorate
    return render(request, "deliberation/team_poll.html", {"poll": shown, "cast": cast, "could": could, "who": who})
