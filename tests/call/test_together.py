from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.letters import author_link
from encommun.call.models import Author, Help, Invitation, Proposal, Wanted
from encommun.call.personal_data import HOLDINGS
from encommun.call.queries import open_wanted, waiting_helps
from encommun.call.refusals import (
    AlreadyAuthor,
    AlreadyInvited,
    AlreadyWithdrawn,
    HelpAnswered,
    InvitationAnswered,
    LastAuthor,
    NotPublished,
    NotWanted,
    OnlyCarriers,
    OnlyHelps,
    ReasonMissing,
    TooManyAuthors,
    TooManyWanted,
    UnknownChoice,
)
from encommun.call.rules import HELP_LINK, INVITATION_LINK, MOST_AUTHORS
from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.holdings import Subject
from encommun.foundation.refusals import NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.models import Consent
from encommun.programme.models import Session
from encommun.reactions.worker import react
from tests.call.conftest import FULL, author_of
from tests.cast import NOW

NORA = "nora@rurale.example"
LATE = NOW + timedelta(days=60)
HOLDING = {holding.model: holding for holding in HOLDINGS}


def invited(call, proposal, *, email=NORA, part="co_facilitates", at=NOW, **more) -> Invitation:
    return commands.invite_author(proposal, email=email, part=part, actor=author_of(proposal), at=at, **more)


def holder(invitation: Invitation) -> Actor:
    return Actor(links=frozenset({(INVITATION_LINK, invitation.code)}))


def joined(call, proposal, *, email=NORA, at=NOW, **more) -> Author:
    invitation = invited(call, proposal, email=email, at=at, **more)
    return commands.answer_invitation(invitation, accepts=True, actor=holder(invitation), at=at)


def offered(call, proposal, *, email=NORA, part="speaks", wanted=None, actor=VISITOR) -> Help:
    return commands.offer_help(
        proposal, email=email, name="Nora Kaci", part=part, words="J’ai un cas à raconter.", wanted=wanted, actor=actor, at=NOW
    )


def helper(help: Help) -> Actor:
    return Actor(links=frozenset({(HELP_LINK, help.code)}))


# Inviting


def test_only_authors_invite_and_with_a_part(call):
    proposal = call.published()
    for actor in (VISITOR, call.cast.actor("aya"), call.cast.actor("hugo")):
        with pytest.raises(NotFound):
            commands.invite_author(proposal, email=NORA, part="speaks", actor=actor, at=NOW)
    with pytest.raises(UnknownChoice):
        invited(call, proposal, part="sings")


def test_nobody_is_invited_twice_nor_when_she_is_there(call):
    proposal = call.published()
    with pytest.raises(AlreadyAuthor):
        invited(call, proposal, email="Zoe@ailleurs.example ")
    invited(call, proposal)
    with pytest.raises(AlreadyInvited):
        invited(call, proposal)


def test_nobody_is_invited_to_what_was_withdrawn(call):
    proposal = call.published()
    commands.withdraw_proposal(proposal, actor=author_of(proposal), at=NOW)
    with pytest.raises(AlreadyWithdrawn):
        invited(call, proposal)


def test_there_are_twenty_people_at_most_invitations_included(call):
    proposal = call.published()
    for n in range(MOST_AUTHORS - 1):
        invited(call, proposal, email=f"{n}@x.example")
    with pytest.raises(TooManyAuthors):
        invited(call, proposal)


def test_a_letter_brings_her_own_link_once(call):
    proposal = call.draft()
    commands.introduce_author(
        proposal, name="Zoé", structure_name="", publish_name=False, door="x", actor=author_of(proposal), at=NOW
    )
    invitation = invited(call, proposal, words="Viens [voir](https://mal.example)")
    react()
    Entry.objects.update(reacted_at=None)
    react()
    letter = Letter.objects.get(recipient=NORA)
    assert letter.subject == "Zoé vous invite à construire « Une borne »"
    assert f"/invitation/{invitation.code}/lien/" in letter.text
    assert 'href="https://mal.example' not in letter.html


