"""The double of the card provider, over real HTTP, and an instance that knows it."""

import threading
from dataclasses import replace

import pytest

from encommun.demo.card_double import Double
from encommun.demo.helloasso_double import Double as HelloAsso
from encommun.foundation import clock
from tests.cast import make_cast
from tests.payment.contract import DESCRIPTION, breaches
from tests.registration.desk import open_sale

SECRET = "whsec_of_the_tests"


@pytest.fixture
def town(transactional_db):
    """The cast, in a database where transactions really end; the sale is open now."""
    cast = make_cast()
    open_sale(cast.event, places=4, at=clock.now())
    return cast


@pytest.fixture
def double(settings, live_server, tmp_path):
    """A provider that notifies the live server."""
    server = Double(0, notify=f"{live_server.url}/paiement/carte/avis/", secret=SECRET, data=tmp_path / "card.json")
    settings.CONFIG = replace(
        settings.CONFIG,
        card_secret_key="sk_test_of_the_tests",
        card_webhook_secret=SECRET,
        card_api_base=server.address,
        base_url=live_server.url,
    )
    settings.ALLOWED_HOSTS = ["*"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def helloasso(settings, live_server, tmp_path):
    """HelloAsso instead of the card provider, notifying the live server; each call is held against the published description."""
    broken = []
    server = HelloAsso(
        0,
        notify=f"{live_server.url}/paiement/helloasso/avis/",
        client=("asso", "secret"),
        data=tmp_path / "helloasso.json",
        watch=(lambda *call: broken.extend(breaches(*call))) if DESCRIPTION.is_file() else None,
    )
    settings.CONFIG = replace(
        settings.CONFIG,
        card_secret_key="",
        helloasso_client_id="asso",
        helloasso_client_secret="secret",
        helloasso_organization="ping",
        helloasso_api_base=server.address,
        base_url=live_server.url,
    )
    settings.ALLOWED_HOSTS = ["*"]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)
    assert broken == []
