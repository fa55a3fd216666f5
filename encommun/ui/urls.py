"""Addresses of this package."""

from django.urls import path

from encommun.ui.views import gallery

app_name = "ui"
urlpatterns = [path("", gallery.gallery, name="gallery")]