def test_an_invitation_taken_back_opens_nothing(call):
    invitation = invited(call, call.published())
    with pytest.raises(NotFound):
        commands.take_back_invitation(invitation, actor=VISITOR, at=NOW)
    commands.take_back_invitation(invitation, actor=author_of(invitation.proposal), at=NOW)
    with pytest.raises(InvitationAnswered):
        commands.take_back_invitation(invitation, actor=author_of(invitation.proposal), at=NOW)
    with pytest.raises(InvitationAnswered):
        commands.answer_invitation(invitation, accepts=True, actor=holder(invitation), at=NOW)


# Answering


def test_an_invitation_is_answered_by_the_one_invited_and_once(call):
    invitation = invited(call, call.published())
    for actor in (VISITOR, author_of(invitation.proposal), call.cast.actor("chloe")):
        with pytest.raises(NotFound):
            commands.answer_invitation(invitation, accepts=True, actor=actor, at=NOW)
    commands.answer_invitation(invitation, accepts=False, actor=holder(invitation), at=NOW)
    with pytest.raises(InvitationAnswered):
        commands.answer_invitation(invitation, accepts=True, actor=holder(invitation), at=NOW)
    assert invitation.proposal.authors.count() == 1


def test_a_yes_after_the_deadline_makes_an_author_who_edits_the_same_page(call):
    proposal = call.published()
    author = joined(call, proposal, at=LATE)
    assert (author.email, author.part, author.name_is_public) == (NORA, "co_facilitates", False)
    commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=author_of(proposal, NORA), at=LATE)
    assert call.again(proposal).minutes == 60
    react()
    assert Letter.objects.filter(kind="call.invitation_answered", recipient="zoe@ailleurs.example").count() == 1


def test_an_account_invited_needs_no_link(call):
    invitation = invited(call, call.published(), email=call.cast.bruno.email)
    author = commands.answer_invitation(invitation, accepts=True, actor=call.cast.actor("bruno"), at=NOW)
    assert author.account == call.cast.bruno


def test_authors_are_not_lost_on_publishing(call):
    proposal = call.complete()
    joined(call, proposal)
    commands.publish_proposal(proposal, version=2, actor=author_of(proposal, NORA), at=NOW)
    assert list(proposal.authors.values_list("email", "part")) == [("zoe@ailleurs.example", "carries"), (NORA, "co_facilitates")]


def test_the_name_and_the_consent_of_one_never_touch_the_other_s(call):
    proposal = call.published()
    joined(call, proposal)
    who = {"structure_name": "", "publish_name": True, "door": "x", "at": NOW}
    commands.introduce_author(proposal, name="Zoé", actor=author_of(proposal), **who)
    commands.introduce_author(call.again(proposal), name="Nora", actor=author_of(proposal, NORA), **who)
    commands.introduce_author(call.again(proposal), name="Nora", actor=author_of(proposal, NORA), **who | {"publish_name": False})
    assert list(proposal.authors.values_list("name", "name_is_public")) == [("Zoé", True), ("Nora", False)]
    assert [consent.email for consent in Consent.objects.in_force()] == ["zoe@ailleurs.example"]


def test_the_link_of_one_neither_opens_nor_erases_what_is_the_other_s(call, client):
    proposal = call.published()
    nora = joined(call, proposal)
    link = author_link(nora).removeprefix("http://testserver")
    Author.objects.filter(email="zoe@ailleurs.example").update(link_epoch=4)
    assert client.get(link).status_code == 302
    HOLDING["call.Author"].erase(Subject(account_id=None, emails=frozenset(), links=author_of(proposal, NORA).links), at=NOW)
    assert list(proposal.authors.values_list("email", flat=True)) == ["zoe@ailleurs.example", ""]
    assert client.get(link).status_code == 404


