"""Addresses of this package."""

app_name = "privacy"
urlpatterns: list = []
