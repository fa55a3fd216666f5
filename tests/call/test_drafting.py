from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.models import Call as CallModel
from encommun.call.models import Proposal, Revision
from encommun.call.refusals import AlreadyWithdrawn, CallClosed, NotADraft, NotComplete, NotPublished
from encommun.foundation import clock
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import ChangedMeanwhile, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.models import Consent
from encommun.reactions.worker import react
from tests.call.conftest import FULL, author_of
from tests.cast import NOW

FORM = {name: "" if value is None else value for name, value in FULL.as_json().items()} | {
    "author_name": "Zoé Lambert",
    "structure_name": "Médiathèque de Rezé",
    "version": 1,
}


def page(call, proposal):
    return reverse("call:draft", args=[call.event.slug, proposal.code])


# Saving


def test_somebody_else_cannot_save(call):
    proposal = call.draft()
    for actor in (VISITOR, call.cast.actor("chloe"), call.cast.actor("aya")):
        with pytest.raises(NotFound):
            commands.save_draft(proposal, FULL, version=1, actor=actor, at=NOW)


def test_what_is_published_is_not_saved_as_a_draft(call):
    proposal = call.published()
    with pytest.raises(NotADraft):
        commands.save_draft(proposal, FULL, version=3, actor=author_of(proposal), at=NOW)


def test_a_save_on_top_of_another_overwrites_nothing(call):
    proposal = call.complete()
    with pytest.raises(ChangedMeanwhile):
        commands.save_draft(proposal, replace(FULL, title="Le mien"), version=1, actor=author_of(proposal), at=NOW)
    assert Content.of(call.again(proposal)) == FULL
    assert Revision.objects.count() == 2


def test_the_same_text_sent_twice_is_no_conflict_and_no_revision(call):
    proposal = call.complete()
    commands.save_draft(proposal, FULL, version=1, actor=author_of(proposal), at=NOW)
    assert (proposal.version, Revision.objects.count()) == (2, 2)


def test_each_save_is_a_revision_that_says_what_changed(call):
    proposal = call.complete()
    commands.save_draft(proposal, replace(FULL, minutes=60, needs=""), version=2, actor=author_of(proposal), at=NOW)
    revision = Revision.objects.last()
    assert (revision.version, revision.changed, revision.is_public) == (3, ["minutes", "needs"], False)
    assert Entry.objects.filter(kind="call.draft_saved").count() == 2


def test_a_draft_begun_in_time_is_still_saved_after_the_deadline(call):
    proposal = call.draft()
    commands.save_draft(proposal, FULL, version=1, actor=author_of(proposal), at=NOW + timedelta(days=60))
    assert call.again(proposal).version == 2


# Publishing


def test_publishing_asks_for_what_readers_need(call):
    proposal = call.draft()
    with pytest.raises(NotComplete) as refused:
        commands.publish_proposal(proposal, version=1, actor=author_of(proposal), at=NOW)
    expected = ["intention", "axis", "format", "minutes", "participants_do", "participants_leave_with", "licence"]
    assert list(refused.value.details["missing"]) == expected


def test_a_free_format_is_described(call):
    proposal = call.complete(replace(FULL, format="autre"))
    with pytest.raises(NotComplete) as refused:
        commands.publish_proposal(proposal, version=2, actor=author_of(proposal), at=NOW)
    assert list(refused.value.details["missing"]) == ["format_described"]


def test_nothing_is_published_by_others_too_late_twice_or_from_an_old_version(call):
    proposal = call.complete()
    with pytest.raises(NotFound):
        commands.publish_proposal(proposal, version=2, actor=call.cast.actor("hugo"), at=NOW)
    with pytest.raises(CallClosed):
        commands.publish_proposal(proposal, version=2, actor=author_of(proposal), at=NOW + timedelta(days=18))
    with pytest.raises(ChangedMeanwhile):
        commands.publish_proposal(proposal, version=1, actor=author_of(proposal), at=NOW)
    commands.publish_proposal(proposal, version=2, actor=author_of(proposal), at=NOW)
    with pytest.raises(NotADraft):
        commands.publish_proposal(proposal, version=3, actor=author_of(proposal), at=NOW)


def test_publishing_makes_it_public_and_writes_to_its_author_once(call):
    proposal = call.published()
    assert (proposal.state, proposal.published_at, proposal.version) == ("published", NOW, 3)
    react()
    Entry.objects.update(reacted_at=None)
    react()
    assert Letter.objects.filter(kind="call.published").count() == 1


# Changing and withdrawing


def test_a_draft_is_not_edited_and_nobody_else_edits(call):
    draft, published = call.complete(), call.published(email="b@ailleurs.example")
    with pytest.raises(NotPublished):
        commands.edit_proposal(draft, FULL, version=2, actor=author_of(draft), at=NOW)
    with pytest.raises(NotFound):
        commands.edit_proposal(published, FULL, version=3, actor=author_of(draft), at=NOW)


