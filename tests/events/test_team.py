"""Roles and keys: who may give and take them, and what is left in the journal."""

import re
from datetime import timedelta

import pytest

from encommun.events.commands import give_role, make_token, revoke_token, take_role
from encommun.events.letters import role_given
from encommun.events.models import TeamMembership
from encommun.events.queries import token_in_force
from encommun.events.refusals import KeyWithoutName, LastCoordination, RoleNotForKeys, UnknownRole, WrongLifetime
from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from tests.cast import NOW

PAGE = "/nec-2018/organisation/equipe/"
OUTSIDERS = ["bruno", "driss", "emma", "farid", "hugo", "ines"]


def role_of(cast, role):
    return cast.event.memberships.get(role=role)


def key_of(cast, **more):
    asked = {"name": "Essai", "role": "door", "days": 30, "actor": cast.actor("aya"), "at": NOW}
    return make_token(cast.event, **(asked | more))


@pytest.mark.parametrize("name", OUTSIDERS)
def test_only_coordination_changes_the_team(cast, name):
    actor = cast.actor(name)
    token, _secret = key_of(cast)
    for call in (
        lambda: give_role(event_slug="nec-2018", email="x@example.org", role="door", actor=actor, at=NOW),
        lambda: take_role(role_of(cast, "door"), actor=actor, at=NOW),
        lambda: key_of(cast, actor=actor),
        lambda: revoke_token(token, actor=actor, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_the_last_person_who_coordinates_stays(cast):
    with pytest.raises(LastCoordination):
        take_role(role_of(cast, "coordination"), actor=cast.actor("aya"), at=NOW)
    with pytest.raises(LastCoordination):
        take_role(role_of(cast, "coordination"), actor=SYSTEM, at=NOW)


def test_whoever_gets_a_role_has_one_letter_that_says_which(cast):
    give_role(event_slug="nec-2018", email="nora@rennes.example", role="registration", actor=cast.actor("aya"), at=NOW)
    give_role(event_slug="nec-2018", email="omar@rennes.example", role="door", actor=SYSTEM, at=NOW)
    for _n in range(2):
        for entry in Entry.objects.filter(kind="events.role_given"):
            role_given(entry)
    letter = Letter.objects.get(kind="events.role_given")
    assert (letter.recipient, letter.subject) == ("nora@rennes.example", "Vous êtes dans l’équipe de Numérique en Commun[s]")
    assert "**" not in letter.text
    assert "Inscriptions et caisse" in letter.text
    assert "/nec-2018/organisation/" in letter.text
    assert "seconde protection" in letter.text


def test_a_role_taken_back_before_the_letter_makes_none(cast):
    membership = give_role(event_slug="nec-2018", email="nora@rennes.example", role="door", actor=cast.actor("aya"), at=NOW)
    take_role(membership, actor=cast.actor("aya"), at=NOW)
    role_given(Entry.objects.filter(kind="events.role_given").latest("id"))
    assert not Letter.objects.filter(kind="events.role_given").exists()


def test_a_role_that_does_not_exist_is_refused(cast):
    with pytest.raises(UnknownRole):
        give_role(event_slug="nec-2018", email="x@example.org", role="boss", actor=SYSTEM, at=NOW)


def test_a_role_taken_twice_is_not_there_any_more(cast):
    membership = role_of(cast, "door")
    take_role(membership, actor=cast.actor("aya"), at=NOW)
    with pytest.raises(NotFound):
        take_role(membership, actor=cast.actor("aya"), at=NOW)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": " \u200b"}, KeyWithoutName),
        ({"role": "coordination"}, RoleNotForKeys),
        ({"role": "x"}, RoleNotForKeys),
        ({"days": 0}, WrongLifetime),
        ({"days": 731}, WrongLifetime),
    ],
)
def test_a_key_has_a_name_a_fitting_role_and_an_end(cast, more, refusal):
    with pytest.raises(refusal):
        key_of(cast, **more)


