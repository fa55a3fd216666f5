"""Letters to groups: read again, released, written one by one."""

from datetime import timedelta

import pytest

from encommun.correspondence.commands import (
    ReminderText,
    drop_letter,
    edit_letter,
    raise_reminders,
    release_letter,
    save_template,
    set_reminder,
    write_group_letter,
    write_to_recipients,
)
from encommun.correspondence.letters import reminder_came
from encommun.correspondence.models import GroupLetter, Recipient
from encommun.correspondence.queries import SEGMENTS, people_of
from encommun.correspondence.refusals import AlreadyReleased, NameTaken, NobodyThere, UnknownPlace, UnknownSegment, WordsMissing
from encommun.correspondence.rules import fill
from encommun.demo.steps import STEPS
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from tests.cast import NOW

WORDS = {
    "subject": {"fr": "Bonjour {nom}", "en": "Hello {name}"},
    "body": {"fr": "Bonjour {nom},\n\nVoici :\n\n{liens}", "en": "Hello {name},\n\n{links}"},
}
LIST = "/nec-2018/organisation/courriers/"


def write(cast, segment="team", who="aya", **more):
    return write_group_letter(cast.event, segment=segment, actor=cast.actor(who), at=NOW, **(WORDS | more))


def test_only_those_who_may_write_to_a_group_do(cast):
    for who, segment in (("hugo", "holders"), ("farid", "authors"), ("driss", "team"), ("emma", "team"), ("ines", "buyers")):
        with pytest.raises(NotAllowed):
            write(cast, segment, who)
    with pytest.raises(UnknownSegment):
        write(cast, "everybody")
    assert not GroupLetter.objects.exists()


def test_words_that_cannot_be_sent_are_refused(cast):
    with pytest.raises(WordsMissing):
        write(cast, subject={"en": "Hello"}, body={"en": "Hello"})
    with pytest.raises(UnknownPlace) as refused:
        write(cast, body={"fr": "Bonjour {prenom}"})
    assert "{prenom}" in refused.value.sentence


def test_a_letter_leaves_once_to_each_address_in_its_language(cast):
    letter = write(cast)
    cast.bruno.__class__.objects.filter(pk=cast.hugo.pk).update(language="en")
    assert release_letter(letter, version=1, actor=cast.actor("aya"), at=NOW) == len(people_of(SEGMENTS["team"], cast.event))
    assert Letter.objects.filter(kind="correspondence.group_letter").count() == 0
    assert write_to_recipients(at=NOW) == Recipient.objects.count()
    assert write_to_recipients(at=NOW) == 0
    letter.refresh_from_db()
    assert letter.state == GroupLetter.State.SENT
    addresses = list(Letter.objects.filter(kind="correspondence.group_letter").values_list("recipient", flat=True))
    assert sorted(addresses) == sorted(set(Recipient.objects.values_list("email", flat=True)))
    english = Letter.objects.get(recipient=cast.hugo.email, kind="correspondence.group_letter")
    assert (english.subject, english.text.split("\n")[0]) == ("Hello Hugo Fontaine", "Hello Hugo Fontaine,")
    with pytest.raises(AlreadyReleased):
        release_letter(letter, version=1, actor=cast.actor("aya"), at=NOW)
    with pytest.raises(AlreadyReleased):
        drop_letter(letter, actor=cast.actor("aya"), at=NOW)


def test_what_leaves_is_what_was_read_again(cast):
    letter = write(cast)
    edit_letter(letter, segment="team", version=1, actor=cast.actor("aya"), at=NOW, **(WORDS | {"subject": {"fr": "Autre"}}))
    with pytest.raises(ChangedMeanwhile):
        release_letter(letter, version=1, actor=cast.actor("aya"), at=NOW)
    with pytest.raises(ChangedMeanwhile):
        edit_letter(letter, segment="team", version=1, actor=cast.actor("aya"), at=NOW, **WORDS)
    assert not Recipient.objects.exists()


def test_nothing_leaves_to_an_empty_group(cast):
    letter = write(cast, "unpaid", "farid")
    with pytest.raises(NobodyThere):
        release_letter(letter, version=1, actor=cast.actor("farid"), at=NOW)
    letter.refresh_from_db()
    assert letter.state == GroupLetter.State.DRAFT


def test_the_journal_names_nobody(cast):
    letter = write(cast)
    release_letter(letter, version=1, actor=cast.actor("aya"), at=NOW)
    facts = {entry.kind: entry.facts for entry in Entry.objects.filter(kind__startswith="correspondence.")}
    assert facts == {
        "correspondence.letter_written": {"segment": "team"},
        "correspondence.letter_released": {"people": len(people_of(SEGMENTS["team"], cast.event))},
    }


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("Bonjour {nom},", "", "Bonjour,"),
        ("Bonjour { name } !", "Zoé", "Bonjour Zoé !"),
        ("{evenement}", "", "NEC"),
        ("{inconnu}", "x", "{inconnu}"),
    ],
)
def test_places_are_filled(text, name, seen):
    assert fill(text, name=name, event="NEC") == seen


