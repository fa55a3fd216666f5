"""Every address of the instance. Each package has its own file; those of an event stand under its name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from encommun.web.views import home

web_patterns = ([path("", home.home, name="home"), path("sante/", home.health, name="health")], "web")

#: Packages whose addresses stand under /<event>/, in the order of the layers.
OF_AN_EVENT = ("events", "call", "programme", "registration", "payment", "checkin", "commons", "opendata")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(web_patterns)),
    path("", include("encommun.people.urls")),
    path("", include("encommun.privacy.urls")),
    path("ui/", include("encommun.ui.urls")),
    path("paiement/", include("encommun.payment.provider_urls")),
    path("api/v1/", include("encommun.api.urls")),
    *([path("demo/", include("encommun.demo.urls"))] if settings.CONFIG.demo else []),
    *(path("<slug:event>/", include(f"encommun.{package}.urls")) for package in OF_AN_EVENT),
]

handler400 = "encommun.web.views.errors.bad_request"
handler403 = "encommun.web.views.errors.forbidden"
handler404 = "encommun.web.views.errors.not_found"
handler500 = "encommun.web.views.errors.server_error"
