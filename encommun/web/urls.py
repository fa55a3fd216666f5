"""Every address of the instance. Each package has its own file; those of an event stand under its name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from encommun.events import urls as events_urls
from encommun.web.views import axis, changes, event_home, home, register, statements, team_home

web_patterns = (
    [
        path("", home.home, name="home"),
        path("sante/", home.health, name="health"),
        path("accessibilite/", statements.accessibility, name="accessibility"),
        path("mentions-legales/", statements.legal, name="legal"),
        path("<slug:event>/", event_home.event_home, name="event_home"),
        path("<slug:event>/vos-donnees/", statements.event_privacy, name="event_privacy"),
    ],
    "web",
)

#: Pages of the event itself; those that show several packages are drawn here, under the event's own names.
events_patterns = (
    [
        *events_urls.urlpatterns,
        path("axes-de-travail/<slug:axis>/", axis.axis, name="axis"),
        path("changements/", changes.changes, name="changes"),
        path("changements.atom", changes.feed, name="changes_feed"),
        path("organisation/", team_home.team_home, name="team_home"),
        path("organisation/donnees/", register.register, name="register"),
        path("organisation/donnees/registre.csv", register.register_file, name="register_file"),
    ],
    events_urls.app_name,
)

#: Packages whose addresses stand under /<event>/, in the order of the layers.
OF_AN_EVENT = (
    "deliberation",
    "call",
    "programme",
    "registration",
    "payment",
    "invoicing",
    "checkin",
    "commons",
    "correspondence",
    "opendata",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("encommun.api.urls")),
    path("", include("encommun.people.urls")),
    path("", include("encommun.people.allauth_urls")),
    path("", include("encommun.privacy.urls")),
    path("ui/", include("encommun.ui.urls")),
    path("paiement/", include("encommun.payment.provider_urls")),
    *([path("demo/", include("encommun.demo.urls"))] if settings.CONFIG.demo else []),
    path("", include(web_patterns)),  # after every first word that is not an event's
    path("<slug:event>/", include(events_patterns)),
    *(path("<slug:event>/", include(f"encommun.{package}.urls")) for package in OF_AN_EVENT),
]

handler400 = "encommun.web.views.errors.bad_request"
handler403 = "encommun.web.views.errors.forbidden"
handler404 = "encommun.web.views.errors.not_found"
handler500 = "encommun.web.views.errors.server_error"
