"""The stems of a proposal, to search in."""

from django.db import models

from encommun.call.models.proposal import Proposal


class SearchText(models.Model):
    """Written by ``call/search.py``. On SQLite triggers carry each row into the FTS5 table ``call_search``; PostgreSQL indexes it."""

    proposal = models.OneToOneField(Proposal, primary_key=True, on_delete=models.CASCADE, related_name="search_text")
    stems = models.TextField()

    def __str__(self) -> str:
        return f"{self.proposal_id}"
