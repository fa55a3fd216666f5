"""The published programme in a real browser: kept by a star, found without a network, told of a change while one reads."""

import re

from playwright.sync_api import Page, expect

AT, TEAM = "/nec-2018/programme/", "/nec-2018/organisation/programme/"
MOVED = "Fresque des traces"


def publish_a_move(page: Page) -> None:
    """By plain forms: the session goes to another room, and a version says so."""
    page.goto(AT)
    page.get_by_role("link", name=re.compile(MOVED)).first.click()
    code = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"{TEAM}{code}/")
    room = page.locator("select[name=room]").first
    chosen = room.input_value()
    others = [one.get_attribute("value") for one in room.locator("option").all()]
    room.select_option(next(one for one in others if one and one != chosen))
    page.get_by_role("button", name="Placer ici").first.click()
    page.wait_for_load_state()
    page.goto(f"{TEAM}publier/")
    page.get_by_role("checkbox", name=re.compile("J’ai lu")).check()
    page.get_by_role("button", name="Publier cette version").click()
    page.wait_for_load_state()


def test_a_change_reaches_the_open_page_and_takes_nothing_away(open_page, sign_in):
    reader = open_page()
    reader.goto(AT)
    star = reader.get_by_role("button", name=re.compile(f"Garder dans mon programme.*{MOVED}"))
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(reader.locator("[data-kept-count]")).to_have_text("1")
    reader.get_by_role("searchbox").fill("ce que je tape")
    team = sign_in(open_page(js=False), "hugo@nec.example")
    publish_a_move(team)
    news = reader.locator("[data-news]")
    expect(news).to_contain_text(MOVED, timeout=5000)
    expect(reader.get_by_role("searchbox")).to_have_value("ce que je tape")
    expect(star).to_have_attribute("aria-pressed", "true")


def test_what_is_kept_is_read_without_a_network(open_page):
    page = open_page(phone=True)
    page.goto(AT)
    page.get_by_role("button", name=re.compile(f"Garder dans mon programme.*{MOVED}")).click()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto(f"{AT}mien/")
    expect(page.locator("my-programme .session:visible .session-title")).to_have_text(re.compile(MOVED))
    page.goto(AT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Programme")


def test_axes_and_searches_are_in_the_address_without_a_script(open_page):
    page = open_page(js=False)
    page.goto(AT)
    page.get_by_role("navigation", name="Axes").get_by_role("link", name=re.compile("Lieux")).click()
    assert page.url.endswith("?axe=lieux")
    page.get_by_role("searchbox").fill("maxi")
    page.get_by_role("searchbox").press("Enter")
    assert "q=maxi" in page.url
    assert "axe=lieux" in page.url
    expect(page.locator(".programme-days .session-title")).to_have_text([re.compile("médiathèque")])
