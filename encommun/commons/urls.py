"""Addresses of this package, under /<event>/."""

app_name = "commons"
urlpatterns: list = []
