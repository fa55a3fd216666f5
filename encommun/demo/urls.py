"""The demo's own page."""

app_name = "demo"
urlpatterns: list = []
