"""Hours that people would rather have: said by authors and by the team, weighed by the builder, explained in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from encommun.call import commands as call_commands
from encommun.call.models import Author
from encommun.call.refusals import UnknownChoice
from encommun.events.hours import halves_of, in_words
from encommun.events.models import Presence
from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed, NotFound
from encommun.journal.models import Entry
from encommun.programme import commands
from encommun.programme.models import Building, Part, Session
from encommun.programme.queries import warnings_of
from encommun.programme.queries.building import site_of
from encommun.programme.tasks import author_said_presence
from encommun.programme.words import of_warning
from tests.call.conftest import Call, author_of
from tests.cast import NOW
from tests.programme.conftest import DAY, somebody
from tests.programme.test_builder import built, draft  # noqa: F401

pytestmark = pytest.mark.django_db
ZOE = "zoe@ailleurs.example"
NOUMEA = "Pacific/Noumea"


@pytest.fixture
def call(cast) -> Call:
    return Call(cast)


def half(event, n: int) -> tuple[str, str]:
    return halves_of(event)[f"{DAY:%m%d}-{n}"][1]


def session_with(programme, title="Atelier", **said) -> Session:
    return programme.session(title, (somebody("Zoé", email=ZOE, presence=Presence(**said)),))


def react(kind: str) -> None:
    author_said_presence(Entry.objects.filter(kind=kind).latest("id"))


# What an author says


def test_only_an_author_says_her_hours_and_only_zones_that_exist(call):
    proposal = call.published()
    with pytest.raises(NotFound):
        call_commands.say_presence(proposal, Presence(zone=NOUMEA), actor=VISITOR, at=NOW)
    with pytest.raises(UnknownChoice):
        call_commands.say_presence(proposal, Presence(zone="Lune/Mer"), actor=author_of(proposal), at=NOW)
    assert Author.objects.exclude(zone="").count() == 0


def test_an_author_says_her_hours_on_a_page_for_all_that_she_carries_and_the_journal_does_not_tell_them(call, client):
    first, second = call.published(), call.draft()
    call.hold(client, first)
    address = reverse("call:hours", args=[call.event.slug, first.code])
    assert client.get(address).status_code == 200
    key = f"{DAY:%m%d}-0"
    assert client.post(address, {"wished": [key], "zone": NOUMEA}).status_code == 302
    said = Presence(wished=(half(call.event, 0),), zone=NOUMEA)
    assert [author.presence for author in Author.objects.filter(proposal__in=[first, second])] == [said, said]
    assert set(Entry.objects.get(kind="call.presence_said").facts) == {"author"}
    page = client.get(address).text
    assert page.count("checked") == 1
    assert client.post(address, {"zone": "Lune/Mer"}).status_code == 422
    client.post(address, {"wished": [key], "zone": NOUMEA})
    assert Entry.objects.filter(kind="call.presence_said").count() == 1


def test_the_team_reads_an_author_s_hours_beside_her_name(call, cast, client):
    proposal = call.published()
    said = Presence(available=(half(call.event, 1),), zone=NOUMEA)
    call_commands.say_presence(proposal, said, actor=author_of(proposal), at=NOW)
    cast.sign_in(client, "hugo")
    page = client.get(reverse("call:team_proposal", args=[call.event.slug, proposal.code])).text
    sentences = in_words(said, call.event)
    assert len(sentences) == 2
    assert [words.partition(" ")[0] in page for words in sentences] == [True, True]
    assert "Nouméa" in page


def test_the_session_of_a_proposal_has_the_hours_of_its_authors_and_follows_them(call, programme):
    proposal = call.offered()
    actor = author_of(proposal)
    call_commands.say_presence(proposal, Presence(wished=(half(call.event, 0),)), actor=actor, at=NOW)
    call_commands.answer_offer(proposal, accepts=True, actor=actor, at=NOW + timedelta(hours=2))
    session = commands.make_session_from_proposal(call.again(proposal), **programme.who)
    assert session.parts.get().presence == Presence(wished=(half(call.event, 0),))
    call_commands.say_presence(proposal, Presence(zone=NOUMEA), actor=actor, at=NOW)
    for _twice in range(2):
        react("call.presence_said")
    assert session.parts.get().presence == Presence(zone=NOUMEA)
    assert Entry.objects.filter(kind="programme.presence_set").count() == 1


def test_who_does_not_compose_sets_nobody_s_hours(programme):
    with pytest.raises(NotAllowed):
        commands.set_presence(programme.event, Presence(zone=NOUMEA), email=ZOE, actor=VISITOR, at=NOW)


# What the team says


def test_the_team_writes_wishes_on_the_plain_page_and_they_stay_when_it_is_saved_again(programme, cast, client):
    session = session_with(programme)
    cast.sign_in(client, "hugo")
    address = reverse("programme:edit", args=[programme.event.slug, session.code])
    page = client.get(address)
    typed = {"title": "Atelier", "minutes": "60", "language": "fr", "wished": [f"{DAY:%m%d}-2"]}
    lines = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "1", "people-0-name": "Zoé", "people-0-email": ZOE}
    hers = {"people-0-kind": "carries", "people-0-rather": [f"{DAY:%m%d}-0"], "people-0-zone": NOUMEA}
    assert (page.status_code, client.post(address, typed | lines | hers).status_code) == (200, 302)
    session.refresh_from_db()
    assert session.wished_spans == [tuple(datetime.fromisoformat(one) for one in half(programme.event, 2))]
    assert session.parts.get().presence == Presence(wished=(half(programme.event, 0),), zone=NOUMEA)
    commands.edit_session(session, commands.SessionText(title="Atelier"), [somebody("Zoé", email=ZOE)], **programme.who)
    session.refresh_from_db()
    assert (len(session.wished), session.parts.get().zone) == (1, NOUMEA)


def test_the_draft_says_whose_wish_is_not_kept_for_information(programme):
    session = session_with(programme, wished=(half(programme.event, 0),), zone=NOUMEA)
    commands.place_session(session, room=programme.room("micro"), starts_at=programme.moment("15:00"), **programme.who)
    kinds = {"wished", "zone", "wished_itself"}
    found = [one for one in warnings_of(programme.event) if one.kind in kinds]
    assert [(one.kind, one.is_info) for one in found] == [("wished", True), ("zone", True)]
    local = programme.moment("15:00").astimezone(ZoneInfo(NOUMEA))
    assert (local.hour, "Nouméa" in of_warning(found[1])) == (0, True)
    commands.place_session(session, room=programme.room("micro"), starts_at=programme.moment("09:00"), **programme.who)
    assert [one.kind for one in warnings_of(programme.event) if one.kind in kinds] == []


# What the builder makes of it


def test_the_builder_keeps_wishes_where_it_can(draft):  # noqa: F811
    afternoon = session_with(draft, "Débat", wished=(half(draft.event, 1),))
    early = session_with(draft, "Récit", zone=NOUMEA)
    ball = draft.session("Atelier du matin", needs=commands.Needs(wished=(half(draft.event, 0),)))
    Part.objects.filter(session=early).update(email="autre@ailleurs.example")
    building = built(draft)
    commands.accept_building(building, **draft.who)
    for session in (afternoon, early, ball):
        session.refresh_from_db()
    assert afternoon.starts_at >= draft.moment("14:00")
    assert early.ends_at.astimezone(ZoneInfo(NOUMEA)).hour < 21
    assert ball.ends_at <= draft.moment("12:30")
    assert [one for one in building.found["unmet"] if one[0] in ("wishes", "zones")] == []


def test_a_wish_that_weighs_nothing_is_left_aside(draft):  # noqa: F811
    session = session_with(draft, wished=(half(draft.event, 1),))
    commands.place_session(session, room=draft.room("micro"), starts_at=draft.moment("09:30"), **draft.who)
    built_now = built(draft, levels={"wishes": "ignore"}, mode="keep")
    assert built_now.best[session.code][0] == draft.moment("09:30").astimezone(ZoneInfo("UTC")).isoformat()


def test_an_unmet_wish_is_told_with_the_name_and_the_hour_where_she_is(draft, cast, client):  # noqa: F811
    session = session_with(draft, wished=(half(draft.event, 0),), zone=NOUMEA)
    commands.place_session(session, room=draft.room("micro"), starts_at=draft.moment("15:00"), **draft.who)
    commands.fix_session(session, room=True, time=True, **draft.who)
    building = built(draft)
    assert sorted((one[0], one[2]) for one in building.found["unmet"]) == [("wishes", 1), ("zones", 3)]
    cast.sign_in(client, "hugo")
    page = client.get(reverse("programme:build", args=[draft.event.slug])).text
    assert ("Nouméa" in page, "Zoé" in page) == (True, True)


def test_halves_that_touch_are_one_span_for_the_builder(draft):  # noqa: F811
    long = draft.session("Journée", (somebody("Zoé", presence=Presence(available=(half(draft.event, 0), half(draft.event, 1)))),))
    site = site_of(draft.event, {}, Building.Mode.KEEP)
    [person] = site.problem.people
    assert (person.windows, long.code in site.sessions) == (((5 * 60, 18 * 60 + 30),), True)
