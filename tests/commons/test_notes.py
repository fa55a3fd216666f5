"""Notes of a session: who writes them, and that no text is lost."""

import pytest

from encommun.commons.commands import ask_for_credit, correct_note, mark_note_done, open_note, save_note
from encommun.commons.models import Note, NoteRevision, NoteTaker
from encommun.commons.refusals import NameMissing, NoteIsPublished, TextMissing
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, NotAllowed
from encommun.foundation.signing import link_token
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.privacy.models import Consent
from encommun.reactions.worker import react
from tests.cast import NOW
from tests.commons.sessions import done, note, resource, session

LATER = NOW.replace(hour=12)


@pytest.mark.parametrize("name", ["chloe", "driss", "farid", "emma"])
def test_somebody_else_does_not_write(cast, name):
    one = note(cast)
    actor = cast.actor(name)
    for act in (
        lambda: open_note(one.session, text="x", actor=actor, at=NOW),
        lambda: save_note(one, text="x", version=2, actor=actor, at=NOW),
        lambda: mark_note_done(one, actor=actor, at=NOW),
        lambda: correct_note(one, actor=actor, at=NOW),
        lambda: ask_for_credit(one, name="x", actor=actor, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    "actor",
    [
        Actor(links=frozenset({("commons.note", "{code}")})),
        Actor(account_id=999, email="marcelle@example.org"),
    ],
)
def test_the_sessions_people_and_note_takers_with_a_link_write(cast, actor):
    one = session(cast)
    links = frozenset((purpose, code.format(code=one.code)) for purpose, code in actor.links)
    actor = Actor(account_id=actor.account_id, email=actor.email, links=links)
    opened = open_note(one, text="Trame", actor=actor, at=NOW)
    assert opened.state == Note.State.WRITING
    with pytest.raises(NotAllowed):
        open_note(session(cast, title="Une autre"), text="x", actor=Actor(links=links), at=NOW)


def test_opening_twice_keeps_what_was_written(cast):
    one = note(cast)
    again = open_note(one.session, text="Trame", actor=cast.actor("bruno"), at=LATER)
    assert (again.pk, again.text) == (one.pk, one.text)


def test_each_save_is_a_version_and_none_is_lost(cast):
    one = note(cast, text="Premier")
    save_note(one, text="Deuxième", version=2, actor=cast.actor("bruno"), at=LATER)
    revisions = list(NoteRevision.objects.values_list("version", "text", "actor"))
    assert revisions == [
        (1, "Trame", f"account:{cast.aya.pk}"),
        (2, "Premier", f"account:{cast.aya.pk}"),
        (3, "Deuxième", f"account:{cast.bruno.pk}"),
    ]
    saves = Entry.objects.filter(kind="commons.note_saved").order_by("id")
    assert [entry.facts for entry in saves] == [{"version": 2}, {"version": 3}]


def test_who_began_from_a_former_version_overwrites_nothing(cast):
    one = note(cast, text="Le sien")
    with pytest.raises(ChangedMeanwhile):
        save_note(one, text="Le mien", version=1, actor=cast.actor("bruno"), at=LATER)
    one.refresh_from_db()
    assert (one.text, one.version) == ("Le sien", 2)


def test_the_same_text_again_is_no_new_version(cast):
    one = note(cast, text="Le même")
    assert save_note(one, text="Le même", version=1, actor=cast.actor("bruno"), at=LATER).version == 2


def test_an_empty_text_is_refused(cast):
    with pytest.raises(TextMissing):
        save_note(note(cast), text=" \n ", version=2, actor=cast.actor("bruno"), at=LATER)


def test_published_notes_change_no_more_here(cast):
    published = resource(cast).note
    for act in (
        lambda: save_note(published, text="x", version=2, actor=cast.actor("bruno"), at=LATER),
        lambda: mark_note_done(published, actor=cast.actor("bruno"), at=LATER),
        lambda: ask_for_credit(published, name="x", actor=cast.actor("bruno"), at=LATER),
    ):
        with pytest.raises(NoteIsPublished):
            act()


def test_notes_that_are_done_are_sent_to_be_read_again_once(cast):
    one = done(cast)
    react()
    letters = Letter.objects.filter(kind="commons.note_done").order_by("recipient")
    assert [letter.recipient for letter in letters] == ["bruno@mediatheque.example", "marcelle@example.org"]
    Entry.objects.update(reacted_at=None)
    react()
    assert letters.count() == 2
    assert link_token("commons.note", one.session.code, 0) in letters[0].text


def test_a_corrected_note_that_changes_is_to_be_read_again(cast):
    one = done(cast)
    correct_note(one, actor=cast.actor("bruno"), at=LATER)
    assert save_note(one, text="Encore", version=2, actor=cast.actor("aya"), at=LATER).state == Note.State.DONE


def test_a_note_taker_is_named_at_her_request_and_consents(cast):
    one = note(cast)
    with pytest.raises(NameMissing):
        ask_for_credit(one, name="  ", actor=cast.actor("bruno"), at=NOW)
    for _n in range(2):
        ask_for_credit(one, name="Bruno L.", actor=cast.actor("bruno"), at=NOW)
    assert NoteTaker.objects.count() == 1
    consent = Consent.objects.get()
    assert (consent.email, consent.purpose, consent.about) == (
        "bruno@mediatheque.example",
        "notes.publish_name",
        f"programme.Session:{one.session.code}",
    )


def address(one):
    return f"/nec-2018/seances/{one.code}/notes/"


def test_the_notes_page_exists_for_its_people_only(cast, client):
    url = address(note(cast).session)
    assert client.get(url).headers["Location"].startswith("/connexion/?next=")
    assert client.post(url).status_code == 404
    for name, status in {"chloe": 404, "driss": 404, "emma": 404, "bruno": 200, "gaelle": 200, "hugo": 200, "aya": 200}.items():
        cast.sign_in(client, name)
        assert client.get(url).status_code == status, name


def test_notes_are_opened_written_and_marked_done_on_the_page(cast, client):
    one = session(cast)
    cast.sign_in(client, "bruno")
    assert "Ce que nous avons appris" in client.get(address(one)).text
    client.post(address(one))
    opened = Note.objects.get()
    assert opened.text.startswith("## Pourquoi cette séance\n\nCe que nous cherchons.")
    answer = client.post(address(one), {"text": "Nous étions douze.", "version": 1, "then": "done"})
    assert answer.status_code == 302
    opened.refresh_from_db()
    assert (opened.text, opened.state) == ("Nous étions douze.", Note.State.DONE)
    client.post(address(one), {"text": "Nous étions treize.", "version": 2, "then": "corrected"})
    opened.refresh_from_db()
    assert opened.state == Note.State.CORRECTED


def test_two_who_write_at_once_see_both_texts(cast, client):
    one = note(cast, text="Le texte d'Aya")
    cast.sign_in(client, "bruno")
    answer = client.post(address(one.session), {"text": "Le texte de Bruno", "version": 1})
    assert answer.status_code == 409
    assert "Le texte d&#x27;Aya" in answer.text
    assert "Le texte de Bruno" in answer.text
    assert client.post(address(one.session), {"text": "Les deux", "version": 2}).status_code == 302


def test_the_text_being_typed_is_saved_as_json(cast, client):
    one = note(cast)
    cast.sign_in(client, "bruno")

    def keep(**data):
        return client.post(address(one.session), data, headers={"Accept": "application/json"})

    saved = keep(text="En cours", version=2)
    assert (saved.status_code, saved.json()["version"]) == (200, 3)
    assert keep(text="Autre", version=2).status_code == 409
    assert keep(text="", version=3).status_code == 422


@pytest.mark.parametrize(
    "data", [{}, {"text": "x"}, {"text": "x" * 60001, "version": 2}, {"text": "x", "version": "-1"}, {"text": "\0", "version": 2}]
)
def test_what_cannot_be_saved_stays_on_the_page(cast, client, data):
    one = note(cast)
    cast.sign_in(client, "bruno")
    answer = client.post(address(one.session), data)
    assert answer.status_code == 422
    assert data.get("text", "")[:100].strip("\0") in answer.text


def test_a_note_taker_without_account_opens_the_notes_by_link(cast, client):
    one = note(cast)
    code = one.session.code
    assert client.get(f"{address(one.session)}lien/{'a' * 32}/").status_code == 404
    answer = client.get(f"{address(one.session)}lien/{link_token('commons.note', code, 0)}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address(one.session))
    assert client.get(address(one.session)).status_code == 200
    assert client.post(address(one.session) + "credit/", {"name": "Nadia"}).status_code == 302
    assert client.post(address(one.session) + "credit/", {"name": ""}).status_code == 422
