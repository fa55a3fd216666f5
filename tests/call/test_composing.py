from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from encommun.call import commands
from encommun.call.commands import FormatText, QuestionText
from encommun.call.content import Content
from encommun.call.models import Author, Call, Extension, Format, LateLink, Proposal, Question
from encommun.call.queries import history_in_words, public_proposal
from encommun.call.refusals import (
    CallClosed,
    CallNotOpenYet,
    FormatUsed,
    NoCall,
    NotComplete,
    NotDescribed,
    QuestionIncomplete,
    ReasonMissing,
    WrongDates,
)
from encommun.call.rules import LATE_LINK, deadline_of, may_propose, open_until
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotAllowed
from tests.call.conftest import FULL, author_of
from tests.call.test_drafting import FORM
from tests.cast import NOW

OPENS, CLOSES = datetime(2018, 5, 13, 22, tzinfo=UTC), datetime(2018, 7, 19, 21, 59, 59, tzinfo=UTC)
TEXT = {"instruction": {"fr": "Proposez", "en": "Propose"}, "opens_at": OPENS, "closes_at": CLOSES}
AFTER = CLOSES + timedelta(days=1)


def written(call, **more):
    return commands.write_call(call.event, **TEXT | {"actor": call.cast.actor("hugo"), "at": NOW} | more)


def asked(call, *, kind="short", label="Déjà venu·e ?", **more) -> Question:
    choices = [{"fr": "Oui, volontiers", "en": "Yes"}, {"fr": "Plutôt non", "en": "No"}] if kind in ("one", "several") else []
    text = QuestionText(**{"kind": kind, "label": {"fr": label, "en": "Been here?" if label else ""}, "choices": choices} | more)
    return commands.write_question(call.event, text, actor=call.cast.actor("hugo"), at=NOW)


def page(call, name, *more):
    return reverse(f"call:{name}", args=[call.event.slug, *more])


# Text and dates


def test_the_programme_team_alone_composes(call):
    for name in ("chloe", "driss", "emma"):
        who = {"actor": call.cast.actor(name), "at": NOW}
        with pytest.raises(NotAllowed):
            written(call, **who)
        with pytest.raises(NotAllowed):
            commands.write_format(call.event, FormatText(name={"fr": "Jeu"}), **who)
        with pytest.raises(NotAllowed):
            commands.make_late_link(call.event, words="x", until=AFTER, **who)


def test_a_deadline_is_put_off_with_a_reason_that_everyone_reads(call, client):
    with pytest.raises(WrongDates):
        written(call, closes_at=OPENS)
    with pytest.raises(ReasonMissing):
        written(call, closes_at=AFTER)
    written(call, closes_at=AFTER, reason="Les bibliothèques ferment en août.")
    extension = Extension.objects.get()
    assert (extension.former, extension.closes_at) == (CLOSES, AFTER)
    assert "Les bibliothèques ferment en août." in client.get(page(call, "open")).text
    written(call, closes_at=CLOSES)
    assert Extension.objects.count() == 1


# Formats with dates of their own


def test_a_format_may_close_later_or_earlier_than_the_call(call):
    hugo = {"actor": call.cast.actor("hugo"), "at": NOW}
    workshop = Format.objects.get(event=call.event, slug="atelier")
    proposal = call.complete()
    commands.write_format(
        call.event, FormatText(name={"fr": "Atelier"}, closes_at=NOW - timedelta(days=1)), format=workshop, **hugo
    )
    with pytest.raises(CallClosed):
        commands.publish_proposal(call.again(proposal), version=2, actor=author_of(proposal), at=NOW)
    commands.write_format(call.event, FormatText(name={"fr": "Atelier"}, closes_at=AFTER), format=workshop, **hugo)
    assert may_propose(call.event, AFTER) is True
    commands.publish_proposal(call.again(proposal), version=2, actor=author_of(proposal), at=AFTER)
    other = call.complete(replace(FULL, format="debat"), email="b@x.example")
    with pytest.raises(CallClosed):
        commands.publish_proposal(call.again(other), version=2, actor=author_of(other), at=AFTER)
    later = FormatText(name={"fr": "Débat"}, opens_at=AFTER)
    commands.write_format(call.event, later, format=other.format, **hugo)
    with pytest.raises(CallNotOpenYet):
        commands.publish_proposal(call.again(other), version=2, actor=author_of(other), at=NOW)


