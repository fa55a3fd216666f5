"""The API as programs use it: refusals first."""

import json
from uuid import uuid4

import pytest

from encommun.journal.models import Entry
from encommun.registration.models import Booking
from tests.checkin.passes import passes, ticket

URL = "/api/v1/events/nec-2018"
ASKED = {
    "buyer_name": "Chloé Martin",
    "email": "chloe@association.example",
    "payment_method": "transfer",
    "seats": [{"pass_type": "deux-jours"}],
}


@pytest.fixture
def on_sale(cast):
    passes(cast.event)


def book(client, asked=None, *, headers=None, key=None):
    sent = {"Idempotency-Key": key or str(uuid4())} | (headers or {})
    return client.post(f"{URL}/bookings", ASKED | (asked or {}), content_type="application/json", headers=sent)


def scan(client, code, headers, **more):
    asked = {"code": code, "scan_id": str(uuid4())} | more
    return client.post(f"{URL}/scans", asked, content_type="application/json", headers=headers)


def test_a_key_is_asked_for_at_the_door(cast, client):
    answer = scan(client, "ABCD2345", {})
    assert (answer.status_code, answer.json()["code"]) == (401, "key_missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_session_counts_for_nothing(cast, client):
    cast.sign_in(client, "aya")
    assert scan(client, "ABCD2345", {}).status_code == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "Bearer é\x00", ""])
def test_a_wrong_key_is_refused_even_where_none_is_needed(cast, client, on_sale, header):
    assert book(client, headers={"Authorization": header}).status_code == 401


def test_a_key_of_the_door_does_not_book(cast, client, key, on_sale):
    answer = book(client, headers=key("door"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_key_of_another_gathering_does_nothing_here(cast, client, key, on_sale):
    headers = key("registration", cast.other)
    assert book(client, headers=headers).status_code == 403
    assert scan(client, "ABCD2345", headers).status_code == 403


def test_a_revoked_key_is_refused(cast, client, key):
    from encommun.events.commands import revoke_token
    from tests.cast import NOW

    headers = key("door")
    revoke_token(cast.event.tokens.get(), actor=cast.actor("aya"), at=NOW)
    assert scan(client, "ABCD2345", headers).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"null", 422),
        (b"[]", 422),
        (b"\xff\xfe", 400),
        (b'{"buyer_name": NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400),
        (b'{"buyer_name": "\\ud800"}', 400),
        (b'{"buyer_name": "' + b"a" * 3_000_000 + b'"}', 413),
    ],
)
def test_a_body_that_cannot_be_read_is_said_to_be_so(cast, client, body, status):
    answer = client.post(f"{URL}/bookings", body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())})
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "detail", "errors"}


def test_what_is_wrong_is_said_by_field(cast, client, on_sale):
    answer = book(client, {"seats": [{"pass_type": "deux-jours", "colour": "red"}], "payment_method": "gold"})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["payment_method", "seats.0.colour"]


def test_the_idempotency_key_is_needed(cast, client, on_sale):
    answer = client.post(f"{URL}/bookings", ASKED, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


@pytest.mark.parametrize("asked", [{"email": "nobody"}, {"buyer_name": "\u200b"}, {"seats": [{"pass_type": "gold"}]}])
def test_the_refusals_of_the_form_are_those_of_the_api(cast, client, on_sale, asked):
    answer = book(client, asked)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_nul_is_cleaned_and_never_an_error(cast, client, on_sale):
    assert book(client, {"buyer_name": "Chlo\x00é"}).status_code == 201
    assert Booking.objects.get().name == "Chloé"


def test_the_public_books_ten_times_a_minute(cast, client, on_sale):
    assert [book(client).status_code for _n in range(11)] == [201] * 10 + [429]


def test_a_key_of_registration_has_no_such_limit(cast, client, key, on_sale):
    headers = key("registration")
    assert {book(client, headers=headers).status_code for _n in range(12)} == {201}


def test_the_same_call_books_once_and_another_body_is_refused(cast, client, on_sale):
    one = str(uuid4())
    first, again = book(client, key=one), book(client, key=one)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Booking.objects.count() == 1
    assert (other := book(client, {"buyer_name": "Une autre"}, key=one)).status_code == 409
    assert other.json()["code"] == "idempotency_key_reused"


def test_a_booking_says_all_that_is_needed_to_pay(cast, client, on_sale):
    made = book(client).json()
    booking = Booking.objects.get()
    assert (made["code"], made["state"], made["total_cents"]) == (booking.code, "held", 6000)
    assert made["seats"][0]["days"] == ["2018-09-13", "2018-09-14"]
    assert client.get(made["link"].removeprefix("http://testserver")).status_code == 302
    assert [entry.actor for entry in Entry.objects.filter(kind="registration.passes_booked")] == ["visitor"]


def test_what_a_key_books_is_recorded_under_the_key(cast, client, key, on_sale):
    code = book(client, headers=key("registration")).json()["code"]
    entry = Entry.objects.get(kind="registration.passes_booked")
    assert (entry.actor, entry.about) == (f"token:{cast.event.tokens.get().pk}", f"registration.Booking:{code}")


def test_a_booking_is_read_with_a_key_of_registration_only(cast, client, key, on_sale):
    code = book(client).json()["code"]
    assert client.get(f"{URL}/bookings/{code}", headers=key("registration")).json()["code"] == code
    assert client.get(f"{URL}/bookings/{code}", headers=key("door")).status_code == 404
    assert client.get(f"{URL}/bookings/{code}").status_code == 401


def test_a_scan_says_what_to_say_and_a_repeat_says_it_again(cast, client, key):
    headers, one = key("door"), str(uuid4())
    code = ticket(cast.event).code
    first = scan(client, code, headers, scan_id=one).json()
    again = scan(client, code, headers, scan_id=one).json()
    assert (first["result"], first["colour"]) == ("too_early", "orange")
    assert again == first | {"is_repeat": True}
    assert scan(client, "!!", headers).json()["result"] == "unknown"


def test_reads_are_the_same_for_everyone_and_open_to_other_sites(cast, client):
    answer = client.get(f"{URL}/axes")
    assert [axis["slug"] for axis in answer.json()["items"]] == ["lieux", "donnees", "communs"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{URL}/axes", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_sentences_are_in_the_language_of_the_address(cast, client):
    assert client.get("/en/api/v1/events/nowhere").json()["detail"].startswith("There is nothing here")


def test_lists_are_paged_by_code(cast, client):
    from tests.commons.sessions import resource

    codes = [resource(cast, title=f"Ressource {n}").code for n in range(3)]
    first = client.get(f"{URL}/resources?limit=2").json()
    second = client.get(f"{URL}/resources?limit=2&after={first['next']}").json()
    assert sorted(one["code"] for one in first["items"] + second["items"]) == sorted(codes)
    assert second["next"] is None
    assert client.get(f"{URL}/resources?after=NOWHERE").status_code == 422


def test_the_number_of_statements_does_not_grow_with_the_list(cast, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from encommun.ui.public_pages import STORE
    from tests.commons.sessions import resource

    counts = []
    for n in (1, 2):
        for m in range(n):
            resource(cast, title=f"Ressource {n}{m}")
        STORE.clear()
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{URL}/resources")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_page_for_people_shows_every_operation(cast, client):
    document = json.loads(client.get("/api/v1/openapi.json").content)
    page = client.get("/api/v1/docs").text
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert [one for one in ids if f'id="{one}"' not in page] == []
