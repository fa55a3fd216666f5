"""Addresses of this package."""

from django.urls import path

from encommun.privacy.views import my_data, my_space, notice

app_name = "privacy"
urlpatterns = [
    path("mon-espace/", my_space.my_space, name="my_space"),
    path("mon-espace/mes-donnees/", my_data.my_data, name="my_data"),
    path("mon-espace/mes-donnees/telecharger/", my_data.download, name="download"),
    path("mon-espace/mes-donnees/consentements/<int:number>/retirer/", my_data.withdraw, name="withdraw"),
    path("mon-espace/mes-donnees/effacer/", my_data.erase, name="erase"),
    path("mon-espace/efface/", my_data.erased, name="erased"),
    path("donnees-personnelles/", notice.notice, name="notice"),
]
