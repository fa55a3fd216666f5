from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.letters import author_link
from encommun.call.models import Author, Proposal, Revision
from encommun.call.models import Call as CallModel
from encommun.call.refusals import CallClosed, CallNotOpenYet, NoCall
from encommun.foundation import clock
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from tests.cast import NOW

TYPED = {"title": "Une borne d'écoute", "intention": "La faire à plusieurs.", "email": "Zoe@Ailleurs.example ", "key": "k1"}
LAST_SECOND = datetime(2018, 7, 19, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Nantes


@pytest.fixture
def address(call):
    return reverse("call:open", args=[call.event.slug])


# The command


def test_an_event_without_call_takes_no_draft(call):
    with pytest.raises(NoCall):
        call.draft(event=call.cast.other)


def test_nothing_begins_before_the_call_opens(call):
    with pytest.raises(CallNotOpenYet):
        call.draft(at=datetime(2018, 5, 13, 21, 59, 59, tzinfo=UTC))


def test_the_last_second_counts_and_the_next_one_does_not(call):
    call.draft(at=LAST_SECOND)
    call.draft(at=LAST_SECOND + timedelta(microseconds=999_999))
    with pytest.raises(CallClosed):
        call.draft(at=LAST_SECOND + timedelta(seconds=1))


def test_a_draft_keeps_its_first_revision_and_its_author(call):
    proposal = call.draft(email=" Zoe@Ailleurs.example")
    author = proposal.authors.get()
    assert (proposal.state, proposal.version, author.email, author.account) == ("draft", 1, "zoe@ailleurs.example", None)
    revision = Revision.objects.get(proposal=proposal)
    assert (revision.version, revision.is_public, revision.fields["title"]) == (1, False, "Une borne")
    entry = Entry.objects.get(kind="call.draft_started")
    assert (entry.about, entry.facts) == (f"call.Proposal:{proposal.code}", {})


def test_a_person_signed_in_finds_it_in_her_account(call):
    typed = {"title": "A", "intention": "", "email": call.cast.bruno.email}
    proposal = commands.start_draft(call.event, **typed, language="fr", actor=call.cast.actor("bruno"), at=NOW)
    assert proposal.authors.get().account == call.cast.bruno


def test_a_letter_brings_the_link_once(call):
    proposal = call.draft()
    react()
    Entry.objects.update(reacted_at=None)
    react()
    letter = Letter.objects.get()
    assert (letter.kind, letter.recipient) == ("call.draft_link", "zoe@ailleurs.example")
    assert author_link(proposal.authors.get()) in letter.text


def test_a_title_cannot_make_a_link_in_our_letters(call):
    typed = {"title": "[Cliquez ici](https://mal.example) <https://mal.example>", "intention": "", "email": "a@b.example"}
    from encommun.foundation.actor import VISITOR

    commands.start_draft(call.event, **typed, language="fr", actor=VISITOR, at=NOW)
    react()
    assert 'href="https://mal.example' not in Letter.objects.get().html


# The page


def test_two_fields_and_an_address_make_a_draft_and_open_it(call, client, address):
    answer = client.post(address, TYPED, follow=True)
    proposal = Proposal.objects.get()
    assert answer.redirect_chain == [(reverse("call:draft", args=[call.event.slug, proposal.code]), 302)]
    assert answer.status_code == 200
    assert answer.context["form"].initial["title"] == "Une borne d'écoute"


def test_the_same_page_sent_twice_makes_one_draft(call, client, address):
    first, second = client.post(address, TYPED), client.post(address, TYPED)
    assert first.url == second.url
    assert Proposal.objects.count() == 1


def test_the_same_page_sent_with_another_text_says_so_and_keeps_it(call, client, address):
    client.post(address, TYPED)
    answer = client.post(address, TYPED | {"intention": "Autre chose."})
    assert answer.status_code == 409
    assert "Autre chose." in answer.text
    key = answer.context["form"].data["key"]
    assert client.post(address, TYPED | {"intention": "Autre chose.", "key": key}).status_code == 302
    assert Proposal.objects.count() == 2


def test_a_filled_trap_is_refused_with_the_text_and_an_empty_trap(call, client, address):
    answer = client.post(address, TYPED | {"website": "https://spam.example"})
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    assert "La faire à plusieurs." in answer.text
    assert "spam.example" not in answer.text


@pytest.mark.parametrize(
    "changed",
    [{"email": "pas une adresse"}, {"email": ""}, {"title": ""}, {"title": "x" * 10_000}, {"intention": "é" * 5000}, {"key": ""}],
)
def test_bad_input_keeps_what_was_typed(call, client, address, changed):
    typed = TYPED | changed
    answer = client.post(address, typed)
    assert (answer.status_code, Proposal.objects.count()) == (422, 0)
    for name in ("title", "intention"):
        assert answer.context["form"][name].value() == typed[name]


def test_marks_that_no_database_holds_are_taken_out(call, client, address):
    client.post(address, TYPED | {"title": "Une\x00 borne\u202e", "intention": "Un\x00\x07 texte"})
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.intention) == ("Une borne", "Un texte")


