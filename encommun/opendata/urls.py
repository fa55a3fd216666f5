"""Addresses of this package, under /<event>/."""

app_name = "opendata"
urlpatterns: list = []
