from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.differences import differences
from encommun.call.models import Reading, Revision, Suggestion
from encommun.call.personal_data import HOLDINGS
from encommun.call.queries import history_in_words, public_proposal, unread_of, version_of, waiting_suggestions
from encommun.call.refusals import NoSuchVersion, NothingSuggested, NotPublished, SuggestionAnswered, UnknownChoice
from encommun.call.rules import SUGGESTION_LINK
from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.holdings import Subject
from encommun.foundation.refusals import ChangedMeanwhile, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.commands import withdraw_consents
from encommun.reactions.worker import react
from tests.call.conftest import FULL, author_of
from tests.call.test_drafting import FORM
from tests.cast import NOW

NORA = "nora@rurale.example"
HOLDING = {holding.model: holding for holding in HOLDINGS}


def at(call, proposal, name, *more):
    return reverse(f"call:{name}", args=[call.event.slug, proposal.code, *more])


def suggested(call, proposal, *, text="Une borne d'écoute pour le bourg", field="title", actor=VISITOR, **more):
    made = {"field": field, "text": text, "email": NORA, "name": "Nora Kaci", "publish_name": True, "actor": actor, "at": NOW}
    return commands.suggest_edit(proposal, **made | more)


def waiting(call, proposal, **more):
    suggestion = suggested(call, proposal, **more)
    actor = Actor(links=frozenset({(SUGGESTION_LINK, suggestion.code)}))
    commands.confirm_suggestion(suggestion, actor=actor, at=NOW)
    suggestion.state = "waiting"
    return suggestion


# Differences


def test_differences_are_in_words_and_make_both_texts_again():
    before, after = "Une borne d'écoute, à 90 min.", "Une petite borne d'écoute à 60 min."
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert [piece.text for piece in pieces if piece.kind == "gone"] == [",", "90"]


def test_very_long_texts_are_shown_whole():
    assert [piece.kind for piece in differences("a " * 4000, "b " * 4000)] == ["gone", "new"]
    assert differences(None, 60) == differences("", "60")


# Former versions


def test_a_former_version_is_taken_back_as_a_new_one(call):
    proposal = call.published()
    commands.edit_proposal(proposal, replace(FULL, minutes=60, needs=""), version=3, actor=author_of(proposal), at=NOW)
    commands.take_version_back(proposal, number=3, version=4, actor=author_of(proposal), at=NOW)
    assert (Content.of(call.again(proposal)), call.again(proposal).version) == (FULL, 5)
    assert Revision.objects.filter(proposal=proposal).count() == 5


def test_what_is_taken_back_must_exist_and_stand_on_what_was_seen(call):
    proposal = call.published()
    commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal), at=NOW)
    for number, version, actor, refusal in (
        (99, 4, author_of(proposal), NoSuchVersion),
        (3, 3, author_of(proposal), ChangedMeanwhile),
        (3, 4, VISITOR, NotFound),
    ):
        with pytest.raises(refusal):
            commands.take_version_back(proposal, number=number, version=version, actor=actor, at=NOW)
    with pytest.raises(NoSuchVersion):
        version_of(proposal, 99, author_of(proposal))


def test_versions_say_who_and_what_and_can_be_taken_back_on_their_page(call, client):
    proposal = call.published()
    who = {"name": "Zoé", "structure_name": "", "publish_name": False, "door": "x", "actor": author_of(proposal), "at": NOW}
    commands.introduce_author(proposal, **who)
    commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    listed = client.get(at(call, proposal, "versions"))
    assert [changes for _revision, changes in listed.context["versions"]][:2] == [
        ["Durée : 90 → 60 min."],
        ["Proposition publiée."],
    ]
    assert "Zoé" in listed.text
    page = at(call, proposal, "version", 3)
    assert client.get(page).context["from_now"] == [("Durée, en minutes", 60, 90)]
    assert client.post(page, {"version": "3"}).status_code == 409
    assert client.post(page, {"version": "x"}).status_code == 409
    assert client.post(page, {"version": "4"}).status_code == 302
    assert call.again(proposal).minutes == 90
    assert client.get(at(call, proposal, "version", 77)).status_code == 404


