"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.payment.views import pay, team

app_name = "payment"
urlpatterns = [
    path("inscriptions/<slug:code>/payer/", pay.pay, name="pay"),
    path("inscriptions/<slug:code>/retour/", pay.returned, name="returned"),
    path("organisation/inscriptions/<slug:code>/virement/", team.receive, name="receive"),
    path("organisation/inscriptions/<slug:code>/rembourse/", team.refunded, name="refunded"),
    path("organisation/compte/", team.account, name="account"),
]
