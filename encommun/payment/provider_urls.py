"""Addresses that payment providers call; they know nothing of an event."""

from django.urls import path

from encommun.payment.views import notices

app_name = "provider"
urlpatterns = [
    path("carte/avis/", notices.card_notice, name="card"),
    path("helloasso/avis/", notices.helloasso_notice, name="helloasso"),
]