def test_erasing_one_of_two_leaves_the_draft_to_the_other(call):
    proposal = call.draft()
    joined(call, proposal)
    zoe = Subject(account_id=None, emails=frozenset({"zoe@ailleurs.example"}))
    assert HOLDING["call.Author"].erase(zoe, at=NOW) == []
    assert [author.email for author in call.again(proposal).authors.all()] == [NORA]


# Leaving


def test_the_only_author_cannot_leave(call):
    proposal = call.published()
    with pytest.raises(LastAuthor):
        commands.leave_proposal(proposal, actor=author_of(proposal), at=NOW)
    with pytest.raises(NotFound):
        commands.leave_proposal(proposal, actor=VISITOR, at=NOW)


def test_when_the_one_who_carries_it_leaves_the_next_one_does(call):
    proposal = call.published()
    nora = joined(call, proposal)
    actor = author_of(proposal)
    introduced = {"name": "Zoé", "structure_name": "", "publish_name": True, "door": "x", "actor": actor, "at": NOW}
    commands.introduce_author(proposal, **introduced)
    commands.leave_proposal(call.again(proposal), actor=actor, at=NOW)
    assert list(proposal.authors.values_list("email", "part")) == [(NORA, "carries")]
    assert Consent.objects.in_force().count() == 0
    with pytest.raises(NotFound):
        commands.edit_proposal(call.again(proposal), FULL, version=3, actor=actor, at=NOW)
    assert Entry.objects.get(kind="call.author_left").facts == {"author": Author.with_former.exclude(pk=nora.pk).get().pk}


def test_who_left_can_come_back_and_is_forgotten_after_a_month_otherwise(call):
    proposal = call.published()
    joined(call, proposal)
    joined(call, proposal, email="third@x.example")
    for email in (NORA, "third@x.example"):
        commands.leave_proposal(call.again(proposal), actor=author_of(proposal, email), at=NOW)
    joined(call, proposal, part="speaks")
    assert proposal.authors.get(email=NORA).part == "speaks"
    HOLDING["call.Author"].purge(at=NOW + timedelta(days=31))
    assert Author.with_former.filter(proposal=proposal).count() == 2


def test_only_those_who_carry_it_withdraw_it(call):
    proposal = call.published()
    joined(call, proposal)
    with pytest.raises(OnlyCarriers):
        commands.withdraw_proposal(proposal, actor=author_of(proposal, NORA), at=NOW)


def test_the_session_follows_who_joins_and_who_leaves(call):
    proposal = call.offered()
    commands.answer_offer(proposal, accepts=True, actor=author_of(proposal), at=NOW)
    react()
    joined(call, proposal)
    joined(call, proposal, email="pierre@x.example", part="helps")
    react()
    session = Session.objects.get(proposal=proposal)
    assert list(session.parts.values_list("email", "kind")) == [("zoe@ailleurs.example", "carries"), (NORA, "co_facilitates")]
    commands.leave_proposal(call.again(proposal), actor=author_of(proposal, NORA), at=NOW)
    react()
    assert list(session.parts.values_list("email", flat=True)) == ["zoe@ailleurs.example"]


# What it lacks


def test_what_is_looked_for_has_words_a_part_and_an_end(call):
    proposal = call.published()
    actor = author_of(proposal)
    for part, words, refusal in (("sings", "x", UnknownChoice), ("speaks", " \x00 ", ReasonMissing)):
        with pytest.raises(refusal):
            commands.seek(proposal, part=part, words=words, actor=actor, at=NOW)
    with pytest.raises(NotFound):
        commands.seek(proposal, part="speaks", words="Un cas", actor=VISITOR, at=NOW)
    wanted = commands.seek(proposal, part="speaks", words="Un cas rural", actor=actor, at=NOW)
    assert list(open_wanted(call.event)) == [wanted]
    assert list(open_wanted(call.event, part="helps")) == []
    commands.stop_seeking(wanted, actor=actor, at=NOW)
    with pytest.raises(NotWanted):
        commands.stop_seeking(wanted, actor=actor, at=NOW)
    assert list(open_wanted(call.event)) == []
    for n in range(12):
        commands.seek(proposal, part="helps", words=f"Une table {n}", actor=actor, at=NOW)
    with pytest.raises(TooManyWanted):
        commands.seek(proposal, part="helps", words="Encore", actor=actor, at=NOW)


