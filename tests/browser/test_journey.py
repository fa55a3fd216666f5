"""The whole journey of NEC 2018, by hand: on a phone, without JavaScript, from the call to a published resource.

One story, in the order in which people live it; each step reads what the former one left.
"""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

ZOE = f"zoe.{uuid4().hex[:8]}@tiers-lieu.example"
TITLE = f"Cartographier les lieux où l’on apprend {uuid4().hex[:4]}"


def press(page: Page, name: str | re.Pattern) -> None:
    page.get_by_role("button", name=name).last.click()
    page.wait_for_load_state()


def come_back_until(page: Page, words: str) -> None:
    """What follows a change comes within a second or two, by the worker: load the page again until it is there."""
    for _n in range(60):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"«{words}» never came to {page.url}")


def link_in(letter: str, part: str) -> str:
    return re.search(rf"http://\S*{part}\S*", letter)[0].rstrip(").,>")


def test_from_the_call_to_a_published_resource(open_page, sign_in, demo):
    # 1 and 3: somebody without account proposes, leaves, comes back by the link of the letter, and publishes.
    zoe = open_page(phone=True, js=False)
    zoe.goto("/nec-2018/")
    expect(zoe.get_by_role("heading", level=1)).to_contain_text("Numérique en Commun[s]")
    zoe.get_by_role("link", name="Proposer").first.click()
    zoe.get_by_label("Titre").fill(TITLE)
    zoe.get_by_label("Intention").fill("Dessiner à plusieurs la carte des lieux d’un département.")
    zoe.get_by_label("Votre adresse électronique").fill(ZOE)
    press(zoe, "Commencer mon brouillon")
    zoe.context.clear_cookies()
    zoe.goto(link_in(demo.letter_to(ZOE, "/opencall/"), "/opencall/"))
    assert "/lien/" not in zoe.url
    press(zoe, "Publier")
    expect(zoe.get_by_role("alert")).to_be_visible()  # what is missing is said, and nothing is lost
    expect(zoe.get_by_label("Titre")).to_have_value(TITLE)
    zoe.get_by_role("radio", name="Lieux").check()
    zoe.get_by_role("radio", name="Atelier").check()
    zoe.locator("[name=minutes]").fill("60")
    zoe.locator("[name=participants_do]").fill("Elles dessinent.")
    zoe.locator("[name=participants_leave_with]").fill("Une carte.")
    zoe.get_by_role("radio", name="CC BY-SA 4.0").check()
    zoe.locator("[name=author_name]").fill("Zoé Petit")
    zoe.locator("[name=publish_name]").check()
    press(zoe, "Publier")
    zoe.get_by_role("link", name="Voir la page publique").click()
    proposal = zoe.url
    code = proposal.rstrip("/").rsplit("/", 1)[1]
    expect(zoe.locator("main")).to_contain_text("Zoé Petit")

    # 2 and 4: the team signs in with a code and a second factor, answers with a reason, and releases.
    hugo = sign_in(open_page(phone=True, js=False), "hugo@nec.example")
    hugo.goto(f"/nec-2018/organisation/propositions/{code}/")
    hugo.locator("[name=outcome][value=yes]").check()
    hugo.locator("[name=ready][value=own]").check()
    hugo.locator("[name=reason]").fill("Cela relie les trois axes, et chacune repart avec une carte.")
    press(hugo, "Garder cette réponse")
    zoe.goto(proposal)
    assert "relie les trois axes" not in zoe.locator("main").inner_text()  # decided, not yet said
    hugo.goto("/nec-2018/organisation/propositions/reponses/")
    press(hugo, re.compile("Envoyer"))
    zoe.goto(link_in(demo.letter_to(ZOE, "relie les trois axes"), "/opencall/"))
    press(zoe, "Oui, je confirme")
    expect(zoe.locator("main")).to_contain_text(re.compile("[Cc]onfirmé"))

    # 5: the session is placed by plain forms and published; readers see it at its place, with its author.
    hugo.goto("/nec-2018/organisation/programme/")
    come_back_until(hugo, TITLE)
    hugo.get_by_role("link", name=TITLE).first.click()
    hugo.locator("[name=room]").select_option(label="Atelier 2 (30)")
    hugo.locator("[name=day]").select_option("2018-09-14")
    hugo.locator("[name=time]").fill("09:30")
    press(hugo, "Placer ici")
    hugo.goto("/nec-2018/organisation/programme/publier/")
    expect(hugo.locator("main")).to_contain_text(TITLE)
    hugo.locator("[name=confirms]").check()
    press(hugo, re.compile("Publier"))
    zoe.goto("/nec-2018/programme/?lieu=ecole-d-architecture")
    zoe.get_by_role("link", name=TITLE).first.click()
    expect(zoe.locator("main")).to_contain_text("Atelier 2")
    expect(zoe.locator("main")).to_contain_text("Zoé Petit")
    session = zoe.url

    # 6: two passes, one for a colleague, paid by card on the provider's page; each person gets her own pass by mail.
    zoe.goto("/nec-2018/inscriptions/")
    zoe.get_by_role("link", name="Réserver Pass 2 jours", exact=True).click()
    press(zoe, "Ajouter un pass")
    expect(zoe.locator("[name=pass1-for_me]")).to_be_checked()
    expect(zoe.locator("[name=pass1-holder_name]")).to_be_hidden()
    zoe.locator("[name=pass2-choice][value='un-jour_2018-09-13']").check()
    zoe.locator("[name=pass2-holder_name]").fill("Léon Marchand")
    zoe.locator("[name=name]").fill("Zoé Petit")
    zoe.locator("[name=email]").fill(ZOE)
    zoe.locator("[name=payment_method][value=card]").check()
    press(zoe, "Voir le récapitulatif")
    expect(zoe.locator("main")).to_contain_text("95\u00a0€")
    press(zoe, re.compile("Réserver et payer"))
    press(zoe, re.compile("^Payer"))
    expect(zoe.get_by_role("heading", name="Votre réservation est confirmée")).to_be_visible()
    pass_letter = demo.letter_to(ZOE, "/inscriptions/pass/")
    zoe.goto(link_in(pass_letter, "/inscriptions/pass/"))
    assert "/lien/" not in zoe.url
    seat = zoe.url.rstrip("/").rsplit("/", 1)[1]
    assert zoe.context.request.get(f"/nec-2018/inscriptions/pass/{seat}/billet.pdf").body().startswith(b"%PDF-")

    # 7: the door, that day. (Today it is not that day, and the door says so.)
    driss = sign_in(open_page(phone=True, js=False), "driss@nec.example")
    driss.goto("/nec-2018/accueil/")
    driss.locator("main input[type=text], main input[type=search], main textarea").first.fill(seat.lower())
    driss.locator("main input[type=text], main input[type=search], main textarea").first.press("Enter")
    expect(driss.locator("main")).to_contain_text("Zoé Petit")
    assert driss.goto("/nec-2018/organisation/inscriptions/").status == 404  # nothing but that right

    # 8: notes from the template, done, corrected, published with a licence; the resource says where it comes from.
    zoe.goto(session + "notes/")
    press(zoe, "Ouvrir les notes")
    zoe.locator("[name=text]").fill("## Ce que nous avons appris\n\nUne carte se dessine **à plusieurs**.")
    zoe.locator("button[name=then][value=done]").click()
    gaelle = sign_in(open_page(phone=True, js=False), "gaelle@nec.example")
    gaelle.goto(session + "notes/")
    gaelle.locator("button[name=then][value=corrected]").click()
    gaelle.goto("/nec-2018/organisation/notes/" + session.rstrip("/").rsplit("/", 1)[1] + "/")
    press(gaelle, "Publier")
    zoe.goto("/nec-2018/communs/")
    zoe.get_by_role("link", name=TITLE).first.click()
    main = zoe.locator("main")
    for words in ("CC BY-SA 4.0", "Zoé Petit", code):
        expect(main).to_contain_text(words)

    # 9: what is held about her, by her links alone; download, then erase. What is kept says why and until when.
    zoe.goto("/mon-espace/mes-donnees/")
    expect(zoe.locator("main")).to_contain_text(ZOE)
    with zoe.expect_download() as download:
        zoe.locator("a[href*='telecharger'], form[action*='telecharger'] button").first.click()
    assert ZOE in download.value.path().read_text()
    zoe.goto("/mon-espace/mes-donnees/effacer/")
    expect(zoe.locator("main")).to_contain_text("dix ans (code de commerce, article L123-22)")
    zoe.locator("main input[type=checkbox]").check()
    press(zoe, "Effacer maintenant")
    for public in (proposal, session, "/nec-2018/programme/"):
        zoe.goto(public)
        expect(zoe.locator("main")).to_contain_text(TITLE)
        assert "Zoé Petit" not in zoe.locator("main").inner_text()