def test_a_published_proposal_cannot_lose_what_readers_need(call):
    proposal = call.published()
    with pytest.raises(NotComplete):
        commands.edit_proposal(proposal, replace(FULL, intention=" \x00 "), version=3, actor=author_of(proposal), at=NOW)


def test_of_two_edits_the_second_is_refused(call):
    proposal = call.published()
    commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal), at=NOW)
    with pytest.raises(ChangedMeanwhile):
        commands.edit_proposal(proposal, replace(FULL, minutes=45), version=3, actor=author_of(proposal), at=NOW)
    assert call.again(proposal).minutes == 60


def test_an_edit_is_public_with_what_changed(call):
    proposal = call.published()
    changed = commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal), at=NOW)
    assert changed == ["minutes"]
    assert Entry.objects.get(kind="call.proposal_edited").facts == {"version": 4, "changed": ["minutes"]}
    assert Revision.objects.last().is_public


def test_a_proposal_is_withdrawn_once_and_by_its_author(call):
    proposal = call.published()
    with pytest.raises(NotFound):
        commands.withdraw_proposal(proposal, actor=call.cast.actor("aya"), at=NOW)
    commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    with pytest.raises(AlreadyWithdrawn):
        commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    assert (call.again(proposal).state, Entry.objects.filter(kind="call.proposal_withdrawn").count()) == ("withdrawn", 1)


# Who carries it


def test_a_name_is_public_by_consent_word_for_word_and_hidden_when_it_is_taken_back(call):
    proposal = call.published()
    who = {"name": "Zoé", "structure_name": "Rezé", "door": "call:draft", "actor": author_of(proposal), "at": NOW}
    with pytest.raises(NotFound):
        commands.introduce_author(proposal, publish_name=True, **who | {"actor": VISITOR})
    commands.introduce_author(proposal, publish_name=True, **who)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.about) == ("proposal.publish_name", f"call.Author:{proposal.authors.get().code}")
    assert consent.text.startswith("Mon nom et ma structure")
    commands.introduce_author(call.again(proposal), publish_name=False, **who)
    consent.refresh_from_db()
    assert (consent.withdrawn_at, proposal.authors.get().name_is_public) == (NOW, False)


def test_a_consent_taken_back_elsewhere_hides_the_name(call):
    from encommun.privacy.commands import withdraw_consents

    proposal = call.published()
    actor = author_of(proposal)
    commands.introduce_author(proposal, name="Zoé", structure_name="", publish_name=True, door="x", actor=actor, at=NOW)
    about = f"call.Author:{proposal.authors.get().code}"
    withdraw_consents(email="zoe@ailleurs.example", purpose="proposal.publish_name", about=about, actor=actor, at=NOW)
    react()
    assert proposal.authors.get().name_is_public is False


def test_there_is_no_public_name_without_a_name(call):
    proposal = call.draft()
    actor = author_of(proposal)
    commands.introduce_author(proposal, name=" ", structure_name="", publish_name=True, door="x", actor=actor, at=NOW)
    assert (proposal.authors.get().name_is_public, Consent.objects.count()) == (False, 0)


# The page


def test_the_whole_journey_without_javascript(call, client):
    proposal = call.draft()
    call.hold(client, proposal)
    assert client.post(page(call, proposal), {"title": "Une borne", "version": 1, "needs": "Une table"}).status_code == 302
    assert client.post(page(call, proposal), FORM | {"version": 2, "publish": "1", "publish_name": "on"}).status_code == 302
    proposal = call.again(proposal)
    assert (proposal.state, Content.of(proposal)) == ("published", FULL)
    public = client.get(reverse("call:proposal", args=[call.event.slug, proposal.code]))
    assert "Zoé Lambert, Médiathèque de Rezé" in public.text
    changed = FORM | {"version": proposal.version, "minutes": 60, "publish_name": "on"}
    assert client.post(page(call, proposal), changed, follow=True).status_code == 200
    away = reverse("call:withdraw", args=[call.event.slug, proposal.code])
    assert client.get(away).status_code == 200
    assert client.post(away).status_code == 302
    assert client.post(away).status_code == 409
    assert "Cette proposition n’est pas publiée" in client.get(page(call, proposal)).text


def test_what_is_missing_is_said_at_each_field_and_the_text_is_saved_all_the_same(call, client):
    proposal = call.draft()
    answer = call.hold(client, proposal).post(page(call, proposal), FORM | {"licence": "", "minutes": "", "publish": "1"})
    assert (answer.status_code, call.again(proposal).state) == (422, "draft")
    assert sorted(answer.context["form"].errors) == ["licence", "minutes"]
    assert call.again(proposal).participants_do == FULL.participants_do
    again = client.post(page(call, proposal), FORM | {"publish": "1", "version": answer.context["form"]["version"].value()})
    assert (again.status_code, call.again(proposal).state) == (302, "published")


