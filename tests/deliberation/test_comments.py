from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from encommun.call.commands import edit_proposal, follow_proposal, withdraw_proposal
from encommun.call.content import Content
from encommun.call.models import Proposal
from encommun.call.topics import topic_of_proposal
from encommun.deliberation import commands
from encommun.deliberation.models import Comment, Follow, FormerWords, Report
from encommun.deliberation.queries import comment_counts, removals, threads_on, to_moderate, waiting_count
from encommun.deliberation.refusals import (
    AlreadyGone,
    AlreadyProven,
    NothingWritten,
    NotMoved,
    NotRemoved,
    NotShown,
    SameTopic,
    TalkClosed,
    TooLong,
    TopicClosed,
    UnknownReason,
)
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.commands import withdraw_consent
from encommun.privacy.models import Consent
from encommun.ui.public_pages import STORE
from tests.call.conftest import author_of
from tests.cast import NOW
from tests.deliberation.conftest import DAY, HOUR

LATER = NOW + timedelta(hours=2)


def kinds():
    found = Entry.objects.filter(kind__startswith="deliberation.").order_by("id")
    return list(found.values_list("kind", flat=True))


# Writing


def test_a_message_has_words_and_not_too_many(talking):
    for words in ("", " \n\t", "\x00"):
        with pytest.raises(NothingWritten):
            talking.say(words=words)
    with pytest.raises(TooLong):
        talking.say(words="a" * 4001)


def test_nobody_writes_about_a_withdrawn_proposal(talking):
    withdraw_proposal(talking.call.again(talking.proposal), actor=author_of(talking.proposal), at=NOW)
    with pytest.raises(TopicClosed):
        talking.say(topic=topic_of_proposal(talking.call.again(talking.proposal), talking.event))


def test_the_team_closes_messages_at_once_or_on_a_day(talking):
    aya = talking.cast.actor("aya")
    said = {"closes_at": None, "reads_first": False, "actor": aya, "at": NOW}
    commands.set_talk(talking.event, "proposal", is_open=False, **said)
    with pytest.raises(TalkClosed):
        talking.say()
    commands.set_talk(talking.event, "proposal", is_open=True, **said | {"closes_at": NOW + HOUR})
    talking.say(at=NOW + HOUR)
    with pytest.raises(TalkClosed):
        talking.say(words="Trop tard", at=NOW + HOUR + timedelta(seconds=1))


