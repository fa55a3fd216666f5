"""Addresses of the API."""

from django.urls import path

from encommun.api.assembly import api
from encommun.api.views import description

app_name = "api"
urlpatterns = [
    path("openapi.json", description.openapi, name="openapi"),
    path("docs", description.docs, name="docs"),
    path("", description.unknown, name="root"),
    path("", api.urls),
    path("<path:rest>", description.unknown, name="unknown"),
]
