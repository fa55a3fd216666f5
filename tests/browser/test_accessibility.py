"""axe on every kind of page, half of them in each theme; nothing wider than a phone; first visits weigh little."""

import json

import pytest

from tests.architecture.test_access import ROWS
from tests.browser.conftest import AXE, PHONE, pages_of_their_own
from tests.browser.pages_of_demo import LEFT_ASIDE, pages_of

SCHEMES = ("light", "dark")

#: So many letters of each kind are read: they lead to pages of people who have no account.
LETTERS = 2
#: Where people begin; links lead to the rest.
VISITOR = ["/", "/ui/", "/demo/", "/connexion/", "/nec-2018/", "/nec-2018/interets/", "/nec-2018/programme/ecran/"]
TEAM = ["/mon-espace/", "/nec-2018/", "/nec-2018/organisation/", "/nec-2018/accueil/", "/nec-2018/organisation/forum-ouvert/"]
#: Kinds of pages of the access table that no link of the demo leads to. A new kind of page is linked in the demo, or named here.
NOT_LINKED = {
    *("account_confirm_login_code", "account_inactive", "account_login", "mfa_authenticate"),  # other names of pages below
    # Steps of signing in, of leaving and of a second factor: each comes after a form.
    *("people:application", "people:closed", "people:code", "people:passkey", "people:second_factor"),
    *("people:second_factor_needed", "people:sign_in_again", "privacy:erased"),
    # Their letters are not among those of the demo.
    *("call:help_link", "call:invitation", "call:invitation_link", "call:late_links", "call:merge", "call:open_late"),
    *("call:own_help", "call:own_suggestion", "call:suggestion_link", "deliberation:comment_link", "deliberation:follow"),
    *("deliberation:interest_link", "invoicing:quote_link", "registration:waiting_link"),
    *("call:waiting",),  # the demo's call publishes first proposals at once
    # They come after a form: somebody leaves, pays, brings a file, revokes a key.
    # … reports, names a door, lets somebody in, or meets a rejection.
    *("call:reported", "checkin:door_edit", "checkin:welcomed", "invoicing:team_replace"),
    *("call:leave", "call:question", "events:revoke_key", "invoicing:team_share", "invoicing:team_deposit", "payment:pay"),
    *("payment:returned", "payment:statement", "programme:import_file", "deliberation:talk"),
    # Files, parts of pages, and what others ask for.
    *("checkin:ticket_svg", "correspondence:people_file", "demo:attachment", "events:register_file", "invoicing:order_file"),
    *("invoicing:quote_pdf", "invoicing:team_deposit_pdf", "invoicing:team_export", "opendata:axis_ics", "opendata:of_version"),
    *("payment:bank_order", "payment:fec_file", "payment:ledger_file", "programme:embed", "programme:my_calendar"),
    *("programme:offline_worker", "programme:state", "registration:team_export", "web:health", *LEFT_ASIDE),
}


def axe(page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    return [f"{page.url}: {v['id']}: {v['help']} {json.dumps([n['target'] for n in v['nodes']][:3])}" for v in found["violations"]]


def wider_than_the_screen(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


def faults_of(page, name: str, path: str) -> list[str]:
    """What axe sees, in the light or the dark theme: half of the kinds each; and what is wider than a phone."""
    page.emulate_media(color_scheme=SCHEMES[sum(name.encode()) % 2])
    page.goto(path)
    wide = page.viewport_size["width"] == PHONE["width"] and wider_than_the_screen(page)
    return axe(page) + ([f"{path}: wider than a phone"] if wide else [])


@pytest.fixture(scope="module")
def open_pages(browser, demo):
    """Pages that last as long as this file: who opened the link of a letter holds what it opened."""
    with pages_of_their_own(browser, demo) as make:
        yield make


@pytest.fixture(scope="module")
def of_visitor(open_pages, demo):
    """A visitor's page, on a phone; the kinds that she finds, letters to people without account among them; all that links led to."""
    page = open_pages(phone=True)
    return page, *pages_of(page.context, demo.url, [*VISITOR, *demo.letters_of_each_kind(LETTERS)])


@pytest.fixture(scope="module")
def of_team(open_pages, sign_in, demo, of_visitor):
    """The same of somebody who coordinates, at a desk."""
    page = sign_in(open_pages(), "aya@nec.example")
    return page, *pages_of(page.context, demo.url, TEAM)


def test_every_kind_of_page_that_a_visitor_finds_has_no_fault_that_a_machine_can_see(of_visitor):
    page, found, _linked = of_visitor
    wrong = [fault for name, path in found.items() for fault in faults_of(page, name, path)]
    page.goto("/rien-ici/")
    assert wrong + axe(page) == []
    assert len(found) > 60


def test_every_kind_of_page_that_the_team_finds_has_no_fault_that_a_machine_can_see(of_visitor, of_team):
    page, found, _linked = of_team
    own = {name: path for name, path in found.items() if name not in of_visitor[1]}
    assert [fault for name, path in own.items() for fault in faults_of(page, name, path)] == []
    assert len(own) > 80


def test_links_lead_to_every_kind_of_page(of_visitor, of_team):
    pages = {name for name, row in ROWS.items() if row.method == "GET" and not name.startswith("api:")}
    assert sorted(pages - of_visitor[2] - of_team[2] - NOT_LINKED) == []


def test_a_first_visit_weighs_at_most_100_kb_fonts_included(browser, demo):
    for path in (
        "/",
        "/nec-2018/",
        "/nec-2018/programme/",
        "/nec-2018/propositions/",
        "/nec-2018/inscriptions/",
        "/nec-2018/communs/",
    ):
        context = browser.new_context()
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        weights: list[float] = []
        inside: set[str] = set()  # what stands in the style sheet itself is no request
        client.on(
            "Network.requestWillBeSent",
            lambda event, inside=inside: inside.add(event["requestId"]) if event["request"]["url"].startswith("data:") else None,
        )
        client.on(
            "Network.loadingFinished",
            lambda event, weights=weights, inside=inside: (
                None if event["requestId"] in inside else weights.append(event["encodedDataLength"])
            ),
        )
        page.goto(demo / path, wait_until="networkidle")
        context.close()
        assert sum(weights) <= 100_000, (path, sum(weights))
        assert len(weights) <= 10, (path, len(weights))
