"""Addresses of this package, under /<event>/."""

app_name = "call"
urlpatterns: list = []
