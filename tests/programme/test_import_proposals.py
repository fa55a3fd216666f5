"""A file of another system as proposals of the call."""

import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from encommun.call.commands import edit_proposal
from encommun.call.content import Content
from encommun.call.models import Author, Proposal
from encommun.call.refusals import NoCall
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.programme import commands
from encommun.programme.imports import read
from encommun.programme.models import ProgrammeFile, Session
from tests.call.conftest import Call, author_of
from tests.cast import NOW

PARIS = ZoneInfo("Europe/Paris")
WISH = commands.ImportWish(as_proposals=True, names_are_public=True)
ITEM = {
    "code": "AAAAAA",
    "title": "Cartographier les tiers-lieux",
    "abstract": "Une carte libre.",
    "submission_type": {"fr": "Atelier"},
    "track": {"fr": "Lieux"},
    "duration": 45,
    "state": "submitted",
    "content_locale": "fr",
    "speakers": [{"code": "ZZZZZZ", "name": "Nora Bel"}],
}


def submissions(*more, **changed):
    items = [ITEM | changed, {"code": "BBBBBB"}, ITEM | {"code": "CCCCCC", "title": "Retirée", "state": "withdrawn"}, *more]
    return json.dumps({"count": len(items), "next": None, "previous": None, "results": items}).encode()


def bring(call, body, wish=WISH):
    found = read(body, zone=PARIS)
    return commands.import_proposals(call.event, found, wish, actor=call.cast.actor("hugo"), at=NOW)


def test_it_is_the_programme_team_s_and_needs_a_call(cast):
    found = read(submissions(), zone=PARIS)
    for actor in (VISITOR, cast.actor("chloe")):
        with pytest.raises(NotAllowed):
            commands.import_proposals(cast.event, found, WISH, actor=actor, at=NOW)
    with pytest.raises(NoCall):
        commands.import_proposals(cast.event, found, WISH, actor=cast.actor("hugo"), at=NOW)


def test_submissions_of_pretalx_become_public_proposals_and_bad_ones_are_told_one_by_one(cast, client):
    call = Call(cast)
    done = bring(
        call, submissions(ITEM | {"code": "DDDDDD", "title": "Ailleurs", "track": None, "submission_type": {"fr": "Promenade"}})
    )
    first, second = Proposal.objects.order_by("id")
    assert (first.title, first.axis.slug, first.format.slug, first.minutes) == (ITEM["title"], "lieux", "atelier", 45)
    assert (second.format.slug, second.format_described, str(second.axis)) == ("autre", "Promenade", "Sans axe")
    assert (done.new, len([one for one in done.problems if one.is_left_out])) == ([first.code, second.code], 2)
    assert Author.objects.filter(proposal=first).values_list("name", "email", "name_is_public").get() == ("Nora Bel", "", True)
    for page in (f"/nec-2018/propositions/{first.code}/", f"/nec-2018/propositions/{second.code}/", "/nec-2018/propositions/"):
        assert ITEM["title"] in client.get(page).text or "Ailleurs" in client.get(page).text
    assert Session.objects.count() == 0


def test_the_same_file_makes_nothing_twice_and_never_overwrites_an_author(cast):
    call = Call(cast)
    bring(call, submissions())
    [proposal] = Proposal.objects.all()
    assert bring(call, submissions()).same == [proposal.code]
    assert bring(call, submissions(title="Cartographier")).changed == [proposal.code]
    Author.objects.update(email="nora@x.example")
    again = call.again(proposal)
    mine = replace(Content.of(again), minutes=50, licence="CC-BY-4.0", participants_do="Faire", participants_leave_with="Une carte")
    edit_proposal(again, mine, version=again.version, actor=author_of(proposal), at=NOW)
    assert bring(call, submissions(title="Encore autre chose")).same == [proposal.code]
    assert call.again(proposal).title == "Cartographier"


@pytest.mark.parametrize("name", ["pretalx-democon.json", "pyconfr-2024.json", "frab-camp2019.json"])
def test_the_public_files_come_as_proposals(cast, name):
    call = Call(cast)
    path = Path(__file__).parents[2].parent / "shared" / "data" / "schedules" / name
    if not path.exists():
        pytest.skip("the public files are beside the checkout")
    found = read(path.read_bytes(), zone=PARIS)
    found.items = found.items[:40]
    wish = replace(WISH, names_are_public=False)
    done = commands.import_proposals(call.event, found, wish, actor=cast.actor("hugo"), at=NOW)
    assert len(done.new) == len({item.keys[0] for item in found.items if not item.is_cancelled}) > 5


def test_through_the_pages(cast, client):
    Call(cast)
    team = cast.sign_in(client, "hugo")
    at = "/nec-2018/organisation/programme/importer/"
    assert team.post(at, {"file": SimpleUploadedFile("propositions.json", submissions())}).status_code == 302
    page = f"{at}{ProgrammeFile.objects.get().pk}/"
    chosen = {"as_proposals": "on", "makes_axes": "on", "venue": "", "venue_name": ""}
    assert team.post(page, chosen | {"look": ""}).status_code == 200
    assert Proposal.objects.count() == 0
    assert team.post(page, chosen | {"bring": ""})["Location"] == "/nec-2018/organisation/propositions/"
    assert Proposal.objects.count() == 1
