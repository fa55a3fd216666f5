"""Addresses of this package."""

app_name = "ui"
urlpatterns: list = []