def test_only_coordination_moderates(talking):
    comment = talking.say()
    for actor in (VISITOR, *map(talking.cast.actor, ("hugo", "driss", "emma", "chloe"))):
        for act in (commands.keep_comment, commands.let_in_comment, commands.put_back_comment):
            with pytest.raises(NotAllowed):
                act(comment, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            commands.remove_comment(comment, reason="attack", actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            commands.set_talk(talking.event, "proposal", is_open=False, closes_at=None, reads_first=False, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            to_moderate(actor, talking.event)


def test_from_an_account_it_is_shown_at_once_without_a_name(talking):
    comment = talking.say(name="Chloé Martin")
    assert (comment.state, comment.shown_at, comment.name_is_public, comment.is_of_its_people) == ("shown", NOW, False, False)
    assert comment.account_id == talking.cast.chloe.pk
    assert kinds() == ["deliberation.comment_shown"]


def test_the_same_words_sent_twice_are_one_message(talking):
    assert talking.say().pk == talking.say().pk
    assert Comment.objects.count() == 1


def test_without_account_it_waits_for_the_letter(talking):
    comment = talking.begin()
    assert comment.state == "unproven"
    assert threads_on(talking.topic).threads == []
    talking.react()
    talking.react()
    letter = Letter.objects.get(kind="deliberation.comment_begun")
    assert (letter.recipient, letter.subject) == ("nora@x.example", "Un clic pour publier votre message")
    for actor in (VISITOR, talking.cast.actor("chloe"), talking.cast.actor("aya")):
        with pytest.raises(NotFound):
            commands.confirm_comment(comment, actor=actor, at=NOW)
    commands.confirm_comment(comment, actor=talking.holder(comment), at=LATER)
    comment.refresh_from_db()
    assert (comment.state, comment.shown_at) == ("shown", LATER)
    with pytest.raises(AlreadyProven):
        commands.confirm_comment(comment, actor=talking.holder(comment), at=LATER)


def test_a_typed_address_of_an_account_gives_none_of_its_rights(talking):
    comment = talking.begin(email=talking.cast.chloe.email)
    assert (comment.state, comment.account_id) == ("unproven", None)


def test_answers_to_answers_stand_beside_them(talking):
    first = talking.say()
    second = talking.say("hugo", "Bonne question.", parent=first)
    third = talking.say("bruno", "Oui.", parent=second)
    assert [second.parent_id, third.parent_id] == [first.pk, first.pk]
    (thread,) = threads_on(talking.topic).threads
    assert [answer.code for answer in thread.answers] == [second.code, third.code]


def test_nobody_answers_what_is_not_shown(talking):
    removed = talking.removed()
    with pytest.raises(NotShown):
        talking.say("hugo", "Mais", parent=removed)


def test_a_name_shows_by_consent_and_goes_with_it(talking, client):
    comment = talking.say(name="Chloé M.", publish_name=True)
    consent = Consent.objects.get(purpose="comment.publish_name")
    assert (consent.email, consent.about) == (talking.cast.chloe.email, f"deliberation.Comment:{comment.code}")
    page = reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])
    assert "Chloé M." in client.get(page).content.decode()
    withdraw_consent(consent, actor=talking.cast.actor("chloe"), at=LATER)
    talking.react()
    STORE.clear()
    body = client.get(page).content.decode()
    assert "Chloé M." not in body
    assert "Et pour une petite commune" in body


def test_a_name_without_consent_and_an_address_are_nowhere(talking, client):
    talking.say(name="Chloé Canari")
    talking.begin(email="canari@x.example", name="Nora Canari")
    for route in ("call:proposal", "deliberation:talk"):
        args = [talking.event.slug, talking.proposal.code]
        page = reverse(route, args=args if route == "call:proposal" else [args[0], "propositions", args[1]])
        assert "anari" not in client.get(page).content.decode()


def test_who_carries_the_proposal_is_marked_as_such(talking):
    author = author_of(talking.proposal)
    comment = commands.write_comment(talking.topic, words="Merci.", email="zoe@ailleurs.example", actor=author, at=NOW)
    commands.confirm_comment(comment, actor=type(author)(links=author.links | talking.holder(comment).links), at=NOW)
    comment.refresh_from_db()
    assert comment.is_of_its_people is True


# Changing and withdrawing


def test_only_the_writer_changes_and_withdraws(talking):
    comment = talking.say()
    for actor in (VISITOR, *map(talking.cast.actor, ("aya", "hugo", "bruno"))):
        with pytest.raises(NotFound):
            commands.change_comment(comment, words="Autre", name="", publish_name=False, actor=actor, at=NOW)
        with pytest.raises(NotFound):
            commands.withdraw_comment(comment, actor=actor, at=NOW)


def test_what_it_said_before_is_kept(talking):
    comment = talking.say()
    chloe = talking.cast.actor("chloe")
    commands.change_comment(comment, words="Autrement dit.", name="", publish_name=False, actor=chloe, at=LATER)
    comment.refresh_from_db()
    assert (comment.words, comment.edited_at) == ("Autrement dit.", LATER)
    assert list(FormerWords.objects.values_list("words", flat=True)) == ["Et pour une petite commune ?"]


def test_a_withdrawn_message_leaves_a_place_and_its_answers(talking, client):
    comment = talking.say(name="Chloé", publish_name=True)
    talking.say("hugo", "Bonne question.", parent=comment)
    commands.change_comment(comment, words="Deux", name="Chloé", publish_name=True, actor=talking.cast.actor("chloe"), at=NOW)
    commands.withdraw_comment(comment, actor=talking.cast.actor("chloe"), at=LATER)
    comment.refresh_from_db()
    assert (comment.state, comment.words, comment.author_name, FormerWords.objects.count()) == ("withdrawn", "", "", 0)
    (thread,) = threads_on(talking.topic).threads
    assert [answer.words for answer in thread.answers] == ["Bonne question."]
    body = client.get(reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])).content.decode()
    assert "Message retiré par la personne qui l’a écrit." in body
    with pytest.raises(AlreadyGone):
        commands.withdraw_comment(comment, actor=talking.cast.actor("chloe"), at=LATER)


def test_a_message_that_nobody_saw_goes_without_a_trace(talking):
    comment = talking.begin()
    commands.withdraw_comment(comment, actor=talking.holder(comment), at=NOW)
    assert Comment.objects.count() == 0


# Moderating


def test_a_first_message_waits_when_the_team_says_so(talking):
    aya = talking.cast.actor("aya")
    commands.set_talk(talking.event, "proposal", is_open=True, closes_at=None, reads_first=True, actor=aya, at=NOW)
    comment = talking.say()
    assert (comment.state, threads_on(talking.topic).threads) == ("waiting", [])
    assert [one.comment.pk for one in to_moderate(aya, talking.event)] == [comment.pk]
    commands.let_in_comment(comment, actor=aya, at=LATER)
    assert talking.say(words="Une deuxième fois").state == "shown"
    with pytest.raises(NotShown):
        commands.let_in_comment(comment, actor=aya, at=LATER)


