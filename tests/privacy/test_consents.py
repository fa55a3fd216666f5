import pytest

from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.refusals import NotFound
from encommun.journal.models import Entry
from encommun.privacy.commands import give_consent, withdraw_consent, withdraw_consents
from encommun.privacy.models import Consent
from encommun.privacy.refusals import AlreadyWithdrawn
from tests.cast import NOW

TEXT = "Mon nom peut être publié à côté de ma proposition."


def said_yes(cast, name="chloe", **other):
    account = cast.accounts[name]
    return give_consent(
        **(
            {
                "email": account.email,
                "account_id": account.pk,
                "purpose": "proposal.publish_name",
                "text": TEXT,
                "text_version": "2018-05",
                "language": "fr",
                "about": "call.Proposal:K7M2QX",
                "door": "opencall",
                "event_id": cast.event.pk,
                "actor": cast.actor(name),
                "at": NOW,
            }
            | other
        )
    )


def test_a_consent_of_somebody_else_does_not_exist(cast):
    consent = said_yes(cast)
    with pytest.raises(NotFound):
        withdraw_consent(consent, actor=cast.actor("aya"), at=NOW)


def test_a_consent_is_withdrawn_once(cast):
    consent = said_yes(cast)
    withdraw_consent(consent, actor=cast.actor("chloe"), at=NOW)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_consent(consent, actor=cast.actor("chloe"), at=NOW)


def test_yes_said_twice_to_one_sentence_is_one_consent(cast):
    assert said_yes(cast) == said_yes(cast)
    assert Consent.objects.count() == 1


def test_yes_said_to_another_sentence_is_another_consent(cast):
    assert said_yes(cast) != said_yes(cast, text="Autre phrase.")


def test_yes_again_after_a_withdrawal_is_a_new_row(cast):
    first = said_yes(cast)
    withdraw_consent(first, actor=cast.actor("chloe"), at=NOW)
    second = said_yes(cast)
    assert second != first
    assert Consent.objects.in_force().get() == second


def test_the_secret_link_of_what_it_is_about_is_enough_to_withdraw(cast):
    consent = said_yes(cast)
    withdraw_consent(consent, actor=Actor(links=frozenset({("call.proposal", "K7M2QX")})), at=NOW)
    assert consent.withdrawn_at == NOW


def test_giving_and_withdrawing_are_recorded_without_name_or_address(cast):
    consent = said_yes(cast)
    withdraw_consent(consent, actor=cast.actor("chloe"), at=NOW)
    given, withdrawn = Entry.objects.filter(kind__startswith="privacy.").order_by("id")
    assert (given.kind, given.about, given.event_id) == ("privacy.consent_given", f"privacy.Consent:{consent.pk}", cast.event.pk)
    assert given.facts == {"purpose": "proposal.publish_name", "subject": "call.Proposal:K7M2QX", "text_version": "2018-05"}
    assert withdrawn.kind == "privacy.consent_withdrawn"
    assert withdrawn.facts == {"purpose": "proposal.publish_name", "subject": "call.Proposal:K7M2QX"}


def test_a_package_withdraws_every_consent_about_a_thing(cast):
    said_yes(cast)
    said_yes(cast, text="Autre phrase.")
    said_yes(cast, about="call.Proposal:OTHER2")
    count = withdraw_consents(
        email=cast.chloe.email, purpose="proposal.publish_name", about="call.Proposal:K7M2QX", actor=SYSTEM, at=NOW
    )
    assert count == 2
    assert Consent.objects.in_force().get().about == "call.Proposal:OTHER2"


def test_my_consents_are_shown_with_their_text_and_withdrawn_from_the_page(cast, client):
    consent = said_yes(cast)
    cast.sign_in(client, "chloe")
    assert TEXT in client.get("/mon-espace/mes-donnees/").text
    path = f"/mon-espace/mes-donnees/consentements/{consent.pk}/retirer/"
    assert client.get(path).status_code == 405
    for _twice in range(2):
        assert client.post(path)["Location"] == "/mon-espace/mes-donnees/"
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_a_page_never_withdraws_the_consent_of_another(cast, client):
    consent = said_yes(cast)
    cast.sign_in(client, "aya")
    assert client.post(f"/mon-espace/mes-donnees/consentements/{consent.pk}/retirer/").status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
