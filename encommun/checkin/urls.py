"""Addresses of this package, under /<event>/."""

app_name = "checkin"
urlpatterns: list = []