def test_a_version_whose_axis_is_gone_can_still_be_read(call, client):
    proposal = call.complete()
    Revision.objects.filter(proposal=proposal, version=2).update(fields=FULL.as_json() | {"axis": "disparu"})
    commands.save_draft(proposal, replace(FULL, minutes=60), version=2, actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    assert client.get(at(call, proposal, "version", 2)).status_code == 200
    assert client.post(at(call, proposal, "version", 2), {"version": "3"}).status_code == 302
    assert call.again(proposal).axis is None


def test_the_versions_cost_as_much_with_three_as_with_one(call, client):
    proposal = call.complete()
    call.hold(client, proposal)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(call, proposal, "versions")).status_code == 200
        return len(queries)

    cost()
    one = cost()
    for minutes in (30, 40):
        again = call.again(proposal)
        commands.save_draft(again, replace(FULL, minutes=minutes), version=again.version, actor=author_of(proposal), at=NOW)
    assert cost() == one


# Two people at once


def test_two_people_in_two_fields_are_united(call, client):
    proposal = call.complete()
    commands.save_draft(proposal, replace(FULL, needs="Trois tables."), version=2, actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    answer = client.post(at(call, proposal, "draft"), FORM | {"version": 2, "title": "Le mien"}, follow=True)
    assert (answer.status_code, call.again(proposal).title, call.again(proposal).needs) == (200, "Le mien", "Trois tables.")
    assert "les deux sont gardés" in answer.text


def test_two_people_in_one_field_read_what_it_was_theirs_and_yours(call, client):
    proposal = call.complete()
    commands.save_draft(proposal, replace(FULL, title="Le leur"), version=2, actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    answer = client.post(at(call, proposal, "draft"), FORM | {"version": 2, "title": "Le mien"})
    (both,) = answer.context["both"]
    assert (answer.status_code, both.base, both.theirs, both.yours) == (409, FULL.title, "Le leur", "Le mien")
    assert call.again(proposal).title == "Le leur"


# Suggestions


def test_a_suggestion_is_for_a_field_of_what_is_public_and_differs(call):
    draft, proposal = call.draft(email="b@x.example"), call.published()
    for target, more, refusal in (
        (draft, {}, NotPublished),
        (proposal, {"field": "licence"}, UnknownChoice),
        (proposal, {"text": FULL.title}, NothingSuggested),
        (proposal, {"text": " \x00 "}, NothingSuggested),
    ):
        with pytest.raises(refusal):
            suggested(call, target, **more)


def test_without_account_a_suggestion_waits_for_its_proof(call):
    proposal = call.published()
    suggestion = suggested(call, proposal)
    assert waiting_suggestions(proposal) == []
    react()
    assert Letter.objects.get(recipient=NORA).kind == "call.suggestion_begun"
    with pytest.raises(NotFound):
        commands.confirm_suggestion(suggestion, actor=VISITOR, at=NOW)
    actor = Actor(links=frozenset({(SUGGESTION_LINK, suggestion.code)}))
    commands.confirm_suggestion(suggestion, actor=actor, at=NOW)
    with pytest.raises(SuggestionAnswered):
        commands.confirm_suggestion(suggestion, actor=actor, at=NOW)
    react()
    assert Letter.objects.filter(kind="call.edit_suggested", recipient="zoe@ailleurs.example").count() == 1
    commands.take_back_suggestion(suggestion, actor=actor, at=NOW)
    with pytest.raises(SuggestionAnswered):
        commands.take_back_suggestion(suggestion, actor=actor, at=NOW)


def test_a_suggestion_taken_up_changes_the_text_and_its_credit_stays_in_the_history(call):
    proposal = call.published()
    suggestion = waiting(call, proposal)
    for actor in (VISITOR, call.cast.actor("hugo")):
        with pytest.raises(NotFound):
            commands.take_suggestion(suggestion, version=3, actor=actor, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        commands.take_suggestion(suggestion, version=2, actor=author_of(proposal), at=NOW)
    commands.take_suggestion(suggestion, version=3, actor=author_of(proposal), at=NOW)
    with pytest.raises(SuggestionAnswered):
        commands.decline_suggestion(suggestion, actor=author_of(proposal), at=NOW)
    last = history_in_words(public_proposal(call.event, proposal.code))[-1]
    assert last.credit == "Sur une idée de Nora Kaci, reprise par les autrices et auteurs."
    assert call.again(proposal).title == "Une borne d'écoute pour le bourg"
    react()
    assert "Vos mots sont dans" in Letter.objects.get(kind="call.suggestion_answered").subject


def test_a_credit_goes_with_its_consent_and_with_its_person(call):
    proposal = call.published()
    suggestion = waiting(call, proposal)
    commands.take_suggestion(suggestion, version=3, actor=author_of(proposal), at=NOW)
    about = f"call.Suggestion:{suggestion.code}"
    withdraw_consents(email=NORA, purpose="suggestion.credit", about=about, actor=VISITOR, at=NOW)
    react()
    assert history_in_words(public_proposal(call.event, proposal.code))[-1].credit.startswith("Sur l’idée d’une personne")
    nora = Subject(account_id=None, emails=frozenset({NORA}))
    held = HOLDING["call.Suggestion"]
    (row,) = held.find(nora)
    assert (held.export(row)["name"], held.title(row)) == ("Nora Kaci", "Une borne d'écoute pour le bourg")
    assert held.address(row).endswith(f"/suggestion/{suggestion.code}/")
    assert held.erase(nora, at=NOW) == []
    assert (Suggestion.objects.get().email, Suggestion.objects.get().name) == ("", "")


def test_suggestions_not_taken_up_are_erased_and_purged(call):
    proposal = call.published()
    suggested(call, proposal)
    held = HOLDING["call.Suggestion"]
    assert (held.purge(at=NOW + timedelta(days=6)), held.purge(at=NOW + timedelta(days=8))) == (0, 1)
    waiting(call, proposal)
    held.erase(Subject(account_id=call.cast.bruno.pk, emails=frozenset({NORA})), at=NOW)
    assert Suggestion.objects.count() == 0


def test_a_suggestion_is_declined_with_a_word(call):
    proposal = call.published()
    suggestion = waiting(call, proposal)
    commands.decline_suggestion(suggestion, words="Nous tenons à ce mot.", actor=author_of(proposal), at=NOW)
    react()
    assert "Nous tenons à ce mot." in Letter.objects.get(kind="call.suggestion_answered").text
    assert call.again(proposal).title == FULL.title


def test_the_whole_journey_of_a_suggestion_without_javascript(call, client):
    proposal = call.published()
    page = at(call, proposal, "suggest", "intention")
    assert page in client.get(at(call, proposal, "proposal")).text
    assert client.get(at(call, proposal, "suggest", "licence")).status_code == 404
    typed = {"text": "Raconter comment.", "words": "Plus court", "name": "Nora", "email": NORA, "website": ""}
    for wrong in ({"text": ""}, {"text": "x" * 4001}, {"email": "x"}, {"website": "spam"}):
        answer = client.post(page, typed | wrong)
        assert (answer.status_code, "Plus court" in answer.text) == (422, True)
    assert client.post(page, typed | {"text": FULL.intention}).status_code == 409
    assert client.post(page, typed).status_code == 302
    react()
    link = next(line for line in Letter.objects.get(recipient=NORA).text.split() if "/suggestion/" in line)
    own = client.get(link.removeprefix("http://testserver"), follow=True).redirect_chain[-1][0]
    assert client.post(own, {"act": "confirm"}, follow=True).status_code == 200
    owner = call.hold(type(client)(), proposal)
    shown = owner.get(at(call, proposal, "suggestions"))
    assert "<del>" in shown.text
    suggestion = Suggestion.objects.get()
    answer = at(call, proposal, "answer_suggestion", suggestion.code)
    for typed in ({"answer": "perhaps"}, {"answer": "take", "version": "x"}, {"answer": "take", "version": "2"}):
        assert owner.post(answer, typed).status_code == 302
    assert Suggestion.objects.get().state == "waiting"
    assert owner.post(answer, {"answer": "take", "version": "3"}).status_code == 302
    assert call.again(proposal).intention == "Raconter comment."
    assert "Merci" in client.get(own).text


# What changed for me


def test_the_feed_tells_the_history_the_latest_first(call, client):
    proposal = call.published(replace(FULL, title="Éco & <lieux>"))
    commands.edit_proposal(
        proposal,
        replace(FULL, title="Éco & <lieux>", minutes=60),
        version=3,
        actor=author_of(proposal),
        at=NOW + timedelta(hours=1),
    )
    answer = client.get(at(call, proposal, "history_feed"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    name = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(answer.content)
    assert [entry.find(f"{name}summary").text for entry in feed.findall(f"{name}entry")] == [
        "Durée : 90 → 60 min.",
        "Proposition publiée.",
    ]
    assert feed.find(f"{name}updated").text == (NOW + timedelta(hours=1)).isoformat()


def test_what_changed_since_one_last_read_waits_for_those_who_follow(call, client):
    proposal = call.published()
    chloe = call.cast.actor("chloe")
    with pytest.raises(NotFound):
        commands.follow_proposal(proposal, follows=True, actor=VISITOR, at=NOW)
    with pytest.raises(NotFound):
        unread_of(VISITOR, call.event)
    assert unread_of(chloe, call.event) == []
    commands.follow_proposal(proposal, follows=True, actor=chloe, at=NOW)
    assert [one.since for one in unread_of(chloe, call.event)] == [[]]
    commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal), at=NOW)
    assert [step.changes for step in unread_of(chloe, call.event)[0].since] == [["Durée : 90 → 60 min."]]
    call.cast.sign_in(client, "chloe")
    page = reverse("call:unread", args=[call.event.slug])
    assert "90 → 60" in client.get(page).text
    client.post(page, {proposal.code: "3"})
    assert "90 → 60" in client.get(page).text
    client.post(page, {proposal.code: "4"})
    assert "90 → 60" not in client.get(page).text
    follow = at(call, proposal, "follow")
    assert client.get(follow).status_code == 200
    assert client.post(follow, {"follow": "no"}).status_code == 302
    assert client.post(follow, {"follow": "yes"}).url == page
    held = HOLDING["call.Reading"]
    subject = Subject(account_id=call.cast.chloe.pk, emails=frozenset())
    assert [held.export(row)["version"] for row in held.find(subject)] == [4]
    assert held.purge(at=NOW) == 0
    assert held.erase(subject, at=NOW) == []
    assert Reading.objects.count() == 0
    assert list(held.find(Subject(account_id=None, emails=frozenset()))) == []


def test_visitors_are_led_to_sign_in_and_back(call, client):
    proposal = call.published()
    for page in (reverse("call:unread", args=[call.event.slug]), at(call, proposal, "follow")):
        assert client.get(page).url.startswith("/connexion/?next=")


def test_what_changed_costs_as_much_with_three_as_with_one(call):
    bruno = call.cast.actor("bruno")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            unread_of(bruno, call.event)
        return len(queries)

    call.published(email=call.cast.bruno.email)
    cost()
    one = cost()
    for _n in range(2):
        call.published(email=call.cast.bruno.email)
    assert cost() == one
    assert Entry.objects.filter(kind="call.proposal_published").count() == 3