def test_help_without_account_is_proven_by_a_letter_before_the_authors_know(call):
    proposal = call.published()
    help = offered(call, proposal)
    assert help == offered(call, proposal)
    assert waiting_helps(proposal) == []
    react()
    assert Letter.objects.get(recipient=NORA).kind == "call.help_begun"
    with pytest.raises(NotFound):
        commands.confirm_help(help, actor=VISITOR, at=NOW)
    commands.confirm_help(help, actor=helper(help), at=NOW)
    with pytest.raises(HelpAnswered):
        commands.confirm_help(help, actor=helper(help), at=NOW)
    react()
    assert Letter.objects.filter(kind="call.help_offered", recipient="zoe@ailleurs.example").count() == 1
    assert waiting_helps(proposal) == [help]


def test_help_is_offered_to_what_is_public_and_still_wanted(call):
    draft, proposal = call.draft(email="b@x.example"), call.published()
    with pytest.raises(NotPublished):
        offered(call, draft)
    with pytest.raises(UnknownChoice):
        offered(call, proposal, part="sings")
    wanted = commands.seek(proposal, part="speaks", words="Un cas", actor=author_of(proposal), at=NOW)
    commands.stop_seeking(wanted, actor=author_of(proposal), at=NOW)
    wanted.refresh_from_db()
    with pytest.raises(NotWanted):
        offered(call, proposal, wanted=wanted)


def test_an_author_is_not_offered_her_own_help_and_strangers_learn_nothing(call):
    proposal = call.published(email=call.cast.bruno.email)
    with pytest.raises(AlreadyAuthor):
        offered(call, proposal, email=call.cast.bruno.email, actor=call.cast.actor("bruno"))
    help = offered(call, proposal, email=call.cast.bruno.email)
    with pytest.raises(AlreadyAuthor):
        commands.confirm_help(help, actor=helper(help), at=NOW)


def test_an_accepted_help_gives_its_part_and_ends_the_search(call):
    proposal = call.published()
    wanted = commands.seek(proposal, part="takes_notes", words="Une personne pour les notes", actor=author_of(proposal), at=NOW)
    help = offered(call, proposal, wanted=wanted, email=call.cast.chloe.email, actor=call.cast.actor("chloe"))
    assert (help.state, help.part) == ("waiting", "takes_notes")
    for actor in (VISITOR, call.cast.actor("hugo"), call.cast.actor("chloe")):
        with pytest.raises(NotFound):
            commands.answer_help(help, accepts=True, actor=actor, at=NOW)
    author = commands.answer_help(help, accepts=True, words="Merci !", actor=author_of(proposal), at=NOW)
    assert (author.account, author.part, author.name, author.name_is_public) == (call.cast.chloe, "takes_notes", "Nora Kaci", False)
    assert Wanted.objects.get().closed_at == NOW
    with pytest.raises(HelpAnswered):
        commands.answer_help(help, accepts=False, actor=author_of(proposal), at=NOW)
    react()
    letter = Letter.objects.get(kind="call.help_answered")
    assert author_link(author) in letter.text
    assert "> Merci !" in letter.text


def test_a_declined_help_leaves_with_a_word_and_a_taken_back_one_without(call):
    proposal = call.published()
    help = offered(call, proposal, email=call.cast.chloe.email, actor=call.cast.actor("chloe"))
    commands.answer_help(help, accepts=False, words="Une autre fois", actor=author_of(proposal), at=NOW)
    react()
    assert "Une autre fois" in Letter.objects.get(kind="call.help_answered").text
    other = offered(call, proposal)
    commands.take_back_help(other, actor=helper(other), at=NOW)
    with pytest.raises(HelpAnswered):
        commands.take_back_help(other, actor=helper(other), at=NOW)
    assert proposal.authors.count() == 1


