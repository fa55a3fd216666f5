"""A body that people come from, or that stands behind a gathering."""

from django.db import models


class Structure(models.Model):
    """An association, a library, a town hall, a service of the State, a company."""

    name = models.CharField(max_length=200, unique=True)
    url = models.URLField(blank=True)
    siret = models.CharField(max_length=14, blank=True)

    def __str__(self) -> str:
        return self.name
