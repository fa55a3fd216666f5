"""Where the team so decides, it reads the first proposal of an unknown person before everyone does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.models import Proposal
from encommun.call.queries import waiting_proposals
from encommun.call.refusals import NotAsked, ReasonMissing
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from tests.call.conftest import FULL, author_of
from tests.cast import NOW

LATER = NOW + timedelta(days=40)  # the call is closed by then


@pytest.fixture
def waiting(call):
    """A first proposal that waits."""
    _read_first(call)
    proposal = call.published()
    assert proposal.state == Proposal.State.DRAFT
    return proposal


def _read_first(call):
    call.event.call.reads_first = True
    call.event.call.save()


def _public(client, proposal):
    return client.get(reverse("call:proposal", args=[proposal.event.slug, proposal.code])).status_code


def test_it_waits_and_nobody_else_reads_it(call, waiting, client):
    assert waiting.asked_at == NOW
    assert _public(client, waiting) == 404
    assert waiting.title not in client.get(reverse("call:list", args=[call.event.slug])).content.decode()
    assert [one.code for one in waiting_proposals(call.event, actor=call.cast.actor("hugo"))] == [waiting.code]


def test_without_the_setting_nothing_waits(call):
    assert call.published().state == Proposal.State.PUBLISHED


def test_the_team_lets_it_in_even_after_the_deadline(call, waiting, client):
    commands.let_in_proposal(waiting, version=waiting.version, actor=call.cast.actor("hugo"), at=LATER)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.published_at) == (Proposal.State.PUBLISHED, LATER)
    assert _public(client, waiting) == 200
    react()
    assert Letter.objects.filter(kind="call.published", recipient="zoe@ailleurs.example").count() == 1


def test_who_was_let_in_once_waits_no_more(call, waiting):
    commands.let_in_proposal(waiting, version=waiting.version, actor=call.cast.actor("hugo"), at=NOW)
    second = call.complete(replace(FULL, title="Une autre borne"))
    link_of_first, link_of_second = author_of(waiting).links, author_of(second).links
    commands.publish_proposal(second, version=second.version, actor=Actor(links=link_of_first | link_of_second), at=NOW)
    assert second.state == Proposal.State.PUBLISHED


def test_a_typed_address_makes_nobody_known(call, waiting):
    commands.let_in_proposal(waiting, version=waiting.version, actor=call.cast.actor("hugo"), at=NOW)
    assert call.published().state == Proposal.State.DRAFT  # the same address, and no proof of it


def test_the_team_s_own_proposals_do_not_wait(call):
    _read_first(call)
    hugo = call.cast.actor("hugo")
    proposal = call.complete(email=call.cast.hugo.email)
    commands.publish_proposal(proposal, version=proposal.version, actor=hugo, at=NOW)
    assert proposal.state == Proposal.State.PUBLISHED


def test_asking_twice_is_asking_once(call, waiting):
    commands.publish_proposal(waiting, version=waiting.version, actor=author_of(waiting), at=LATER - timedelta(days=39))
    assert waiting.asked_at == NOW


def test_what_changed_since_is_read_again(call, waiting):
    read = waiting.version
    commands.save_draft(waiting, replace(FULL, title="Autre chose"), version=read, actor=author_of(waiting), at=NOW)
    with pytest.raises(ChangedMeanwhile):
        commands.let_in_proposal(waiting, version=read, actor=call.cast.actor("hugo"), at=NOW)


def test_it_stays_a_draft_with_a_reason_that_its_authors_read(call, waiting, client):
    hugo = call.cast.actor("hugo")
    with pytest.raises(ReasonMissing):
        commands.decline_publication(waiting, reason=" \n", actor=hugo, at=NOW)
    commands.decline_publication(waiting, reason="C'est une publicité.", actor=hugo, at=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.asked_at) == (Proposal.State.DRAFT, None)
    react()
    letter = Letter.objects.get(kind="call.publication_declined")
    assert letter.recipient == "zoe@ailleurs.example"
    assert "C'est une publicité." in letter.text
    with pytest.raises(NotAsked):
        commands.let_in_proposal(waiting, version=waiting.version, actor=hugo, at=NOW)
    commands.publish_proposal(waiting, version=waiting.version, actor=author_of(waiting), at=NOW)
    assert (waiting.asked_at, waiting.declined_because) == (NOW, "")


@pytest.mark.parametrize("name", ["farid", "driss", "emma", "chloe"])
def test_only_those_who_choose_answer(call, waiting, name):
    actor = call.cast.actor(name)
    with pytest.raises(NotAllowed):
        commands.let_in_proposal(waiting, version=waiting.version, actor=actor, at=NOW)
    with pytest.raises(NotAllowed):
        commands.decline_publication(waiting, reason="Non.", actor=actor, at=NOW)


def test_the_whole_way_through_the_pages(call, client):
    """The team sets it, an unknown person publishes, the team reads and answers."""
    slug = call.event.slug
    call.cast.sign_in(client, "hugo")
    page = client.get(reverse("call:compose", args=[slug]))
    values = {bound.name: bound.value() for bound in page.context["form"]}
    dates = {name: values[name].astimezone(call.event.zone).strftime("%Y-%m-%dT%H:%M:%S") for name in ("opens_at", "closes_at")}
    said = {name: value for name, value in values.items() if value} | dates | {"reads_first": "on"}
    assert client.post(reverse("call:compose", args=[slug]), said).status_code == 302
    call.event.call.refresh_from_db()
    assert call.event.call.reads_first
    proposal = call.published()
    assert "1 première proposition vous attend" in client.get(reverse("call:team_list", args=[slug])).content.decode()
    address = reverse("call:waiting", args=[slug])
    assert f"titre-{proposal.code}" in client.get(address).content.decode()
    sent = {"proposal": proposal.code, f"{proposal.code}-answer": "decline", f"{proposal.code}-version": proposal.version}
    refused = client.post(address, sent | {f"{proposal.code}-reason": ""})
    assert refused.status_code == 422
    assert "Donnez un motif" in refused.content.decode()
    assert client.post(address, {"proposal": "RIEN"}).status_code == 404
    assert client.post(address, sent | {f"{proposal.code}-answer": "publish"}).status_code == 302
    assert _public(client, proposal) == 200
    assert "Personne n’attend" in client.get(address).content.decode()
