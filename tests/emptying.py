"""Empties the database after a test whose transactions really ended: only the tables that hold something, and no signal.

Django's ``flush`` truncates every table and makes all permissions again, which on this many tables costs more than most
tests. What the migrations leave (content types, permissions) stays, as in the tests that are rolled back.
"""

from django.db import connection
from django.db.backends.signals import connection_created

KEPT = {"django_content_type", "auth_permission", "django_migrations"}


def filled(cursor) -> list[str]:
    tables = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - KEPT)
    quote = connection.ops.quote_name
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in tables))
    return [table for (table,) in cursor.fetchall()]


def empty(_test_case=None) -> None:
    """Delete every row that a test left. Rows of one table refer to another's: they go without being asked in which order."""
    off, on = (
        ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
        if connection.vendor == "sqlite"
        else ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
    )
    with connection.cursor() as cursor:
        cursor.execute(off)
        for table in filled(cursor):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        cursor.execute(on)


def hurry(connection, **_signal) -> None:
    """A machine that falls loses the tests' database, and nobody minds."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")


connection_created.connect(hurry)
