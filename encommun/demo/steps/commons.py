"""The demo's part of the commons: the gathering is in September, so what is published comes from preparation workshops.

Three resources are published (one an axis), one note is being written, one waits to be read again. Tickets of the
bookings are made by the worker, as on any instance; here is only the key that signs them.
"""

from datetime import datetime

from encommun.checkin.commands import make_signing_key
from encommun.commons.commands import ask_for_credit, correct_note, mark_note_done, open_note, publish_resource, save_note
from encommun.commons.models import Note
from encommun.events.models import Event
from encommun.events.queries import actor_of
from encommun.foundation.actor import SYSTEM, Actor
from encommun.people.models import Account
from encommun.programme.models import Session

#: Axis, title, text.
PREPARED = [
    (
        "lieux",
        "Ce qui fait qu’on entre : compte rendu de l’atelier préparatoire de Rezé",
        """## Pourquoi cet atelier

Avant d’écrire une charte de plus, nous voulions savoir ce qui fait qu’une personne pousse la porte d’un lieu numérique, et ce qui fait qu’elle y revient.

## Qui était là

Quatorze personnes : cinq bibliothécaires, quatre médiatrices et médiateurs, trois usagers d’un espace public numérique, deux élus.

## Ce que nous avons appris

- **La vitrine compte plus que l’offre.** Six lieux sur neuf ont un nom que personne ne comprend dans la rue.
- **On vient pour une démarche, on reste pour quelqu’un.** Le premier rendez-vous est presque toujours un papier à remplir.
- **Les horaires excluent davantage que le tarif.** Aucun des neuf lieux n’ouvre après dix-huit heures plus d’un soir par semaine.
- Le mot « fablab » attire les curieux et éloigne celles et ceux qui ont besoin d’aide.

## Ce que nous avons fabriqué

Une liste de douze questions à se poser devant sa propre porte, à faire avec une personne qui n’est jamais entrée :

1. Que lit-on depuis le trottoir d’en face ?
2. Qui voit-on à travers la vitre ?
3. Où se tient la première personne à qui parler ?
4. Que se passe-t-il si l’on ne dit rien pendant une minute ?
5. Où peut-on s’asseoir sans rien faire ?
6. Combien de pas jusqu’à une prise ? jusqu’aux toilettes ?

(les six autres seront choisies pendant la séance)

## Et ensuite

La liste sera essayée dans trois lieux cet été ; nous comparerons à Nantes.
""",
    ),
    (
        "donnees",
        "Modèle de registre : dire simplement quelles données un lieu garde",
        """## Pourquoi cet atelier

Depuis le 25 mai, les petites structures demandent toutes la même chose : par où commencer ? Nous avons écrit ensemble la page la plus courte possible.

## Qui était là

Neuf personnes : quatre associations, deux communes de moins de trois mille habitants, une bibliothèque départementale, deux juristes bénévoles.

## Ce que nous avons appris

- On garde surtout **par habitude** : sept structures sur sept ont un vieux tableur d’adhésions que personne n’ouvre.
- La question « combien de temps ? » débloque tout ; la question « quelle base légale ? » bloque tout. Il faut les poser dans cet ordre.
- Les feuilles de présence sont le registre le plus bavard du lieu.

## Ce que nous avons fabriqué

Une fiche par usage, cinq lignes :

- **Nous demandons** : (quelles informations)
- **Pour** : (une phrase qu’un enfant comprend)
- **Qui les voit** : (des métiers, pas des noms)
- **Jusqu’à** : (une date, ou un événement)
- **Pour dire non ou faire corriger** : (une personne, une adresse)

## Et ensuite

Trois communes remplissent la fiche d’ici septembre. Apportez la vôtre.
""",
    ),
    (
        "communs",
        "Entretenir un commun : ce que coûte une année de documentation partagée",
        """## Pourquoi cet atelier

Tout le monde écrit des fiches ; presque personne ne les tient à jour. Nous avons compté le temps réel, sur quatre documentations partagées.

## Qui était là

Onze personnes, de quatre collectifs, d’une région et d’une coopérative.

## Ce que nous avons appris

- Écrire une fiche prend une demi-journée. La garder vraie prend **deux heures par an**, et ce sont ces deux heures que personne ne finance.
- Les fiches qui vivent ont un nom de gardienne ou de gardien, une date de relecture, et une licence écrite en haut.
- Une licence non dite se lit comme un refus : trois médiathèques n’osaient pas imprimer.

## Ce que nous avons fabriqué

- Un tableau de coûts à copier (temps d’écriture, de relecture, de traduction, d’hébergement).
- Une phrase à mettre dans les conventions : « La structure consacre deux heures par an et par fiche à sa relecture. »

## Et ensuite

Nous cherchons deux autres documentations à compter avant septembre.
""",
    ),
]
BEING_WRITTEN = """## Pourquoi cette séance

Préparer la séance de septembre avec celles et ceux qui viendront.

## Qui était là

Nombre de personnes : 8

## Ce que nous avons appris

- Deux des lieux invités ont déjà essayé, et arrêté au bout d’un an.
- 
"""
TO_READ_AGAIN = """## Pourquoi cette séance

Vérifier, avant Nantes, que la séance tient dans le temps prévu.

## Qui était là

Nombre de personnes : 6

## Ce que nous avons appris

- Le tour de table prend vingt minutes à lui seul : nous le remplaçons par des cartes posées sur les tables.
- La démonstration marche sans réseau.

## Et ensuite

- Apporter des feutres et deux rallonges.
"""


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """The key of the tickets, and the first resources."""
    make_signing_key(event, actor=SYSTEM, at=at)
    gaelle = actor_of(accounts["gaelle"])
    sessions = list(_sessions(event))
    for n, (axis, title, text) in enumerate(PREPARED):
        session = next((one for one in sessions if one.axis is not None and one.axis.slug == axis), None)
        if session is None:
            continue
        sessions.remove(session)
        day = datetime(2018, 6, 29 if n else 28, 11 + n, 20, tzinfo=event.zone)
        note = _note(session, text, gaelle, day)
        mark_note_done(note, actor=gaelle, at=day)
        correct_note(note, actor=gaelle, at=day)
        publish_resource(note, title=title, licence=session.licence or "CC-BY-SA-4.0", actor=gaelle, at=day)
    for text in (TO_READ_AGAIN, BEING_WRITTEN):
        if not sessions:
            return
        session = sessions.pop(0)
        note = _note(session, text, gaelle, datetime(2018, 7, 1, 17, 40, tzinfo=event.zone))
        if text is TO_READ_AGAIN:
            ask_for_credit(note, name=accounts["gaelle"].name, actor=gaelle, at=note.saved_at)
            mark_note_done(note, actor=gaelle, at=note.saved_at)


def _sessions(event: Event) -> list[Session]:
    """Sessions that came from proposals, those whose people agree to be named first."""
    found = Session.objects.filter(event=event, state=Session.State.CONFIRMED, proposal__isnull=False)
    rows = list(found.select_related("axis", "proposal", "event").prefetch_related("parts").order_by("created_at", "id"))
    return sorted(rows, key=lambda one: not any(part.name_is_public for part in one.parts.all()))


def _note(session: Session, text: str, actor: Actor, at: datetime) -> Note:
    opened = open_note(session, text="## Pourquoi cette séance\n", actor=actor, at=at)
    return save_note(opened, text=text, version=opened.version, actor=actor, at=at)
