"""Addresses of this package, under /<event>/."""

app_name = "payment"
urlpatterns: list = []
