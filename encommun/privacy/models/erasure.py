"""The receipt of an erasure: what went and what the law keeps, without saying whose."""

from django.db import models


class Erasure(models.Model):
    """One erasure. It names nobody: the person keeps the code."""

    code = models.CharField(max_length=12, unique=True)
    at = models.DateTimeField()
    rows = models.JSONField()  # «package.Model» -> how many rows were found
    kept = models.JSONField()  # [{what, why, until}]

    def __str__(self) -> str:
        return self.code