def test_who_reports_is_kept_nowhere(talking):
    comment = talking.say()
    commands.report_comment(comment, reason="advert", words="C'est une réclame.", actor=talking.cast.actor("hugo"), at=NOW)
    entry = Entry.objects.get(kind="deliberation.comment_reported")
    assert entry.actor == "visitor"
    report = Report.objects.get()
    assert (report.reason, report.message, report.state) == ("advert", comment.words, "waiting")
    assert comment.pk == to_moderate(talking.cast.actor("aya"), talking.event)[0].comment.pk
    assert waiting_count(talking.event) == 1
    with pytest.raises(UnknownReason):
        commands.report_comment(comment, reason="ugly", actor=VISITOR, at=NOW)


def test_a_report_is_answered_by_keeping(talking):
    comment, aya = talking.say(), talking.cast.actor("aya")
    commands.report_comment(comment, reason="advert", actor=VISITOR, at=NOW)
    commands.keep_comment(comment, actor=aya, at=LATER)
    assert (Report.objects.get().state, to_moderate(aya, talking.event), removals(talking.event)) == ("kept", [], [])


def test_what_is_removed_says_so_counts_in_public_and_can_come_back(talking, client):
    comment, aya = talking.say(), talking.cast.actor("aya")
    with pytest.raises(UnknownReason):
        commands.remove_comment(comment, reason="", actor=aya, at=NOW)
    with pytest.raises(NotRemoved):
        commands.put_back_comment(comment, actor=aya, at=NOW)
    commands.report_comment(comment, reason="attack", actor=VISITOR, at=NOW)
    commands.remove_comment(comment, reason="attack", actor=aya, at=NOW)
    assert removals(talking.event) == [("C’est une attaque contre quelqu’un", 1)]
    assert Report.objects.get().state == "removed"
    body = client.get(reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])).content.decode()
    assert "petite commune" not in body
    assert "Message retiré par l’équipe" in body
    rules = client.get(reverse("deliberation:house_rules", args=[talking.event.slug])).content.decode()
    assert 'C’est une attaque contre quelqu’un <span class="meta">(1)</span>' in rules
    talking.react()
    assert Letter.objects.filter(kind="deliberation.comment_removed", recipient=talking.cast.chloe.email).count() == 1
    commands.put_back_comment(comment, actor=aya, at=LATER)
    assert [t.first.state for t in threads_on(talking.topic).threads] == ["shown"]
    assert removals(talking.event) == []


# Following


def test_its_people_are_told_once_a_day_at_most(talking):
    talking.say(at=NOW)
    talking.react()
    assert Follow.objects.get().email == "zoe@ailleurs.example"
    assert commands.send_digests(at=NOW + HOUR) == 1
    talking.say("hugo", "Autre chose", at=NOW + 2 * HOUR)
    talking.react()
    assert commands.send_digests(at=NOW + 3 * HOUR) == 0
    assert commands.send_digests(at=NOW + DAY) == 0
    assert commands.send_digests(at=NOW + DAY + 2 * HOUR) == 1
    assert commands.send_digests(at=NOW + 3 * DAY) == 0
    first, second = Letter.objects.filter(kind="deliberation.digest").order_by("written_at")
    assert "petite commune" in first.text
    assert "Autre chose" in second.text
    assert "petite commune" not in second.text


def test_one_letter_tells_of_everything_followed_and_never_of_one_s_own(talking):
    other = talking.another(email="b@x.example")
    for topic in (talking.topic, other):
        talking.say("chloe", "Je suis les deux", topic=topic, follow=True)
        talking.say("hugo", f"Pour {topic.code}", topic=topic, at=NOW + HOUR)
    talking.react()
    commands.send_digests(at=NOW + 2 * HOUR)
    (letter,) = Letter.objects.filter(kind="deliberation.digest", recipient=talking.cast.chloe.email)
    assert [f"Pour {talking.topic.code}" in letter.text, f"Pour {other.code}" in letter.text] == [True, True]
    assert "Je suis les deux" not in letter.text