def test_a_name_cannot_put_marks_or_links_in_a_letter():
    assert "](http" not in fill("{nom}", name="[x](http://evil.example)", event="NEC")


def test_a_reminder_makes_one_letter_on_its_day_and_never_late(cast):
    text = ReminderText(segment="team", anchor="begins", days=-3, **WORDS)
    set_reminder(cast.event, text, actor=cast.actor("aya"), at=NOW)
    due = NOW.replace(month=9, day=10, hour=7)  # nine in Nantes
    assert [raise_reminders(at=when) for when in (NOW, due - timedelta(minutes=1), due + timedelta(days=2))] == [0, 0, 0]
    assert [raise_reminders(at=due), raise_reminders(at=due + timedelta(hours=1))] == [1, 0]
    letter = GroupLetter.objects.get()
    assert (letter.state, letter.due_on) == (GroupLetter.State.DRAFT, cast.event.starts_on)
    for _n in range(2):
        reminder_came(Entry.objects.get(kind="correspondence.reminder_came"))
    assert list(Letter.objects.filter(kind="correspondence.reminder_came").values_list("recipient", flat=True)) == [cast.aya.email]


def test_a_reminder_that_leaves_by_itself_waits_for_somebody_to_be_there(cast):
    text = ReminderText(segment="unpaid", anchor="begins", days=0, by_itself=True, **WORDS)
    set_reminder(cast.event, text, actor=cast.actor("farid"), at=NOW)
    due = NOW.replace(month=9, day=13, hour=7)
    assert raise_reminders(at=due) == 0
    assert not GroupLetter.objects.exists()


def test_two_models_have_two_names(cast):
    kept = save_template(cast.event, name="Merci", actor=cast.actor("aya"), at=NOW, **WORDS)
    save_template(cast.event, name="Merci", template=kept, actor=cast.actor("aya"), at=NOW, **WORDS)
    with pytest.raises(NameTaken):
        save_template(cast.event, name="Merci", actor=cast.actor("aya"), at=NOW, **WORDS)


def test_write_read_again_change_and_send_through_the_pages(cast, client):
    cast.sign_in(client, "aya")
    typed = {"segment": "team", "subject_fr": "Réunion", "body_fr": "Bonjour {nom},\n\nÀ jeudi.", "subject_en": "", "body_en": ""}
    refused = client.post(LIST + "nouveau/", typed | {"body_fr": "Bonjour {machin}"})
    assert refused.status_code == 422
    assert "{machin}" in refused.content.decode()
    page = client.post(LIST + "nouveau/", typed, follow=True)
    assert "À jeudi." in page.content.decode()
    letter = GroupLetter.objects.get()
    client.post(f"{LIST}{letter.code}/", typed | {"subject_fr": "Réunion de rentrée", "version": "1"})
    late = client.post(f"{LIST}{letter.code}/", typed | {"subject_fr": "Trop tard", "version": "1"})
    assert late.status_code == 422
    assert "Trop tard" in late.content.decode()
    client.post(f"{LIST}{letter.code}/envoyer/", {"version": "2"})
    write_to_recipients(at=NOW)
    page = client.get(f"{LIST}{letter.code}/").content.decode()
    assert "Réunion de rentrée" in page
    seen = client.get(LIST).content.decode()
    assert seen.count("Réunion de rentrée") == 1


def test_the_outbox_shows_letters_without_their_secrets(cast, client):
    write_to = {"language": "fr", "at": NOW, "event_id": cast.event.pk}
    from encommun.mailing.commands import write_words

    letter = write_words(
        "x.y", subject="Lien", body="[Ouvrir](https://x.example/nec/lien/abcDEF123/)", to="a@b.example", dedupe="1", **write_to
    )
    cast.sign_in(client, "aya")
    page = client.get(f"{LIST}boite/{letter.pk}/").content.decode()
    assert "abcDEF123" not in page
    assert "/lien/…" in page
    assert client.get(f"{LIST}boite/?q=b.example").content.decode().count("a@b.example") == 1
    assert "a@b.example" not in client.get(f"{LIST}boite/?state=bounced").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_letters_has_a_bounded_cost(cast, client, django_assert_max_num_queries, many):
    for _n in range(many):
        write(cast)
    cast.sign_in(client, "aya")
    client.get(LIST)
    with django_assert_max_num_queries(40):
        client.get(LIST)


def test_every_group_can_be_asked_on_the_whole_demo(cast):
    from importlib import import_module

    for step in STEPS:
        import_module(f"encommun.demo.steps.{step}").build(cast.event, cast.accounts, NOW)
    counts = {slug: len(people_of(segment, cast.event)) for slug, segment in SEGMENTS.items()}
    assert counts["authors"] > 0 < counts["holders"]
    assert all(len({one.email for one in people_of(segment, cast.event)}) == counts[slug] for slug, segment in SEGMENTS.items())
