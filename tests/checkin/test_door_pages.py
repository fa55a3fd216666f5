"""The door's pages, as a telephone sees them."""

from uuid import uuid4

import pytest

from encommun.checkin.commands import keep_door
from encommun.checkin.models import Door, Scan
from encommun.foundation import clock
from tests.cast import NOW
from tests.checkin.passes import MORNING, confirmed, passes, seat_of, ticket

DOOR = "/nec-2018/accueil/"


@pytest.fixture
def driss(cast, client):
    return cast.sign_in(client, "driss")


def send(client, code, **more):
    return client.post(DOOR + "lire/", {"code": code, "scan_id": str(uuid4()), "mode": "typed"} | more)


def test_the_door_is_open_to_its_keepers_only_and_uses_the_camera(cast, client):
    assert client.get(DOOR).headers["Location"].startswith("/connexion/?next=")
    for name, status in {"chloe": 404, "hugo": 404, "emma": 404, "driss": 200, "farid": 200, "aya": 200}.items():
        cast.sign_in(client, name)
        assert client.get(DOOR).status_code == status, name
    answer = client.get(DOOR)
    assert answer.headers["Permissions-Policy"].startswith("camera=(self)")
    assert client.get("/nec-2018/").headers["Permissions-Policy"].startswith("camera=()")


def test_a_typed_code_answers_with_word_sentence_and_name(cast, driss):
    one = ticket(cast.event)
    answer = send(driss, one.seat.code.lower())
    assert answer.status_code == 200
    assert "door-answer is-orange" in answer.text  # it is July: not for today
    assert "Chloé Martin" in answer.text
    assert "jeudi 13" in answer.text


def test_the_camera_asks_for_the_answer_alone(cast, driss):
    one = ticket(cast.event)
    answer = driss.post(
        DOOR + "lire/", {"code": one.code, "scan_id": str(uuid4()), "mode": "camera"}, headers={"X-Fragment": "answer"}
    )
    assert "door-answer" in answer.text
    assert "<html" not in answer.text


def test_a_form_sent_twice_is_one_scan(cast, driss):
    one, number = ticket(cast.event), str(uuid4())
    first, second = (send(driss, one.code, scan_id=number) for _n in range(2))
    assert first.status_code == second.status_code == 200
    assert Scan.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"code": "", "scan_id": "", "mode": ""},
        {"code": "A" * 5000, "scan_id": "1", "mode": "typed"},
        {"code": "K7M2", "scan_id": "not-a-number", "mode": "typed"},
        {"code": "K7M2", "scan_id": str(uuid4()), "mode": "magic"},
        {"code": "a\0b", "scan_id": "\0", "mode": "\0", "device": "\0" * 90},
    ],
)
def test_what_cannot_be_a_scan_is_refused_and_kept_on_the_page(driss, data):
    answer = driss.post(DOOR + "lire/", data)
    assert answer.status_code == 422
    assert Scan.objects.count() == 0


def test_somebody_is_found_by_name_and_let_in(cast, driss):
    seat = seat_of(confirmed(cast.event))
    answer = send(driss, "chloe", mode="typed")
    assert (seat.code in answer.text, Scan.objects.count()) == (True, 0)
    assert "chloe@association.example" not in answer.text
    assert "c…@association.example" in answer.text
    assert "door-answer is-orange" in send(driss, seat.code, mode="name").text
    assert "door-answer is-orange" in send(driss, "Personne Dutout", mode="typed").text


def test_a_misreading_is_undone_on_the_page_where_one_stands(cast, driss, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    keep_door(cast.event, name="Stereolux", actor=cast.actor("farid"), at=NOW)
    one, number = ticket(cast.event), str(uuid4())
    answer = send(driss, one.code, scan_id=number, mode="camera", door="1")
    assert "door-answer is-green" in answer.text
    assert f'<input type="hidden" name="scan_id" value="{number}">' in answer.text
    undone = driss.post(DOOR + "defaire/", {"scan_id": number, "door": "1"}, follow=True)
    assert undone.redirect_chain == [(f"{DOOR}?porte=1", 302)]
    assert "Stereolux" in undone.text
    assert "C’est défait" in undone.text.replace("&#x27;", "’")
    assert driss.post(DOOR + "defaire/", {"scan_id": "\0"}).status_code == 302
    out = driss.get(DOOR + "?sens=sortie&porte=1")
    assert '<input type="hidden" name="direction" value="exit" id="id_direction">' in out.text


def test_doors_are_kept_by_registration(cast, client):
    passes(cast.event)
    cast.sign_in(client, "farid")
    page = f"{DOOR}portes/"
    assert client.post(page, {"name": ""}).status_code == 422
    assert client.post(page, {"name": "Visite", "passes": ["1", "\0"]}).status_code == 422
    assert client.post(page, {"name": "Visite", "passes": ["1"]}).status_code == 302
    assert client.post(f"{page}1/", {"name": "Visite des ateliers", "is_closed": "on"}).status_code == 302
    door = Door.objects.get(event=cast.event)
    assert (door.name, door.passes, door.closed_at is not None) == ("Visite des ateliers", [], True)
    assert client.get(f"{page}9/").status_code == 404


def test_training_writes_nothing(cast, driss):
    page = driss.get(DOOR + "s-entrainer/")
    assert page.status_code == 200
    for code, colour in {"ESSAI-1": "green", "essai-2": "orange", "ESSAI-3": "red", "autre": "orange"}.items():
        answer = driss.post(DOOR + "s-entrainer/", {"code": code})
        assert f"door-answer is-{colour}" in answer.text
    assert driss.post(DOOR + "s-entrainer/", {}).status_code == 200
    assert driss.post(DOOR + "s-entrainer/", {"code": ""}).status_code == 422
    assert Scan.objects.count() == 0


def test_the_page_asks_as_much_for_one_pass_as_for_three(cast, driss, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _n in range(3):
        one = ticket(cast.event, email=f"{uuid4().hex[:8]}@association.example")
        send(driss, one.code)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            driss.get(DOOR)
        counts.append(len(asked))
    assert counts[0] == counts[2]