def test_a_format_that_proposals_use_stays(call):
    hugo = {"actor": call.cast.actor("hugo"), "at": NOW}
    call.complete()
    with pytest.raises(FormatUsed):
        commands.remove_format(call.event, Format.objects.get(event=call.event, slug="atelier"), **hugo)
    with pytest.raises(WrongDates):
        commands.write_format(call.event, FormatText(name={"fr": "Jeu"}, opens_at=AFTER, closes_at=NOW), **hugo)
    emma = {"actor": call.cast.actor("emma"), "at": NOW}
    with pytest.raises(NoCall):
        commands.write_format(call.cast.other, FormatText(name={"fr": "Jeu"}), **emma)
    made = commands.write_format(call.event, FormatText(name={"fr": "Jeu"}), **hugo)
    assert made.position == 5
    commands.remove_format(call.event, made, **hugo)
    assert call.event.formats.count() == 5


def test_a_described_format_becomes_one_of_the_call(call, client):
    hugo = {"actor": call.cast.actor("hugo"), "at": NOW}
    walk = replace(FULL, format="autre", format_described="Une promenade sonore")
    proposal, same = (
        call.published(walk),
        call.published(replace(walk, format_described="une PROMENADE sonore"), email="b@x.example"),
    )
    plain = call.published(email="c@x.example")
    text = FormatText(name={"fr": "Promenade"}, minutes=60)
    with pytest.raises(NotAllowed):
        commands.promote_format(call.again(proposal), text, actor=author_of(proposal), at=NOW)
    with pytest.raises(NotDescribed):
        commands.promote_format(call.again(plain), text, **hugo)
    team = call.cast.sign_in(client, "hugo")
    assert "?depuis=" + proposal.code in team.get(page(call, "team_proposal", proposal.code)).text
    address = page(call, "new_format") + f"?depuis={proposal.code}"
    assert 'value="Une promenade sonore"' in team.get(address).text
    assert team.post(address, {"name_fr": "Promenade", "minutes": "60"}).status_code == 302
    made = call.event.formats.last()
    assert str(made) == "Promenade"
    assert {call.again(one).format for one in (proposal, same)} == {made}
    assert call.again(plain).format.slug == "atelier"
    public = client.get(page(call, "proposal", proposal.code)).text
    assert "Autre, décrivez → Promenade." in public.replace("\u202f", " ").replace("\xa0", " ")


# Those who are late


def test_a_late_link_opens_the_call_until_its_moment(call, client):
    hugo = {"actor": call.cast.actor("hugo"), "at": NOW}
    for words, until, refusal in ((" ", AFTER, ReasonMissing), ("Ruralité", NOW, WrongDates)):
        with pytest.raises(refusal):
            commands.make_late_link(call.event, words=words, until=until, **hugo)
    link = commands.make_late_link(call.event, words="Ruralité", until=AFTER + timedelta(days=2), **hugo)
    late = Actor(links=frozenset({(LATE_LINK, link.code)}))
    typed = {"title": "Une borne", "intention": "", "email": "zoe@ailleurs.example", "language": "fr"}
    with pytest.raises(CallClosed):
        commands.start_draft(call.event, **typed, actor=Actor(), at=AFTER)
    proposal = commands.start_draft(call.event, **typed, actor=late, at=AFTER)
    commands.save_draft(proposal, FULL, version=1, actor=author_of(proposal), at=AFTER)
    commands.publish_proposal(proposal, version=2, actor=author_of(proposal), at=AFTER)
    begun_in_time = call.complete(email="b@x.example")
    hers = author_of(begun_in_time)
    with pytest.raises(CallClosed):
        commands.publish_proposal(begun_in_time, version=2, actor=hers, at=AFTER)
    with_link = replace(hers, links=hers.links | late.links)
    assert deadline_of(begun_in_time, AFTER, with_link) == open_until(call.event, AFTER, late) == link.until
    commands.publish_proposal(begun_in_time, version=2, actor=with_link, at=AFTER)
    commands.end_late_link(call.event, link, **hugo)
    with pytest.raises(CallClosed):
        commands.start_draft(call.event, **typed, actor=late, at=AFTER)