def test_who_lends_a_hand_changes_neither_the_text_nor_the_rest(call, client):
    proposal = call.published()
    joined(call, proposal, part="helps")
    actor = author_of(proposal, NORA)
    with pytest.raises(OnlyHelps):
        commands.edit_proposal(proposal, replace(FULL, minutes=60), version=3, actor=actor, at=NOW)
    with pytest.raises(OnlyHelps):
        commands.seek(proposal, part="speaks", words="Un cas", actor=actor, at=NOW)
    call.hold(client, proposal, NORA)
    page = client.get(reverse("call:draft", args=[call.event.slug, proposal.code]))
    assert 'name="intention"' not in page.text
    url = reverse("call:myself", args=[call.event.slug, proposal.code])
    assert client.post(url, {"author_name": "Nora", "structure_name": "Rurale", "publish_name": "on"}).status_code == 302
    assert client.post(url, {"author_name": "N" * 500}).status_code == 422
    assert proposal.authors.get(email=NORA).name == "Nora"
    commands.leave_proposal(call.again(proposal), actor=actor, at=NOW)
    assert proposal.authors.count() == 1


# Personal data


def test_invitations_and_help_are_found_exported_erased_and_purged(call):
    proposal = call.published()
    invitation, help = invited(call, proposal), offered(call, proposal)
    nora = Subject(account_id=None, emails=frozenset({NORA}))
    invitations, helps = HOLDING["call.Invitation"], HOLDING["call.Help"]
    assert [invitations.export(row)["email"] for row in invitations.find(nora)] == [NORA]
    assert [(helps.export(row)["name"], helps.title(row)) for row in helps.find(nora)] == [("Nora Kaci", FULL.title)]
    assert helps.address(help) == f"/nec-2018/opencall/{proposal.code}/aide/{help.code}/"
    by_link = Subject(account_id=1, emails=frozenset(), links=holder(invitation).links | helper(help).links)
    assert (len(invitations.find(by_link)), len(helps.find(by_link))) == (1, 1)
    assert invitations.erase(nora, at=NOW) + helps.erase(nora, at=NOW) == []
    assert (Invitation.objects.count(), Help.objects.count()) == (0, 0)
    invited(call, proposal)
    offered(call, proposal)
    assert (invitations.purge(at=NOW + timedelta(days=59)), helps.purge(at=NOW + timedelta(days=6))) == (0, 0)
    assert (invitations.purge(at=NOW + timedelta(days=61)), helps.purge(at=NOW + timedelta(days=8))) == (1, 1)


# The pages


def at(call, proposal, name, *more):
    return reverse(f"call:{name}", args=[call.event.slug, proposal.code, *more])


def test_the_whole_journey_of_an_invitation_without_javascript(call, client):
    proposal = call.published()
    call.hold(client, proposal)
    page = at(call, proposal, "together")
    assert client.post(page, {"email": "nora", "part": "speaks"}).status_code == 422
    assert client.post(page, {"email": NORA, "part": "speaks", "words": "Viens donc"}).status_code == 302
    answer = client.post(page, {"email": NORA, "part": "speaks"})
    assert (answer.status_code, NORA in answer.text) == (409, True)
    react()
    link = next(line for line in Letter.objects.get(recipient=NORA).text.split() if "/invitation/" in line)
    nora = type(client)()
    asked = nora.get(link.removeprefix("http://testserver"), follow=True)
    assert "Viens donc" in asked.text
    done = nora.post(asked.redirect_chain[-1][0], {"answer": "accept"}, follow=True)
    assert done.redirect_chain[-1][0] == at(call, proposal, "draft")
    assert 'name="intention"' in done.text
    assert nora.get(asked.redirect_chain[-1][0]).status_code == 200
    assert NORA in client.get(page).text
    assert nora.post(at(call, proposal, "leave"), follow=True).status_code == 200
    assert nora.get(page).status_code == 404


