"""Proposals that somebody reports, and what coordination does with them."""

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.models import ProposalReport
from encommun.call.queries import public_proposals
from encommun.call.refusals import NotPublished, NotRemoved
from encommun.deliberation.refusals import UnknownReason
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from tests.cast import NOW


def url(call, name, *more):
    return reverse(f"call:{name}", args=[call.event.slug, *more])


def test_what_is_public_is_reported_and_who_reports_is_kept_nowhere(call):
    draft, proposal = call.draft(), call.published(email="b@x.example")
    with pytest.raises(NotPublished):
        commands.report_proposal(draft, reason="advert", actor=VISITOR, at=NOW)
    with pytest.raises(UnknownReason):
        commands.report_proposal(proposal, reason="ugly", actor=VISITOR, at=NOW)
    commands.report_proposal(proposal, reason="advert", words="De la réclame", actor=call.cast.actor("chloe"), at=NOW)
    assert ProposalReport.objects.get().words == "De la réclame"
    assert Entry.objects.get(kind="call.proposal_reported").actor == "visitor"


def test_coordination_removes_keeps_and_puts_back(call, client):
    proposal, aya = call.published(), {"actor": call.cast.actor("aya"), "at": NOW}
    for act in (commands.keep_proposal, commands.put_back_proposal):
        with pytest.raises(NotAllowed):
            act(proposal, actor=call.cast.actor("hugo"), at=NOW)
    with pytest.raises(NotRemoved):
        commands.put_back_proposal(proposal, **aya)
    with pytest.raises(UnknownReason):
        commands.remove_proposal(proposal, reason="", **aya)
    commands.remove_proposal(proposal, reason="advert", **aya)
    with pytest.raises(NotPublished):
        commands.remove_proposal(proposal, reason="advert", **aya)
    react()
    assert Letter.objects.get(kind="call.removed").recipient == "zoe@ailleurs.example"
    answer = client.get(url(call, "proposal", proposal.code))
    assert (answer.status_code, "L’équipe a retiré cette proposition" in answer.text) == (410, True)
    assert "(1)" in client.get(reverse("deliberation:house_rules", args=[call.event.slug])).text
    assert "retiré" in call.hold(client, proposal).get(url(call, "draft", proposal.code)).text
    commands.put_back_proposal(proposal, **aya)
    assert list(public_proposals(call.event)) == [proposal]


def test_the_whole_way_without_javascript(call, client):
    proposal = call.published()
    page = url(call, "report", proposal.code)
    assert page in client.get(url(call, "proposal", proposal.code)).text
    assert client.post(page, {"reason": "advert", "words": "", "website": "x"}).status_code == 422
    assert client.post(page, {"reason": "advert", "words": "Réclame"}).status_code == 302
    team = call.cast.sign_in(client, "aya")
    assert url(call, "reported") in team.get(url(call, "team_list")).text
    assert "Réclame" in team.get(url(call, "reported")).text
    assert team.post(url(call, "reported"), {"proposal": "ZZZZZZ"}).status_code == 404
    for act, state in (("keep", "published"), ("remove", "withdrawn"), ("put_back", "published")):
        team.post(url(call, "reported"), {"proposal": proposal.code, "act": act, "reason": "advert"})
        assert call.again(proposal).state == state
    assert "Rien n’est signalé" in team.get(url(call, "reported")).text
