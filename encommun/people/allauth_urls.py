"""The names under which allauth's stages look for our pages. The addresses are those of ``urls.py``."""

from django.urls import path

from encommun.people.views import sign_in

urlpatterns = [
    path("connexion/", sign_in.sign_in, name="account_login"),
    path("connexion/code/", sign_in.code, name="account_confirm_login_code"),
    path("connexion/second-facteur/", sign_in.second_factor, name="mfa_authenticate"),
    path("connexion/compte-ferme/", sign_in.closed, name="account_inactive"),
]
