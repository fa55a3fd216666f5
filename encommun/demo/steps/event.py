"""NEC 2018 itself: facts and texts. They are the demo's, so they are kept exact."""

from datetime import date, datetime

from encommun.events.models import Axis, Event, EventVenue, Support
from encommun.people.models import Structure
from encommun.places.models import Room, Venue

AXES = [
    {
        "slug": "lieux",
        "hue": "first",
        "title": {"fr": "Lieux", "en": "Places"},
        "text": {
            "fr": (
                "Médiathèques, tiers-lieux, fablabs, espaces publics numériques : depuis les années 1980, des lieux ouverts à toutes et "
                "tous font se rencontrer techniques, pratiques culturelles et vie sociale. On y apprend, on y détourne, on y transmet. "
                "Comment concevoir des lieux hybrides dont l'utilité sociale se voit, et qui rendent le numérique appropriable par "
                "chacune et chacun ?"
            ),
            "en": (
                "Libraries, third places, fab labs, public digital spaces: since the 1980s, places open to all have brought techniques, "
                "cultural practices and social life together. People learn there, divert things there, pass them on. How can we shape "
                "hybrid places whose social use can be seen, and that let each person make digital tools her own?"
            ),
        },
    },
    {
        "slug": "donnees",
        "hue": "second",
        "title": {"fr": "Données", "en": "Data"},
        "text": {
            "fr": (
                "Nos usages produisent des données qui pèsent sur les décisions publiques et privées. Comment ouvrir celles qui relèvent de "
                "l'intérêt général, dans des formats communs et durables, tout en donnant à chaque personne la maîtrise de celles qui la "
                "concernent : savoir ce qui est collecté, à quoi cela sert, y consentir ou non ?"
            ),
            "en": (
                "What we do produces data that weigh on public and private decisions. How can we open those of general interest, in common "
                "and lasting formats, and give each person control of those about her: know what is collected, what it is for, and "
                "consent or not?"
            ),
        },
    },
    {
        "slug": "communs",
        "hue": "third",
        "title": {"fr": "Communs", "en": "Commons"},
        "text": {
            "fr": (
                "Logiciels libres, contenus partagés, savoir-faire documentés : le numérique permet de mutualiser. Quelles règles pour créer, "
                "protéger, utiliser et administrer à plusieurs ces ressources ? Et quelle place pour l'État et les collectivités dans leur "
                "entretien ?"
            ),
            "en": (
                "Free software, shared contents, documented know-how: digital tools let us pool things. Which rules to create, protect, use "
                "and govern these resources together? And what part should the State and local authorities take in their upkeep?"
            ),
        },
    },
]

VENUES = [
    {
        "slug": "stereolux",
        "name": "Stereolux",
        "address": "4 boulevard Léon-Bureau",
        "postcode": "44200",
        "town": "Nantes",
        "insee_code": "44109",
        "latitude": "47.205300",
        "longitude": "-1.564000",
        "access": {
            "fr": "Tramway ligne 1, arrêt Chantiers navals, puis dix minutes à pied par le pont Anne-de-Bretagne. Entrée de plain-pied.",
            "en": "Tram line 1, stop Chantiers navals, then ten minutes on foot across the Anne-de-Bretagne bridge. Step-free entrance.",
        },
        "rooms": [
            ("maxi", "Salle Maxi", 400, True, ["projector", "microphones", "stage", "recording"]),
            ("micro", "Salle Micro", 180, True, ["projector", "microphones"]),
            ("plateforme-intermedia", "Plateforme Intermédia", 40, False, ["projector", "tables", "sockets"]),
        ],
    },
    {
        "slug": "ecole-d-architecture",
        "name": "École d'architecture de Nantes",
        "address": "6 quai François-Mitterrand",
        "postcode": "44200",
        "town": "Nantes",
        "insee_code": "44109",
        "latitude": "47.206700",
        "longitude": "-1.556900",
        "access": {
            "fr": "Tramway lignes 2 et 3, arrêt Vincent-Gâche, puis huit minutes à pied le long de la Loire. Ascenseur vers toutes les salles.",
            "en": "Tram lines 2 and 3, stop Vincent-Gâche, then eight minutes on foot along the Loire. Lift to every room.",
        },
        "rooms": [
            ("auditorium", "Auditorium", 240, True, ["projector", "microphones", "stage"]),
            ("galerie-loire", "Galerie Loire", 90, False, ["tables", "projector"]),
            ("atelier-1", "Atelier 1", 30, False, ["tables"]),
            ("atelier-2", "Atelier 2", 30, False, ["tables", "projector"]),
        ],
    },
]

SUPPORTS = [
    ("powers", "La Mednum"),
    ("powers", "Mission Société Numérique"),
    ("hosts", "Région Pays de la Loire"),
    ("hosts", "Département de Loire-Atlantique"),
    ("hosts", "Nantes Métropole"),
    ("leads", "PiNG"),
]


def make_event(*, at: datetime) -> Event:
    """Numérique en Commun[s] 2018: dates, axes, venues and the bodies behind it."""
    event = Event.objects.create(
        slug="nec-2018",
        acronym="nec2018",
        name="Numérique en Commun[s]",
        edition={
            "fr": "5es rencontres nationales de la médiation et des cultures numériques",
            "en": "5th national meetings of digital mediation and digital cultures",
        },
        tagline={
            "fr": "Deux jours à Nantes pour mettre en commun ce que nous savons faire du numérique, et décider ensemble de la suite.",
            "en": "Two days in Nantes to pool what we know how to do with digital tools, and decide together what comes next.",
        },
        purpose={
            "fr": (
                "Partager des approches innovantes, soutenables et durables des cultures numériques, et croiser les expériences au service "
                "des transitions."
            ),
            "en": "Share innovative, sustainable and lasting approaches to digital cultures, and cross experiences in the service of transitions.",
        },
        town="Nantes",
        starts_on=date(2018, 9, 13),
        ends_on=date(2018, 9, 14),
        timezone="Europe/Paris",
        contact_email="contact@nec.example",
        is_public=True,
    )
    Axis.objects.bulk_create(Axis(event=event, position=n, **axis) for n, axis in enumerate(AXES, 1))
    for position, facts in enumerate(VENUES):
        rooms = facts["rooms"]
        venue = Venue.objects.create(**{name: value for name, value in facts.items() if name != "rooms"})
        EventVenue.objects.create(event=event, venue=venue, position=position)
        Room.objects.bulk_create(
            Room(venue=venue, slug=slug, name=name, capacity=capacity, hearing_loop=loop, equipment=equipment, position=n)
            for n, (slug, name, capacity, loop, equipment) in enumerate(rooms)
        )
    for position, (kind, name) in enumerate(SUPPORTS):
        structure, _made = Structure.objects.get_or_create(name=name)
        Support.objects.create(event=event, structure=structure, kind=kind, position=position)
    return event


def make_other_event(*, at: datetime) -> Event:
    """A small gathering of other people: what its team may not see of NEC, and the reverse, is tested with it."""
    return Event.objects.create(
        slug="journee-des-communs-2018",
        acronym="journee2018",
        name="Journée des communs",
        edition={"fr": "Première édition", "en": "First edition"},
        tagline={"fr": "Une journée à Brest pour les communs de la mer.", "en": "A day in Brest for the commons of the sea."},
        purpose={"fr": "Se rencontrer.", "en": "Meet."},
        town="Brest",
        starts_on=date(2018, 11, 24),
        ends_on=date(2018, 11, 24),
        contact_email="contact@ailleurs.example",
        is_public=True,
    )
