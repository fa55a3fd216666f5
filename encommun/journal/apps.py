"""The journal tells kept public pages how fresh they must be."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "encommun.journal"

    def ready(self) -> None:
        from encommun.journal.queries import public_stamps
        from encommun.ui.public_pages import Store

        Store.read_stamps = staticmethod(public_stamps)