def test_a_text_sent_after_the_deadline_comes_back_whole(call, client, address):
    CallModel.objects.update(closes_at=clock.now() - timedelta(seconds=2))
    answer = client.post(address, TYPED)
    assert (answer.status_code, Proposal.objects.count()) == (409, 0)
    assert "La faire à plusieurs." in answer.text
    assert "unsaved" in answer.text
    assert "juillet 2018" in answer.text


def test_after_the_deadline_the_page_says_when_it_closed_and_shows_no_form(call, client, address):
    CallModel.objects.update(closes_at=clock.now() - timedelta(seconds=2))
    answer = client.get(address)
    assert answer.status_code == 200
    assert 'name="intention"' not in answer.text


def test_an_address_receives_ten_letters_an_hour_at_most(call, client, address):
    for n in range(10):
        assert client.post(address, TYPED | {"key": uuid4().hex, "title": f"{n}"}).status_code == 302
    answer = client.post(address, TYPED | {"key": uuid4().hex, "title": "Onze"})
    assert (answer.status_code, Proposal.objects.count()) == (409, 10)
    assert "Onze" in answer.text


def test_there_is_no_page_for_an_event_without_call(call, client):
    assert client.get(reverse("call:open", args=[call.cast.other.slug])).status_code == 404


def test_in_english_the_draft_is_english_and_so_is_its_letter(call, client, address):
    assert client.post(f"/en{address}", TYPED).status_code == 302
    react()
    assert Proposal.objects.get().language == "en"
    letter = Letter.objects.get()
    assert "is kept" in letter.subject
    assert "/en/nec-2018/opencall/" in letter.text


# Coming back


def test_the_link_of_the_letter_opens_the_draft_and_leaves_the_address(call, client):
    proposal = call.draft()
    answer = client.get(author_link(proposal.authors.get()).removeprefix("http://testserver"))
    assert answer.url == reverse("call:draft", args=[call.event.slug, proposal.code])
    assert client.get(answer.url).status_code == 200


def test_another_token_opens_nothing(call, client):
    proposal = call.draft()
    assert client.get(reverse("call:link", args=[call.event.slug, proposal.code, "a" * 32])).status_code == 404
    assert client.get(reverse("call:link", args=[call.event.slug, "ZZZZZZ", "a" * 32])).status_code == 404


def test_a_link_that_was_revoked_opens_nothing(call, client):
    proposal = call.draft()
    link = author_link(proposal.authors.get()).removeprefix("http://testserver")
    Author.objects.update(link_epoch=1)
    assert client.get(link).status_code == 404


def test_links_are_sent_again_and_the_answer_tells_nothing(call, client):
    call.draft()
    page = reverse("call:ask_link", args=[call.event.slug])
    known = client.post(page, {"email": "zoe@ailleurs.example"}, follow=True)
    unknown = client.post(page, {"email": "personne@ailleurs.example"}, follow=True)
    react()
    assert [letter.kind for letter in Letter.objects.order_by("id")] == ["call.draft_link", "call.link_again"]
    assert known.redirect_chain == unknown.redirect_chain
    assert client.post(page, {"email": "non"}).status_code == 422
    assert client.post(page, {"email": "zoe@ailleurs.example", "website": "x"}).status_code == 200
    assert Entry.objects.filter(kind="call.link_asked").count() == 1
