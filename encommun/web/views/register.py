"""The register of what is held about people, for the one who watches over it."""

import csv

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from encommun.events.pages import render, team_event_of
from encommun.foundation.actor import Role
from encommun.privacy.queries import register as holdings_by_purpose


def register(request: HttpRequest, event: str) -> HttpResponse:
    """Purposes, fields, bases and delays, as the software declares them."""
    team_event_of(request, event, Role.DATA_PROTECTION)
    return render(request, "web/register.html", {"register": holdings_by_purpose()})


def register_file(request: HttpRequest, event: str) -> HttpResponse:
    """The same as a table to keep."""
    found = team_event_of(request, event, Role.DATA_PROTECTION)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="registre-{found.slug}.csv"'
    response.write("\ufeff")  # so that spreadsheets read it as UTF-8
    rows = csv.writer(response, delimiter=";")
    rows.writerow([_("Purpose"), _("Model"), _("Field"), _("What for"), _("Basis"), _("Kept")])
    rows.writerows(
        [purpose, holding.model, name, str(why), holding.basis, str(holding.keeps)]
        for purpose, holdings in holdings_by_purpose()
        for holding in holdings
        for name, why in holding.fields.items()
    )
    return response
