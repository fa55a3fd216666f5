"""What every test stands on: the day of the demo, a database, the cast."""

import os

import pytest

from tests.cast import Cast, make_cast
from tests.emptying import empty


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL, only what asks the database something: the rest said the same on SQLite a moment ago."""
    if not os.environ.get("ENCOMMUN_DATABASE_URL"):
        return
    asks = [
        item
        for item in items
        if "db" in item.fixturenames or "transactional_db" in item.fixturenames or item.get_closest_marker("django_db")
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
    items[:] = asks


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """SQLite empties tables with DELETE after a test with real transactions: triggers against it would refuse that too.

    They are tried where they belong (``…_never_deleted``), and put aside for all the other tests.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = empty
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%never_deleted'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")


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
