import json

import pytest

from encommun.foundation.actor import VISITOR
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter
from encommun.mailing.models import Letter
from encommun.people.models import Account
from encommun.privacy.commands import erase_person, what_erasing_would_do
from encommun.privacy.models import Consent, Erasure
from encommun.privacy.refusals import NothingHeld
from tests.cast import NOW
from tests.privacy.test_consents import said_yes


def wrote(cast):
    return write_letter(
        "people/letters/login_code",
        to=cast.chloe.email,
        language="fr",
        at=NOW,
        dedupe="erasure",
        context={"code": "1234-5678", "minutes": 15, "instance_name": "Encommun"},
    )


def test_nobody_in_particular_cannot_be_erased(db):
    for command in (erase_person, what_erasing_would_do):
        with pytest.raises(NothingHeld):
            command(actor=VISITOR, at=NOW)


def test_looking_at_an_erasure_erases_nothing(cast):
    said_yes(cast)
    wrote(cast)
    outcome = what_erasing_would_do(actor=cast.actor("chloe"), at=NOW)
    assert outcome.rows["people.Account"] == outcome.rows["privacy.Consent"] == outcome.rows["mailing.Letter"] == 1
    assert Account.objects.filter(pk=cast.chloe.pk).exists()
    assert Letter.objects.count() == 1


def test_erasing_removes_account_letters_and_address(cast):
    said_yes(cast)
    wrote(cast)
    erase_person(actor=cast.actor("chloe"), at=NOW)
    assert not Account.objects.filter(email=cast.chloe.email).exists()
    assert not Letter.objects.filter(recipient=cast.chloe.email).exists()
    consent = Consent.objects.get()
    assert (consent.email, consent.account_id, consent.withdrawn_at) == ("", None, NOW)


def test_erasing_leaves_others_alone(cast):
    said_yes(cast, "bruno")
    erase_person(actor=cast.actor("chloe"), at=NOW)
    assert Consent.objects.in_force().count() == 1
    assert Account.objects.filter(pk=cast.bruno.pk).exists()


def test_an_erasure_is_recorded_by_reference_only(cast):
    reference = f"account:{cast.chloe.pk}"
    erasure = erase_person(actor=cast.actor("chloe"), at=NOW)
    entry = Entry.objects.get(kind="privacy.person_erased")
    assert (entry.actor, entry.about) == (reference, f"privacy.Erasure:{erasure.code}")
    everything = json.dumps(entry.facts) + json.dumps([erasure.rows, erasure.kept])
    assert "chloe" not in everything.lower()


def test_the_page_says_what_goes_and_asks_for_a_clear_yes(cast, client):
    cast.sign_in(client, "chloe")
    assert client.get("/mon-espace/mes-donnees/effacer/").status_code == 200
    assert client.post("/mon-espace/mes-donnees/effacer/", {}).status_code == 422
    assert Account.objects.filter(pk=cast.chloe.pk).exists()


def test_the_page_erases_ends_the_session_and_shows_a_receipt(cast, client):
    cast.sign_in(client, "chloe")
    answer = client.post("/mon-espace/mes-donnees/effacer/", {"yes": "on"})
    assert answer["Location"] == "/mon-espace/efface/"
    assert Erasure.objects.get().code in client.get("/mon-espace/efface/").text
    assert client.get("/mon-espace/").status_code == 302
    assert not Account.objects.filter(email="chloe@association.example").exists()


def test_the_receipt_is_shown_to_nobody_else(cast, client):
    assert client.get("/mon-espace/efface/")["Location"] == "/"


@pytest.mark.parametrize("name", ["aya", "bruno", "chloe", "driss", "emma", "farid", "gaelle", "hugo", "ines"])
def test_everybody_of_the_cast_can_be_erased(cast, name):
    erase_person(actor=cast.actor(name), at=NOW)
    assert not Account.objects.filter(pk=cast.accounts[name].pk).exists()