def test_changes_of_what_is_followed_are_told_too_and_never_one_s_own(talking):
    proposal = Proposal.objects.select_related("event").get(code=talking.topic.code)
    chloe = talking.cast.actor("chloe")
    follow_proposal(proposal, follows=True, by_letter=True, actor=chloe, at=NOW)
    longer = replace(Content.of(proposal), minutes=45)
    edit_proposal(proposal, longer, version=proposal.version, actor=author_of(proposal), at=NOW + HOUR)
    commands.follow(
        talking.event,
        "proposal",
        proposal.code,
        email="zoe@ailleurs.example",
        account_id=None,
        language="fr",
        again=True,
        actor=SYSTEM,
        at=NOW,
    )
    assert commands.send_digests(at=NOW + 2 * HOUR) == 1
    letter = Letter.objects.get(kind="deliberation.digest")
    assert letter.recipient == chloe.email
    assert "90 → 45 min." in letter.text.replace("\u202f", " ").replace("\xa0", " ")
    assert commands.send_digests(at=NOW + 3 * HOUR) == 0
    follow_proposal(proposal, follows=False, actor=chloe, at=NOW)
    assert Follow.objects.get(email=chloe.email).stopped_at == NOW


def test_who_stopped_is_left_in_peace(talking, client):
    talking.say()
    talking.react()
    commands.send_digests(at=NOW + HOUR)
    letter = Letter.objects.get(kind="deliberation.digest")
    link = next(word.strip("()").rstrip(").") for word in letter.text.split() if "/lien/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    assert page.status_code == 200
    client.post(page.request["PATH_INFO"], {"act": "everything"})
    assert Follow.objects.get().stopped_at is not None
    talking.say("hugo", "Encore", at=NOW + 2 * DAY)
    talking.react()
    assert commands.send_digests(at=NOW + 3 * DAY) == 0


def test_a_removed_message_is_not_told(talking):
    talking.removed()
    talking.react()
    assert commands.send_digests(at=NOW + HOUR) == 0


# Merging


def test_a_merge_brings_messages_and_followers_and_its_undo_takes_them_back(talking):
    other = talking.another(email="b@x.example")
    talking.say(words="Sur la première")
    talking.react()
    commands.move_topic(talking.event, "proposal", talking.topic.code, other.code, actor=SYSTEM, at=NOW)
    talking.say("hugo", "Depuis la fusion", topic=other, at=LATER)
    assert [t.first.words for t in threads_on(other).threads] == ["Sur la première", "Depuis la fusion"]
    assert comment_counts(talking.event, "proposal") == {other.code: 2}
    commands.send_digests(at=LATER + HOUR)
    told = Letter.objects.get(kind="deliberation.digest", recipient="zoe@ailleurs.example")
    assert "Depuis la fusion" in told.text
    commands.move_topic_back(talking.event, "proposal", talking.topic.code, actor=SYSTEM, at=LATER)
    assert [t.first.words for t in threads_on(talking.topic).threads] == ["Sur la première"]
    assert [t.first.words for t in threads_on(other).threads] == ["Depuis la fusion"]
    with pytest.raises(NotMoved):
        commands.move_topic_back(talking.event, "proposal", talking.topic.code, actor=SYSTEM, at=LATER)


def test_merges_follow_each_other_and_never_in_a_circle(talking):
    b, c = talking.another(email="b@x.example"), talking.another(email="c@x.example")
    talking.say(words="A")
    commands.move_topic(talking.event, "proposal", talking.topic.code, b.code, actor=SYSTEM, at=NOW)
    commands.move_topic(talking.event, "proposal", b.code, c.code, actor=SYSTEM, at=NOW)
    assert [t.first.words for t in threads_on(c).threads] == ["A"]
    for to_code in (c.code, talking.topic.code):
        with pytest.raises(SameTopic):
            commands.move_topic(talking.event, "proposal", c.code, to_code, actor=SYSTEM, at=NOW)
    commands.move_topic_back(talking.event, "proposal", b.code, actor=SYSTEM, at=NOW)
    assert [t.first.words for t in threads_on(b).threads] == ["A"]


# Pages


def test_a_journey_without_account(talking, client):
    write = reverse("deliberation:write", args=[talking.event.slug, "propositions", talking.proposal.code])
    typed = {"words": "Bonjour <script>", "email": "nora@x.example", "name": "Nora", "publish_name": "on", "follow": "on"}
    wrong = client.post(write, typed | {"email": "nora"})
    assert (wrong.status_code, "Bonjour &lt;script&gt;" in wrong.content.decode()) == (422, True)
    assert client.post(write, typed).status_code == 302
    talking.react()
    letter = Letter.objects.get(kind="deliberation.comment_begun")
    link = next(word for word in letter.text.split() if "/lien/" in word).removeprefix("http://testserver")
    page = client.get(link, follow=True)
    assert "Un dernier clic" in page.content.decode()
    assert Comment.objects.get().state == "unproven"
    own = page.request["PATH_INFO"]
    assert client.post(own, {"act": "confirm"}).status_code == 302
    talking.react()
    assert sorted(Follow.objects.values_list("email", flat=True)) == ["nora@x.example", "zoe@ailleurs.example"]
    client.post(own, {"act": "change", "words": "Bonsoir", "name": "Nora"})
    body = client.get(reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])).content.decode()
    assert ("Bonsoir" in body, "modifié depuis" in body, "Nora" in body) == (True, True, False)
    assert client.post(own, {"act": "withdraw"}).status_code == 302


