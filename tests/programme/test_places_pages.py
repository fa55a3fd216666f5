"""The venues, for those who come, and as data."""

from encommun.places import commands as places
from encommun.places.models import Venue


def test_those_who_come_read_how_to_get_there_what_is_there_and_the_way_between(client, programme):
    one, other = Venue.objects.order_by("pk")[:2]
    before = client.get("/nec-2018/lieux/").text
    assert ("Salle Maxi" in before, "Chantiers navals" in before, "12 minutes" in before) == (True, True, False)
    places.set_walk(one, other, minutes=12, event_id=programme.event.pk, **programme.who)
    assert "12 minutes" in client.get("/nec-2018/lieux/").text


def test_venues_are_data_before_any_programme_is_published(client, programme):
    rows = client.get("/nec-2018/lieux.json").json()
    assert [(row["id"], row["code_insee"], row["latitude"], "fiche_acces_libre" in row) for row in rows] == [
        ("stereolux", "44109", 47.2053, False),
        ("ecole-d-architecture", "44109", 47.2067, False),
    ]
    assert client.get("/nec-2018/lieux.csv").text.count("\n") == 3


def test_the_team_describes_a_venue_and_its_rooms(client, cast, programme):
    cast.sign_in(client, "hugo")
    assert client.get("/nec-2018/organisation/lieux/").status_code == 200
    page = client.post("/nec-2018/organisation/lieux/stereolux/", {"do": "venue", "name": ""})
    assert page.status_code == 422
    assert Venue.objects.get(slug="stereolux").name == "Stereolux"
