"""What every test stands on: the day of the demo, a database, the cast."""

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def no_kept_pages():
    from encommun.ui.public_pages import STORE

    STORE.clear()
    yield
    STORE.clear()


@pytest.fixture
def cast(db) -> Cast:
    """The event and the people that everyone knows (tests/cast.py)."""
    return make_cast()