def test_a_machine_is_refused_and_a_person_loses_nothing(talking, client):
    write = reverse("deliberation:write", args=[talking.event.slug, "propositions", talking.proposal.code])
    answer = client.post(write, {"words": "Bonjour", "email": "nora@x.example", "website": "http://spam"})
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert "Bonjour" in answer.content.decode()
    assert "http://spam" not in answer.content.decode()


def test_too_many_messages_wait(talking, client):
    write = reverse("deliberation:write", args=[talking.event.slug, "propositions", talking.proposal.code])
    codes = [client.post(write, {"words": f"Message {n}", "email": "nora@x.example"}).status_code for n in range(21)]
    assert codes == [302] * 20 + [409]


def test_somebody_else_s_message_says_how_to_find_one_s_own(talking, client):
    comment = talking.say()
    page = client.get(reverse("deliberation:comment", args=[talking.event.slug, comment.code]))
    assert (page.status_code, "Est-ce votre message" in page.content.decode()) == (404, True)


def test_reporting_through_the_page(talking, client):
    comment = talking.say()
    page = reverse("deliberation:report", args=[talking.event.slug, comment.code])
    assert client.post(page, {"words": "Pfff"}).status_code == 422
    assert client.post(page, {"reason": "beside", "words": "Rien à voir"}).status_code == 302
    assert Report.objects.get().words == "Rien à voir"


def test_the_team_page_does_it_all(talking, client):
    talking.cast.sign_in(client, "aya")
    comment = talking.say()
    commands.report_comment(comment, reason="attack", actor=VISITOR, at=NOW)
    team = reverse("deliberation:team", args=[talking.event.slug])
    assert "petite commune" in client.get(team).content.decode()
    act = reverse("deliberation:moderate", args=[talking.event.slug, comment.code])
    for typed, state in (
        ({"act": "remove"}, "shown"),
        ({"act": "remove", "reason": "attack"}, "removed"),
        ({"act": "put_back"}, "shown"),
        ({"act": "keep"}, "shown"),
        ({"act": "let_in"}, "shown"),
    ):
        assert client.post(act, typed).status_code == 302
        comment.refresh_from_db()
        assert comment.state == state
    rules = reverse("deliberation:set_talk", args=[talking.event.slug, "propositions"])
    assert client.post(rules, {"propositions-closes_on": "hier"}).status_code == 422
    assert client.post(rules, {"propositions-is_open": "on", "propositions-closes_on": "2018-07-19"}).status_code == 302
    assert "2018-07-19" in client.get(team).content.decode()


@pytest.mark.parametrize("route", ["call:proposal", "deliberation:talk", "deliberation:team"])
def test_as_many_statements_with_one_message_as_with_three(talking, client, route):
    talking.cast.sign_in(client, "aya")
    args = [talking.event.slug]
    if route != "deliberation:team":
        args += [talking.proposal.code] if route == "call:proposal" else ["propositions", talking.proposal.code]
    counts = []
    for n in (1, 3):
        while Comment.objects.filter(parent=None).count() < n:
            number = Comment.objects.count()
            first = talking.say(words=f"Message {number}")
            talking.say("hugo", f"Réponse {number}", parent=first)
            commands.report_comment(first, reason="attack", actor=VISITOR, at=NOW)
        STORE.clear()
        client.get(reverse(route, args=args))
        STORE.clear()
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(reverse(route, args=args)).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_page_holds_thirty_messages(talking, client):
    for n in range(32):
        talking.say(words=f"Message numéro {n} ici")
    page = reverse("call:proposal", args=[talking.event.slug, talking.proposal.code])
    body = client.get(page).content.decode()
    assert (body.count("Message numéro"), "Lire la suite" in body) == (30, True)
    rest = client.get(reverse("deliberation:talk", args=[talking.event.slug, "propositions", talking.proposal.code]), {"page": 2})
    assert rest.content.decode().count("Message numéro") == 2
