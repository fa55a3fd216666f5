"""The plain page of a session: trying proposals, uniting, parting, continuing. Whole without JavaScript."""

import pytest
from django.urls import reverse

from encommun.programme.models import Session
from tests.programme.test_moves import proposal


@pytest.fixture
def hugo(client, cast):
    return cast.sign_in(client, "hugo")


@pytest.fixture
def send(hugo, programme):
    def post(name, session=None, **typed):
        code = [session.code] if session else []
        return hugo.post(reverse(f"programme:{name}", args=[programme.event.slug, *code]), typed, follow=True)

    return post


def test_a_proposal_is_tried_once(send, programme):
    idea = proposal(programme, "PRPSLA")
    page = send("try", proposal=idea.code)
    tried = Session.objects.get(proposal=idea)
    assert (page.status_code, tried.state) == (200, Session.State.IDEA)
    assert send("try", proposal=idea.code).status_code == 404


def test_the_page_of_proposals_names_those_without_session_and_searches(hugo, programme):
    one, other = proposal(programme, "PRPSLA"), proposal(programme, "PRPSLB")
    one.title, other.title = "Radio du quartier", "Borne d'écoute"
    one.save(update_fields=["title"])
    other.save(update_fields=["title"])
    address = reverse("programme:try", args=[programme.event.slug])
    whole, narrowed, none = (hugo.get(address, {"q": words}).content.decode() for words in ("", "radio", "xyz"))
    assert [("Radio du quartier" in page, "écoute" in page) for page in (whole, narrowed, none)] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_two_sessions_become_one_and_part_again(send, programme):
    first, second = proposal(programme, "PRPSLA"), proposal(programme, "PRPSLB")
    send("try", proposal=first.code)
    send("try", proposal=second.code)
    one, other = Session.objects.get(proposal=first), Session.objects.get(proposal=second)
    page = send("unite", one, other=other.code)
    assert (page.status_code, list(one.united.all())) == (200, [second])
    assert "/separer/" in page.content.decode()
    send("part", one, proposal=second.code)
    assert (list(one.united.all()), Session.objects.get(proposal=second).became) == ([], None)


def test_what_is_no_session_of_the_list_is_said(send, programme):
    one = programme.session("Une")
    for name, typed in (("unite", {"other": "RIEN22"}), ("follow", {"former": "RIEN22"}), ("part", {"proposal": "RIEN22"})):
        page = send(name, one, **typed)
        assert (page.status_code, "notice" in page.content.decode()) == (200, True)
    one.refresh_from_db()
    assert one.continues is None


def test_a_session_has_a_next_part_and_never_two(send, programme):
    one = programme.session("Atelier")
    send("next_part", one, at_once="on")
    after = Session.objects.get(continues=one)
    assert (after.title, after.continues_at_once) == ("Atelier", True)
    page = send("next_part", one)
    assert "notice" in page.content.decode()
    assert Session.objects.filter(continues=one).count() == 1


def test_a_session_continues_another_and_then_stands_by_itself(send, programme):
    one, later = programme.session("Un"), programme.session("Deux")
    send("follow", later, former=one.code, at_once="on")
    later.refresh_from_db()
    assert (later.continues, later.continues_at_once) == (one, True)
    send("follow", later, former="")
    later.refresh_from_db()
    assert (later.continues, later.continues_at_once) == (None, False)
    send("follow", one, former=one.code)
    one.refresh_from_db()
    assert one.continues is None
