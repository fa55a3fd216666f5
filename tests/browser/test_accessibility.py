"""axe on every page, in both themes; nothing wider than a phone; first visits weigh little."""

import json

import pytest

from tests.browser.conftest import AXE

PUBLIC = [
    "/",
    "/ui/",
    "/demo/",
    "/connexion/",
    "/accessibilite/",
    "/donnees-personnelles/",
    "/nec-2018/",
    "/nec-2018/axes-de-travail/",
    "/nec-2018/axes-de-travail/communs/",
    "/nec-2018/opencall/",
    "/nec-2018/propositions/",
    "/nec-2018/programme/",
    "/nec-2018/programme/versions/",
    "/nec-2018/inscriptions/",
    "/nec-2018/communs/",
    "/nec-2018/donnees/",
    "/rien-ici/",
]
#: The first link of each list leads to a page of its kind.
FIRST_OF = {
    "/nec-2018/propositions/": "main a[href*='/propositions/']:not([href$='/propositions/'])",
    "/nec-2018/programme/": "main a[href*='/seances/']",
    "/nec-2018/communs/": "main a[href*='/communs/']:not([href$='/communs/'])",
}
TEAM = [
    "/nec-2018/organisation/",
    "/nec-2018/organisation/propositions/",
    "/nec-2018/organisation/programme/",
    "/nec-2018/organisation/inscriptions/",
    "/nec-2018/organisation/notes/",
    "/nec-2018/organisation/equipe/",
    "/nec-2018/accueil/",
    "/mon-espace/",
    "/mon-espace/mes-donnees/",
]


def axe(page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    return [f"{page.url}: {v['id']}: {v['help']} {json.dumps([n['target'] for n in v['nodes']][:3])}" for v in found["violations"]]


def wider_than_the_screen(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_have_no_violation_that_a_machine_can_see(open_page, scheme):
    page = open_page(phone=True, scheme=scheme)
    wrong = []
    for path in PUBLIC:
        page.goto(path)
        wrong += axe(page)
        if wider_than_the_screen(page):
            wrong.append(f"{path}: wider than a phone")
    for path, link in FIRST_OF.items():
        page.goto(path)
        page.locator(link).first.click()
        page.wait_for_load_state()
        wrong += axe(page)
        if wider_than_the_screen(page):
            wrong.append(f"{page.url}: wider than a phone")
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_team_pages_have_no_violation_that_a_machine_can_see(open_page, sign_in, scheme):
    page = sign_in(open_page(scheme=scheme), "aya@nec.example")
    wrong = []
    for path in TEAM:
        answer = page.goto(path)
        assert answer.status == 200, path
        wrong += axe(page)
    assert wrong == []


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
        client.on("Network.loadingFinished", lambda event, weights=weights: weights.append(event["encodedDataLength"]))
        page.goto(demo / path, wait_until="networkidle")
        context.close()
        assert sum(weights) <= 100_000, (path, sum(weights))
        assert len(weights) <= 10, (path, len(weights))
