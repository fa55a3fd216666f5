"""A passkey, on a device of Chromium's own: made once, then alone enough to enter."""

import re
from urllib.parse import urlsplit

from tests.browser.conftest import Demo


def test_a_passkey_is_made_and_opens_the_team_pages_by_itself(open_page, sign_in, demo):
    named = Demo(f"http://localhost:{urlsplit(demo.url).port}", demo.data)  # a key belongs to a name, never to a number
    page = open_page(base_url=named.url)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    sign_in(page, "hugo@nec.example", at=named)
    page.goto(named / "/mon-espace/securite/cle/")
    page.get_by_role("textbox").first.fill("Mon téléphone")
    page.get_by_role("button", name=re.compile("Créer la clé")).click()
    page.wait_for_url("**/codes-de-secours/**")
    kept = device.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]
    assert [key["rpId"] for key in kept] == ["localhost"]

    page.goto(named / "/mon-espace/securite/")
    assert page.get_by_text("Mon téléphone").is_visible()
    page.get_by_role("button", name="Se déconnecter ici").click()
    page.wait_for_load_state()
    before = len(demo.letters_to("hugo@nec.example"))
    page.goto(named / "/connexion/?next=/nec-2018/organisation/programme/")
    page.get_by_role("button", name=re.compile("clé")).click()
    page.wait_for_url(re.compile(r"^[^?]*/nec-2018/organisation/programme/"))
    page.get_by_role("heading", level=1).wait_for()
    assert len(demo.letters_to("hugo@nec.example")) == before  # no code by letter: the key alone was enough
