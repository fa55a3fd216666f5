"""The draft on a grid, in a real browser: dragged, resized, placed from the list, by keyboard, undone, by two people at once."""

import re

import pytest
from playwright.sync_api import Page, expect

HUGO = "hugo@nec.example"
TEAM = "/nec-2018/organisation/programme/"


@pytest.fixture
def editor(open_page, sign_in) -> Page:
    page = open_page()
    page.emulate_media(
        reduced_motion="reduce"
    )  # the page scrolls softly: a hand sees where a session is, a script measures too early
    sign_in(page, HUGO)
    page.goto(TEAM)
    expect(page.locator(".editor-grid .ec-event").first).to_be_visible(timeout=20_000)
    return page


def state(page: Page) -> dict:
    return page.evaluate("fetch(document.querySelector('programme-editor').dataset.state).then((answer) => answer.json())")


def session(page: Page, code: str) -> dict:
    return next(one for one in state(page)["sessions"] if one["code"] == code)


def block(page: Page, code: str):
    return page.locator(f".editor-grid .ec-event:has([data-code='{code}'])")


def centre(page: Page, code: str) -> dict:
    """Where the session is, once it stands in the middle of the screen."""
    block(page, code).evaluate("(one) => one.scrollIntoView({block: 'center'})")
    return block(page, code).bounding_box()


def first_placed(page: Page) -> dict:
    """A session of the first day that is not fixed, and short enough to be seen whole."""
    return next(
        one
        for one in state(page)["sessions"]
        if one["room"] and one["start"].startswith("2018-09-13T14") and one["kind"] == "session"
    )


def undo(page: Page) -> None:
    with page.expect_response(re.compile("defaire")):
        page.get_by_role("button", name="Défaire mon dernier déplacement").click()
    page.wait_for_timeout(400)


def test_a_session_is_dragged_resized_and_put_back(editor):
    one = first_placed(editor)
    box = centre(editor, one["code"])
    editor.mouse.move(box["x"] + 30, box["y"] + 12)
    editor.mouse.down()
    editor.mouse.move(box["x"] + 30, box["y"] + 40, steps=6)
    editor.mouse.move(box["x"] + 30, box["y"] + 12 + 80, steps=6)
    with editor.expect_response(re.compile("/deplacer/")):
        editor.mouse.up()
    expect(editor.get_by_role("status").first).to_contain_text(one["title"][:20])
    moved = session(editor, one["code"])
    assert (moved["room"], moved["minutes"], moved["start"] > one["start"]) == (one["room"], one["minutes"], True)
    editor.wait_for_timeout(500)
    box = centre(editor, one["code"])
    editor.mouse.move(box["x"] + 30, box["y"] + box["height"] - 2)
    editor.mouse.down()
    editor.mouse.move(box["x"] + 30, box["y"] + box["height"] + 18, steps=6)
    with editor.expect_response(re.compile("/deplacer/")):
        editor.mouse.up()
    editor.wait_for_timeout(500)
    assert session(editor, one["code"])["minutes"] == one["minutes"] + 15
    undo(editor)
    undo(editor)
    back = session(editor, one["code"])
    assert (back["room"], back["start"], back["minutes"]) == (one["room"], one["start"], one["minutes"])


def test_the_list_gives_and_the_panel_takes_away(editor):
    loose = next(one for one in state(editor)["sessions"] if not one["room"])
    editor.get_by_placeholder("Un mot, un nom").fill(loose["title"].split()[0].lower())
    code = loose["code"]
    card = editor.locator(f".editor-list .draft-card:has([data-code='{code}'])")
    editor.locator(".editor-loose").evaluate("(one) => one.scrollIntoView({block: 'start'})")
    taken, grid = card.bounding_box(), editor.locator(".editor-grid").bounding_box()
    editor.mouse.move(taken["x"] + 40, taken["y"] + 14)
    editor.mouse.down()
    editor.mouse.move(taken["x"] + 60, taken["y"] + 40, steps=4)
    editor.mouse.move(grid["x"] + grid["width"] * 0.4, grid["y"] + 330, steps=8)
    with editor.expect_response(re.compile("/deplacer/")):
        editor.mouse.up()
    editor.wait_for_timeout(500)
    placed = session(editor, loose["code"])
    assert placed["room"] is not None
    block(editor, loose["code"]).focus()
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("dialog")).to_be_visible()
    with editor.expect_response(re.compile("/deplacer/")):
        editor.get_by_role("dialog").get_by_role("button", name="Retirer sa place").click()
    editor.wait_for_timeout(300)
    assert session(editor, loose["code"])["room"] is None


def test_everything_by_keyboard(editor):
    one = first_placed(editor)
    block(editor, one["code"]).focus()
    with editor.expect_response(re.compile("/deplacer/")):
        editor.keyboard.press("Alt+ArrowDown")
    editor.wait_for_timeout(600)
    with editor.expect_response(re.compile("/deplacer/")):
        editor.keyboard.press("Alt+Shift+ArrowUp")
    editor.wait_for_timeout(600)
    now = session(editor, one["code"])
    assert (now["start"][-5:], now["minutes"]) == (f"{one['start'][11:14]}{int(one['start'][14:]) + 15:02d}", one["minutes"] - 15)
    undo(editor)
    undo(editor)
    assert session(editor, one["code"])["start"] == one["start"]


def test_two_people_at_once_lose_no_move(editor):
    one = first_placed(editor)
    other = editor.context.new_page()
    other.goto(TEAM)
    expect(block(other, one["code"])).to_be_visible(timeout=20_000)
    block(other, one["code"]).focus()
    stale = "document.querySelector('programme-editor')"
    other.evaluate(f"clearTimeout({stale}.timer)")
    block(editor, one["code"]).focus()
    with editor.expect_response(re.compile("/deplacer/")):
        editor.keyboard.press("Alt+ArrowDown")
    with other.expect_response(re.compile("/deplacer/")) as answer:
        other.keyboard.press("Alt+ArrowUp")
    assert answer.value.status == 409
    dialog = other.get_by_role("dialog")
    expect(dialog).to_contain_text("Hugo Fontaine a déplacé")
    with other.expect_response(re.compile("/deplacer/")) as answer:
        dialog.get_by_role("button", name="Mettre la mienne").click()
    assert answer.value.status == 200
    other.wait_for_timeout(400)
    assert session(other, one["code"])["start"] < one["start"]
    undo(other)
    undo(other)
    other.close()


def test_without_javascript_the_same_draft_is_tables_and_forms(open_page, sign_in):
    page = open_page(js=False)
    sign_in(page, HUGO)
    page.goto(TEAM)
    expect(page.locator("table.draft-grid").first).to_be_visible()
    expect(page.locator(".editor-main")).to_be_hidden()
    expect(page.get_by_role("button", name="Défaire mon dernier déplacement")).to_be_visible()
