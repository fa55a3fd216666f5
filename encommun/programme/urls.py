"""Addresses of this package, under /<event>/."""

app_name = "programme"
urlpatterns: list = []
