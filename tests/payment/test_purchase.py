"""A purchase from the page of passes to the confirmation: four things to do by hand, and no more."""

import re

from encommun.registration.models import Booking
from tests.payment.desk import act

BASE = "/nec-2018/inscriptions/"
MOST = 4


class Person:
    """Somebody with a browser: counts what she does by hand; redirects are followed for her."""

    def __init__(self, client, double):
        self.client, self.double, self.by_hand, self.all = client, double, 0, 0

    def arrives(self, answer):
        """Follow redirects inside the site; answer the last page, or the address of the provider's page."""
        self.all += 1
        while answer.status_code in (302, 303):
            if answer["Location"].startswith("http"):
                return answer["Location"]
            answer = self.client.get(answer["Location"])
            self.all += 1
        assert answer.status_code == 200
        return answer.text

    def opens(self, address):
        self.by_hand += 1
        return self.arrives(self.client.get(address))

    def sends(self, page, action, **typed):
        """The form of a page, with what it holds already, and what is typed."""
        self.by_hand += 1
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        return self.arrives(self.client.post(action, hidden | typed))

    def pays(self, page):
        """The button of the provider's page, which sends the browser back."""
        self.by_hand += 1
        _status, address = act(page, self.double, "pay")
        return self.arrives(self.client.get(re.sub(r"^https?://[^/]+", "", address)))


def test_four_things_by_hand_from_the_pass_to_the_confirmation(town, double, client):
    first = client.get(BASE).text  # the page of passes, where she is
    (link,) = set(re.findall(r'href="([^"]*reserver/\?choix=deux-jours)"', first))
    chloe = Person(client, double)
    form = chloe.opens(link)
    typed = {"name": "Chloé Martin", "email": "chloe@association.example", "payment_method": "card"}
    typed |= {"pass1-choice": "deux-jours", "pass1-holder_name": "Chloé Martin", "places": "1"}
    summary = chloe.sends(form, f"{BASE}reserver/", step="check", **typed)
    assert "60\u00a0€" in summary
    provider = chloe.sends(summary, f"{BASE}reserver/", step="book")
    assert provider.startswith(double.address)
    confirmation = chloe.pays(provider)
    assert "Votre réservation est confirmée" in confirmation
    assert Booking.objects.get().state == "confirmed"
    assert chloe.by_hand <= MOST
    assert chloe.all <= 8