def test_a_conflict_shows_both_texts_and_lets_one_save_on_purpose(call, client):
    proposal = call.complete()
    call.hold(client, proposal)
    answer = client.post(page(call, proposal), FORM | {"title": "Le mien"})
    assert answer.status_code == 409
    assert [(both.base, both.theirs, both.yours) for both in answer.context["both"]] == [("Une borne", FULL.title, "Le mien")]
    assert call.again(proposal).title == FULL.title
    version = answer.context["form"]["version"].value()
    assert client.post(page(call, proposal), FORM | {"title": "Le mien", "version": version}).status_code == 302
    assert call.again(proposal).title == "Le mien"


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "x" * 10_000},
        {"axis": "ailleurs"},
        {"format": "opéra"},
        {"licence": "WTFPL"},
        {"minutes": "longtemps"},
        {"minutes": "-5"},
        {"minutes": "999999999999999999999"},
        {"version": ""},
        {"version": "un"},
        {"version": "99999999999999999999"},
        {"needs": "x" * 2001},
    ],
)
def test_bad_input_keeps_everything(call, client, changed):
    proposal = call.draft()
    typed = FORM | changed
    answer = call.hold(client, proposal).post(page(call, proposal), typed)
    assert answer.status_code == 422
    for name in ("title", "intention", "participants_do", "needs"):
        assert answer.context["form"][name].value() == typed[name]
    assert call.again(proposal).version == 1


def test_an_axis_of_another_event_is_not_a_choice(call, client):
    from encommun.events.models import Axis

    Axis.objects.create(event=call.cast.other, slug="mer", title={"fr": "Mer"}, position=1)
    proposal = call.draft()
    assert call.hold(client, proposal).post(page(call, proposal), FORM | {"axis": "mer"}).status_code == 422


def test_a_session_that_ended_gives_the_text_back(call, client):
    proposal = call.draft()
    for code in (proposal.code, "ZZZZZZ"):
        answer = client.post(reverse("call:draft", args=[call.event.slug, code]), FORM)
        assert answer.status_code == 404
        for name in ("title", "intention", "participants_do", "needs", "author_name"):
            assert FORM[name].replace("'", "&#x27;") in answer.text
    assert call.again(proposal).version == 1


def test_publishing_too_late_saves_the_draft_and_says_why(call, client):
    proposal = call.draft()
    CallModel.objects.update(closes_at=clock.now() - timedelta(seconds=2))
    answer = call.hold(client, proposal).post(page(call, proposal), FORM | {"publish": "1"})
    assert answer.status_code == 409
    assert (call.again(proposal).state, Content.of(call.again(proposal))) == ("draft", FULL)
    assert 'name="publish"' not in client.get(page(call, proposal)).text


def test_the_draft_does_not_exist_for_the_team_or_under_another_event(call, client):
    proposal = call.draft()
    assert call.cast.sign_in(client, "aya").get(page(call, proposal)).status_code == 404
    call.hold(client, proposal)
    assert client.get(reverse("call:draft", args=[call.cast.other.slug, proposal.code])).status_code == 404


def test_an_author_signed_in_needs_no_link(call, client):
    proposal = call.draft(email=call.cast.bruno.email)
    assert call.cast.sign_in(client, "bruno").get(page(call, proposal)).status_code == 200


# Saving by itself


def save(call, client, proposal, **typed):
    return client.post(reverse("call:autosave", args=[call.event.slug, proposal.code]), FORM | typed)


def test_saving_by_itself_answers_the_new_version(call, client):
    proposal = call.draft()
    answer = save(call, call.hold(client, proposal), proposal)
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert Content.of(call.again(proposal)) == FULL


def test_saving_by_itself_says_why_not(call, client):
    proposal = call.draft()
    assert (save(call, client, proposal).status_code, save(call, client, proposal).json()["code"]) == (404, "not_found")
    call.hold(client, proposal)
    assert save(call, client, proposal, title="x" * 1000).status_code == 422
    save(call, client, proposal)
    conflict = save(call, client, proposal, title="Autre")
    assert (conflict.status_code, conflict.json()["code"]) == (409, "changed_meanwhile")
    commands.publish_proposal(call.again(proposal), version=2, actor=author_of(proposal), at=NOW)
    assert save(call, client, proposal, version=3, title="Autre").json()["code"] == "not_a_draft"
    assert client.get(reverse("call:autosave", args=[call.event.slug, proposal.code])).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_of_many_saves_at_the_same_moment_one_passes():
    from concurrent.futures import ThreadPoolExecutor

    from tests.call.conftest import Call
    from tests.cast import make_cast

    call = Call(make_cast())
    proposal = call.complete()

    def one(n: int) -> str:
        try:
            mine = Proposal.objects.select_related("event").get(pk=proposal.pk)
            commands.save_draft(mine, replace(FULL, title=f"Version {n}"), version=2, actor=author_of(mine), at=NOW)
            return "saved"
        except ChangedMeanwhile:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    assert sorted(answers) == ["refused"] * 5 + ["saved"]
    assert Revision.objects.filter(version=3).count() == 1
