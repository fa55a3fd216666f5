"""Addresses of this package, under /<event>/."""

app_name = "registration"
urlpatterns: list = []
