"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.correspondence.views import letters, models, outbox, reminders

app_name = "correspondence"
urlpatterns = [
    path("organisation/courriers/", letters.letters, name="letters"),
    path("organisation/courriers/nouveau/", letters.new, name="new"),
    path("organisation/courriers/groupes/<slug:segment>/", letters.people, name="people"),
    path("organisation/courriers/groupes/<slug:segment>/export.csv", letters.people_file, name="people_file"),
    path("organisation/courriers/boite/", outbox.outbox, name="outbox"),
    path("organisation/courriers/boite/<int:number>/", outbox.letter, name="outbox_letter"),
    path("organisation/courriers/modeles/", models.templates, name="templates"),
    path("organisation/courriers/modeles/nouveau/", models.new, name="new_template"),
    path("organisation/courriers/modeles/<int:number>/", models.edit, name="template"),
    path("organisation/courriers/modeles/<int:number>/retirer/", models.remove, name="remove_template"),
    path("organisation/courriers/rappels/", reminders.reminders, name="reminders"),
    path("organisation/courriers/rappels/nouveau/", reminders.new, name="new_reminder"),
    path("organisation/courriers/rappels/<int:number>/", reminders.edit, name="reminder"),
    path("organisation/courriers/rappels/<int:number>/retirer/", reminders.remove, name="remove_reminder"),
    path("organisation/courriers/<slug:code>/", letters.letter, name="letter"),
    path("organisation/courriers/<slug:code>/envoyer/", letters.release, name="release"),
    path("organisation/courriers/<slug:code>/abandonner/", letters.drop, name="drop"),
]