def test_a_role_is_taken_and_recorded(cast):
    membership = role_of(cast, "door")
    take_role(membership, actor=cast.actor("aya"), at=NOW)
    assert not TeamMembership.objects.filter(event=cast.event, role="door").exists()
    entry = Entry.objects.get(kind="events.role_taken")
    assert (entry.actor, entry.facts) == (f"account:{cast.aya.pk}", {"account": cast.driss.pk, "role": "door"})


def test_somebody_else_may_follow_the_last_coordinator(cast):
    give_role(event_slug="nec-2018", email=cast.hugo.email, role="coordination", actor=cast.actor("aya"), at=NOW)
    take_role(role_of_account(cast, cast.aya), actor=cast.actor("aya"), at=NOW)
    assert not cast.actor("aya").is_in_team(cast.event.pk)


def role_of_account(cast, account):
    return cast.event.memberships.get(role="coordination", account=account)


def test_a_key_is_in_force_until_its_end_and_only_its_hash_is_kept(cast):
    token, secret = key_of(cast)
    assert token_in_force(secret, at=NOW) == token
    assert token_in_force(secret, at=NOW + timedelta(days=30)) is None
    assert secret not in str(vars(token))
    assert Entry.objects.get(kind="events.token_made").facts == {"role": "door", "days": 30}


def test_a_key_is_revoked_at_once_and_once(cast):
    token, secret = key_of(cast)
    for _n in range(2):
        revoke_token(token, actor=cast.actor("aya"), at=NOW)
    assert token_in_force(secret, at=NOW) is None
    assert Entry.objects.filter(kind="events.token_revoked").count() == 1


def test_the_page_gives_and_takes_roles(cast, client):
    cast.sign_in(client, "aya")
    sent = {"role-email": "Nouvelle@Example.org", "role-name": "Nora", "role-role": "door"}
    assert client.post(f"{PAGE}roles/", sent).status_code == 302
    assert "nouvelle@example.org" in client.get(PAGE).text
    membership = cast.event.memberships.get(account__email="nouvelle@example.org")
    assert "Nora" in client.get(f"{PAGE}roles/{membership.pk}/").text
    assert client.post(f"{PAGE}roles/{membership.pk}/").status_code == 302
    assert "nouvelle@example.org" not in client.get(PAGE).text


def test_what_is_wrong_in_a_form_comes_back_with_what_was_typed(cast, client):
    cast.sign_in(client, "aya")
    answer = client.post(f"{PAGE}roles/", {"role-email": "pas une adresse", "role-role": "boss"})
    assert answer.status_code == 422
    assert "pas une adresse" in answer.text
    answer = client.post(f"{PAGE}cles/", {"key-name": "Borne", "key-role": "door", "key-days": "9999"})
    assert answer.status_code == 422
    assert "Borne" in answer.text


def test_the_secret_of_a_key_is_shown_once(cast, client):
    cast.sign_in(client, "aya")
    page = client.get(PAGE).text
    number = re.search(r'name="key-idempotency_key" value="([^"]+)"', page)[1]
    sent = {"key-name": "Borne", "key-role": "door", "key-days": "90", "key-idempotency_key": number}
    first = client.post(f"{PAGE}cles/", sent)
    secret = re.search(r"encommun_[-\w]+", first.text)[0]
    assert token_in_force(secret, at=NOW) is not None
    assert first.headers["Cache-Control"] == "no-store"
    again = client.post(f"{PAGE}cles/", sent, follow=True)
    assert secret not in again.text
    assert cast.event.tokens.count() == 1


def test_the_page_costs_the_same_for_one_and_for_many(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.sign_in(client, "aya")
    counts = []
    for n in (1, 3):
        for m in range(n):
            key_of(cast, name=f"Clé {n}{m}")
            give_role(event_slug="nec-2018", email=f"p{n}{m}@example.org", role="door", actor=SYSTEM, at=NOW)
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        counts.append(len(seen))
    assert counts[0] == counts[1]
