"""The demo's own pages."""

from django.urls import path

from encommun.demo.views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.demo, name="demo"),
    path("lettres/<int:number>/", demo.letter, name="letter"),
    path("fichiers/<int:number>/", demo.attachment, name="attachment"),
]