# Questions


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "wrong"),
    [
        ("short", "Oui", "Oui", "x" * 201),
        ("long", "Une\nlongue", "Une\nlongue", "x" * 3001),
        ("one", "Plutôt non", "Plutôt non", "Peut-être"),
        ("several", ["Plutôt non", "Oui, volontiers"], ["Plutôt non", "Oui, volontiers"], ["Peut-être"]),
        ("yes_no", "no", False, "maybe"),
        ("number", "12", 12, "douze"),
    ],
)
def test_each_kind_of_answer_is_kept_shown_and_refused_when_it_does_not_fit(call, client, kind, typed, kept, wrong):
    question = asked(call, kind=kind)
    proposal = call.draft()
    call.hold(client, proposal)
    address = page(call, "draft", proposal.code)
    answer = client.post(address, FORM | {f"q_{question.code}": wrong})
    assert (answer.status_code, call.again(proposal).answers) == (422, {})
    assert client.post(address, FORM | {f"q_{question.code}": typed}).status_code == 302
    assert call.again(proposal).answers == {question.code: kept}
    assert client.get(address).status_code == 200
    assert client.post(address, FORM | {f"q_{question.code}": typed, "version": 2, "publish": "1"}).status_code == 302
    assert "Déjà venu·e" in client.get(page(call, "proposal", proposal.code)).text


def test_what_the_team_needs_is_asked_to_publish_for_its_axis_and_format_alone(call):
    debate = Format.objects.get(event=call.event, slug="debat")
    question = asked(call, is_required=True, format=debate)
    call.published()
    proposal = call.complete(replace(FULL, format="debat"), email="b@x.example")
    with pytest.raises(NotComplete) as refused:
        commands.publish_proposal(proposal, version=2, actor=author_of(proposal), at=NOW)
    assert list(refused.value.details["missing"]) == [f"q_{question.code}"]


def test_an_answer_may_have_to_be_long_enough_to_publish_and_never_to_save(call):
    hugo = {"actor": call.cast.actor("hugo"), "at": NOW}
    with pytest.raises(QuestionIncomplete):
        commands.write_question(call.event, QuestionText(kind="long", label={"fr": "Et ?"}, least=10, most=9), **hugo)
    long = commands.write_question(call.event, QuestionText(kind="long", label={"fr": "Et ?"}, least=10), **hugo)
    count = commands.write_question(call.event, QuestionText(kind="number", label={"fr": "Combien ?"}, least=3), **hugo)
    proposal = call.complete(replace(FULL, answers={long.code: "Court", count.code: 2}))
    with pytest.raises(NotComplete) as refused:
        commands.publish_proposal(call.again(proposal), version=2, actor=author_of(proposal), at=NOW)
    assert set(refused.value.details["missing"]) == {f"q_{long.code}", f"q_{count.code}"}


def test_an_answer_for_the_team_is_not_public_and_its_change_is_told_without_it(call, client):
    question = asked(call, label="Besoin d’un hébergement ?", is_public=False)
    proposal = call.published()
    answered = replace(FULL, answers={question.code: "Deux nuits"})
    commands.edit_proposal(proposal, answered, version=3, actor=author_of(proposal), at=NOW)
    text = client.get(page(call, "proposal", proposal.code)).text
    assert "Deux nuits" not in text
    assert "hébergement" not in text
    assert history_in_words(public_proposal(call.event, proposal.code))[-1].changes == ["Réponses à l’équipe changées."]


def test_two_people_answering_two_questions_are_united(call, client):
    first, second = asked(call), asked(call, kind="yes_no", label="Captation ?")
    proposal = call.complete()
    theirs = replace(FULL, answers={second.code: True})
    commands.save_draft(proposal, theirs, version=2, actor=author_of(proposal), at=NOW)
    call.hold(client, proposal)
    address = page(call, "draft", proposal.code)
    assert client.post(address, FORM | {"version": 2, f"q_{first.code}": "Oui"}).status_code == 302
    assert Content.of(call.again(proposal)).answers == {first.code: "Oui", second.code: True}
    conflict = client.post(address, FORM | {"version": 2, f"q_{first.code}": "Non", f"q_{second.code}": "yes"})
    assert (conflict.status_code, [both.yours for both in conflict.context["both"]]) == (409, ["Non"])


def test_a_question_has_words_and_choices(call):
    for more in ({"label": ""}, {"kind": "essay"}):
        with pytest.raises(QuestionIncomplete):
            asked(call, **more)
    with pytest.raises(QuestionIncomplete):
        asked(call, kind="one", choices=[{"fr": "Seule", "en": ""}])
    question = asked(call)
    commands.remove_question(call.event, question, actor=call.cast.actor("hugo"), at=NOW)
    assert Question.objects.count() == 0


# A copy


