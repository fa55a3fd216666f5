"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.registration.views import book, booking, passes, seat, team

app_name = "registration"
urlpatterns = [
    path("inscriptions/", passes.passes, name="passes"),
    path("inscriptions/reserver/", book.book, name="book"),
    path("inscriptions/pass/<slug:code>/", seat.seat, name="seat"),
    path("inscriptions/pass/<slug:code>/lien/<slug:token>/", seat.link, name="seat_link"),
    path("inscriptions/<slug:code>/", booking.booking, name="booking"),
    path("inscriptions/<slug:code>/lien/<slug:token>/", booking.link, name="booking_link"),
    path("inscriptions/<slug:code>/annuler/", booking.cancel, name="cancel"),
    path("organisation/inscriptions/", team.bookings, name="team_list"),
    path("organisation/inscriptions/export.csv", team.export, name="team_export"),
    path("organisation/inscriptions/jauges/<str:day>/", team.resize, name="team_resize"),
    path("organisation/inscriptions/<slug:code>/", team.booking, name="team_booking"),
    path("organisation/inscriptions/<slug:code>/annuler/", team.cancel, name="team_cancel"),
    path("organisation/inscriptions/<slug:code>/lien/", team.resend, name="team_resend"),
]
