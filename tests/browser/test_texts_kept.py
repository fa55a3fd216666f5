"""What is typed is never lost: a few of the accidents of ``trials/drafts.py``, which tries them all."""

from playwright.sync_api import expect

OPEN_CALL = "/nec-2018/opencall/"


def test_a_text_outlives_its_tab_and_the_way_back(open_page):
    page = open_page()
    page.goto(OPEN_CALL)
    page.locator("[name=intention]").press_sequentially("Un texte écrit ici")
    page.wait_for_timeout(900)
    page.goto("/nec-2018/")
    page.go_back()
    expect(page.locator("[name=intention]")).to_have_value("Un texte écrit ici")
    other = page.context.new_page()
    page.close()
    other.goto(OPEN_CALL)
    expect(other.locator("[name=intention]")).to_have_value("Un texte écrit ici")
    expect(other.get_by_role("status").filter(has_text="retrouvé")).to_be_visible()


def test_two_tabs_keep_both_texts(open_page):
    first = open_page()
    first.goto(OPEN_CALL)
    second = first.context.new_page()
    second.goto(OPEN_CALL)
    first.locator("[name=intention]").fill("Le premier texte")
    first.wait_for_timeout(900)
    second.locator("[name=intention]").fill("Le second texte")
    second.wait_for_timeout(900)
    third = first.context.new_page()
    first.close()
    second.close()
    third.goto(OPEN_CALL)
    expect(third.locator("[name=intention]")).to_have_value("Le second texte")
    third.get_by_role("button", name="Mettre ce texte dans le formulaire").click()
    expect(third.locator("[name=intention]")).to_have_value("Le premier texte")
    third.get_by_role("button", name="Mettre ce texte dans le formulaire").click()
    expect(third.locator("[name=intention]")).to_have_value("Le second texte")


def test_what_arrived_is_not_put_back(open_page):
    page = open_page()
    page.goto("/nec-2018/propositions/")
    page.locator("main a[href*='/propositions/']").last.click()
    page.wait_for_load_state()
    code = page.url.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/nec-2018/echanges/propositions/{code}/ecrire/")
    page.locator("[name=words]").fill("Une question sur la durée.")
    page.locator("[name=email]").fill("odette@mairie.example")
    page.get_by_role("button", name="Publier mon message").click()
    expect(page.get_by_role("status").filter(has_text="odette@mairie.example")).to_be_visible()
    page.goto(f"/nec-2018/echanges/propositions/{code}/ecrire/")
    page.wait_for_timeout(900)
    expect(page.locator("[name=words]")).to_have_value("")