def test_a_call_is_copied_without_its_people(call):
    asked(call, kind="one", format=Format.objects.get(event=call.event, slug="atelier"))
    call.published()
    emma = {"actor": call.cast.actor("emma"), "at": NOW}
    with pytest.raises(NoCall):
        commands.copy_call(call.event, call.cast.other, opens_at=OPENS, closes_at=CLOSES, actor=call.cast.actor("hugo"), at=NOW)
    commands.copy_call(call.cast.other, call.event, opens_at=OPENS, closes_at=CLOSES, **emma)
    copied = Question.objects.get(event=call.cast.other)
    assert (copied.format.event, copied.format.slug) == (call.cast.other, "atelier")
    assert Call.objects.get(event=call.cast.other).instruction == Call.objects.get(event=call.event).instruction
    assert not Proposal.objects.filter(event=call.cast.other).exists()
    assert not Author.objects.filter(proposal__event=call.cast.other).exists()


# The pages


def test_the_team_composes_without_javascript(call, client):
    call.cast.sign_in(client, "hugo")
    compose = page(call, "compose")
    dates = {"opens_at": "2018-05-14T00:00", "closes_at": "2018-07-19T23:59:59"}
    typed = dates | {"instruction_fr": "Proposez donc", "instruction_en": ""}
    assert client.post(compose, typed | {"instruction_fr": ""}).status_code == 422
    assert client.post(compose, typed | {"closes_at": "2018-05-01T00:00"}).status_code == 409
    assert client.post(compose, typed).status_code == 302
    assert Call.objects.get(event=call.event).closes_at == CLOSES
    assert 'value="2018-07-19T23:59:59"' in client.get(compose).text
    new = page(call, "new_format")
    assert client.post(new, {"name_fr": "Jeu", "minutes": "x"}).status_code == 422
    assert client.post(new, {"name_fr": "Jeu", "minutes": "30"}).status_code == 302
    made = Format.objects.get(event=call.event, minutes=30)
    assert client.post(page(call, "format", made.slug), {"name_fr": "Grand jeu", "minutes": "40"}).status_code == 302
    assert client.post(page(call, "format", made.slug), {"remove": "1"}).status_code == 302
    call.complete()
    assert client.post(page(call, "format", "atelier"), {"remove": "1"}).status_code == 409
    ask = {"kind": "one", "label_fr": "Captation ?", "choices": "Oui | Yes\nNon | No", "is_public": "on", "axis": "lieux"}
    assert client.post(page(call, "new_question"), ask | {"choices": "Oui"}).status_code == 409
    assert client.post(page(call, "new_question"), ask).status_code == 302
    question = Question.objects.get()
    assert (question.axis.slug, question.choices[0]) == ("lieux", {"fr": "Oui", "en": "Yes"})
    assert "Captation" in client.get(page(call, "preview")).text
    assert "Oui | Yes" in client.get(page(call, "question", question.code)).text
    assert client.post(page(call, "question", question.code), {"remove": "1"}).status_code == 302


def test_late_links_are_made_used_and_ended_on_the_page(call, client):
    hugo = call.cast.sign_in(type(client)(), "hugo")
    address = page(call, "late_links")
    assert hugo.post(address, {"words": "", "until": "x"}).status_code == 422
    assert hugo.post(address, {"words": "Ruralité", "until": "2001-01-01T00:00"}).status_code == 409
    assert hugo.post(address, {"words": "Ruralité", "until": "2099-01-01T00:00"}).status_code == 302
    ((link, shown),) = hugo.get(page(call, "compose")).context["late_links"]
    path = shown.removeprefix("http://testserver")
    Call.objects.update(closes_at=NOW - timedelta(days=1))
    assert client.get(path, follow=True).redirect_chain == [(page(call, "open"), 302)]
    assert 'name="intention"' in client.get(page(call, "open")).text
    assert hugo.post(address, {"end": link.code}).status_code == 302
    assert hugo.post(address, {"end": "ZZZZ"}).status_code == 404
    assert LateLink.objects.get().ended_at is not None
    assert client.get(path).status_code == 404


def test_a_copy_has_its_page(call, client):
    emma = call.cast.sign_in(client, "emma")
    address = reverse("call:copy", args=[call.cast.other.slug])
    dates = {"opens_at": "2018-09-01T00:00", "closes_at": "2018-10-01T00:00"}
    assert emma.post(address, {"source": "nulle-part"} | dates).status_code == 422
    assert (
        emma.post(address, {"source": call.event.slug, "opens_at": "2018-11-01T00:00", "closes_at": "2018-10-01T00:00"}).status_code
        == 409
    )
    assert emma.post(address, {"source": call.event.slug} | dates).status_code == 302
    assert call.cast.other.formats.count() == 5
    call.event.is_public = False
    call.event.save(update_fields=["is_public"])
    assert emma.post(address, {"source": call.event.slug} | dates).status_code == 422
