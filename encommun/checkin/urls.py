"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.checkin.views import door, tickets, walk_in

app_name = "checkin"
urlpatterns = [
    path("accueil/", door.door, name="door"),
    path("accueil/lire/", door.scan, name="scan"),
    path("accueil/sans-pass/", walk_in.walk_in, name="walk_in"),
    path("accueil/sans-pass/<slug:code>/", walk_in.welcomed, name="welcomed"),
    path("accueil/defaire/", door.undo, name="undo"),
    path("accueil/portes/", door.doors, name="doors"),
    path("accueil/portes/<int:number>/", door.edit_door, name="door_edit"),
    path("accueil/s-entrainer/", door.training, name="training"),
    path("inscriptions/pass/<slug:code>/billet.pdf", tickets.pdf, name="ticket_pdf"),
    path("inscriptions/pass/<slug:code>/code.svg", tickets.svg, name="ticket_svg"),
]
