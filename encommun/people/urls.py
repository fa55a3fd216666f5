"""Addresses of this package."""

from django.urls import path

from encommun.people.views import passkey, security, sign_in

app_name = "people"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/code/", sign_in.code, name="code"),
    path("connexion/code/autre/", sign_in.resend, name="resend"),
    path("connexion/second-facteur/", sign_in.second_factor, name="second_factor"),
    path("connexion/cle/", passkey.passkey, name="passkey"),
    path("connexion/compte-ferme/", sign_in.closed, name="closed"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
    path("mon-espace/securite/", security.security, name="security"),
    path("mon-espace/securite/application/", security.application, name="application"),
    path("mon-espace/securite/cle/", security.new_passkey, name="new_passkey"),
    path("mon-espace/securite/codes-de-secours/", security.recovery_codes, name="recovery_codes"),
    path("mon-espace/securite/<int:number>/retirer/", security.remove, name="remove"),
    path("mon-espace/securite/fermer-les-autres/", security.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("mon-espace/securite/encore/", security.again, name="sign_in_again"),
    path("mon-espace/second-facteur/", security.needed, name="second_factor_needed"),
]
