"""Addresses that payment providers call; they know nothing of an event."""

app_name = "provider"
urlpatterns: list = []