def test_declining_and_taking_back_have_their_pages(call, client):
    proposal = call.published()
    invitation = invited(call, proposal)
    visitor = type(client)()
    session = visitor.session
    session["links"] = [[INVITATION_LINK, invitation.code]]
    session.save()
    url = at(call, proposal, "invitation", invitation.code)
    assert visitor.post(url, {"answer": "decline"}, follow=True).status_code == 200
    assert Invitation.objects.get().state == "declined"
    other = invited(call, proposal, email="b@x.example")
    call.hold(client, proposal)
    assert client.post(at(call, proposal, "take_back", other.code)).status_code == 302
    assert client.post(at(call, proposal, "leave")).status_code == 409


def test_the_whole_journey_of_i_can_without_account(call, client):
    proposal = call.published()
    owner = call.hold(type(client)(), proposal)
    assert owner.post(at(call, proposal, "seek"), {"part": "speaks", "words": ""}).status_code == 422
    assert owner.post(at(call, proposal, "seek"), {"part": "speaks", "words": "Un cas rural"}).status_code == 302
    wanted = Wanted.objects.get()
    listed = client.get(reverse("call:wanted", args=[call.event.slug]))
    url = f"{at(call, proposal, 'help')}?pour={wanted.pk}"
    for page in (listed, client.get(at(call, proposal, "proposal"))):
        assert "Un cas rural" in page.text
        assert url in page.text
    typed = {"name": "Nora", "email": NORA, "words": "Le mien", "website": ""}
    assert client.post(url, typed | {"email": "x"}).status_code == 422
    assert client.post(url, typed | {"website": "spam"}).status_code == 422
    assert client.post(url, typed).status_code == 302
    react()
    link = next(line for line in Letter.objects.get(recipient=NORA).text.split() if "/aide/" in line)
    own = client.get(link.removeprefix("http://testserver"), follow=True)
    mine = own.redirect_chain[-1][0]
    assert client.post(mine, {"act": "confirm"}, follow=True).status_code == 200
    together = owner.get(at(call, proposal, "together"))
    assert "Le mien" in together.text
    help = Help.objects.get()
    assert owner.post(at(call, proposal, "answer_help", help.code), {"answer": "perhaps"}).status_code == 302
    answered = owner.post(at(call, proposal, "answer_help", help.code), {"answer": "accept", f"{help.code}-words": "Oui !"})
    assert (answered.status_code, Help.objects.get().answer) == (302, "Oui !")
    assert "Un cas rural" not in client.get(reverse("call:wanted", args=[call.event.slug])).text
    assert "ensemble" in client.get(mine).text


def test_found_is_said_with_one_click(call, client):
    proposal = call.published()
    wanted = commands.seek(proposal, part="helps", words="Un vidéoprojecteur", actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    assert client.post(at(call, proposal, "stop_seeking", wanted.pk)).status_code == 302
    assert client.post(at(call, proposal, "stop_seeking", wanted.pk)).status_code == 409
    assert client.post(at(call, proposal, "stop_seeking", 987654)).status_code == 404


def test_the_list_of_what_is_wanted_costs_as_much_with_three_as_with_one(call, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from encommun.ui.public_pages import STORE

    proposal = call.published()
    url = reverse("call:wanted", args=[call.event.slug])

    def cost():
        STORE.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    commands.seek(proposal, part="helps", words="Un", actor=author_of(proposal), at=NOW)
    cost()
    one = cost()
    for words in ("Deux", "Trois"):
        commands.seek(proposal, part="helps", words=words, actor=author_of(proposal), at=NOW)
    assert cost() == one


def test_the_page_shows_each_author_with_her_part_and_no_name_without_consent(call, client):
    proposal = call.published()
    joined(call, proposal, part="takes_notes")
    Author.objects.filter(email=NORA).update(name="Nora Kaci", name_is_public=False)
    page = client.get(at(call, proposal, "proposal")).text
    assert "prend des notes" in page
    assert "Nora" not in page
    assert NORA not in page
    assert Proposal.objects.get().authors.count() == 2
