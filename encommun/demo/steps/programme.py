"""The demo's part of «programme»: two versions published in June 2018, and a draft that is a little ahead."""

from datetime import date, datetime, time
from itertools import combinations
from typing import Any

from django.utils import translation

from encommun.call.queries import accepted_proposals
from encommun.events.models import Event, Presence
from encommun.events.queries import actor_of
from encommun.foundation.actor import Actor
from encommun.people.models import Account
from encommun.places import commands as places
from encommun.places.models import Room
from encommun.programme import commands
from encommun.programme.models import Session
from encommun.programme.queries import rooms_of

FIRST_DAY, SECOND_DAY = date(2018, 9, 13), date(2018, 9, 14)
COFFEE = {"fr": "Pause café", "en": "Coffee break"}
LUNCH = {"fr": "Déjeuner", "en": "Lunch"}

#: Day, from, to, and the name of a break; without a name the slot is for sessions.
SLOTS = [
    (FIRST_DAY, "09:30", "10:30", {}),
    (FIRST_DAY, "10:30", "11:00", COFFEE),
    (FIRST_DAY, "11:00", "12:30", {}),
    (FIRST_DAY, "12:30", "14:00", LUNCH),
    (FIRST_DAY, "14:00", "15:30", {}),
    (FIRST_DAY, "15:30", "16:00", COFFEE),
    (FIRST_DAY, "16:00", "18:00", {}),
    (FIRST_DAY, "20:00", "23:00", {}),
    (SECOND_DAY, "09:30", "11:00", {}),
    (SECOND_DAY, "11:00", "11:30", COFFEE),
    (SECOND_DAY, "11:30", "13:00", {}),
    (SECOND_DAY, "13:00", "14:15", LUNCH),
    (SECOND_DAY, "14:15", "15:45", {}),
    (SECOND_DAY, "15:45", "16:15", COFFEE),
    (SECOND_DAY, "16:15", "18:00", {}),
]
#: Where proposals go, one after the other, and the rooms that fit them best.
TIMES = [
    (FIRST_DAY, "11:00"),
    (SECOND_DAY, "09:30"),
    (FIRST_DAY, "14:00"),
    (SECOND_DAY, "11:30"),
    (FIRST_DAY, "16:00"),
    (SECOND_DAY, "14:15"),
]
WORKSHOPS = ("atelier-1", "galerie-loire", "plateforme-intermedia", "atelier-2", "micro", "auditorium", "maxi")
TALKS = ("auditorium", "micro", "galerie-loire", "maxi", "plateforme-intermedia", "atelier-2", "atelier-1")

#: Minutes on foot from Stereolux to the school of architecture, along the quay.
WALK = 12
#: What is particular about each room.
NOTED: dict[str, dict[str, Any]] = {
    "maxi": {"floor": "rez-de-chaussée", "capacities": {"standing": 900, "circle": 120, "tables": 160}},
    "micro": {"floor": "rez-de-chaussée", "capacities": {"circle": 60, "tables": 80}},
    "plateforme-intermedia": {
        "floor": "4e étage, par l’ascenseur",
        "equipment": ("projector", "tables", "sockets", "computers", "walls"),
    },
    "auditorium": {"floor": "rez-de-chaussée", "equipment": ("projector", "microphones", "stage", "recording", "remote")},
    "galerie-loire": {
        "floor": "1er étage, par la rampe ou l’ascenseur",
        "holds_several": True,
        "equipment": ("tables", "projector", "walls", "sockets"),
    },
    "atelier-1": {"floor": "2e étage, par l’ascenseur", "quiet": True, "equipment": ("tables", "walls", "sockets")},
    "atelier-2": {"floor": "2e étage, par l’ascenseur", "equipment": ("tables", "projector", "sockets", "water")},
}

OPENING = commands.SessionText(
    title="Ouverture : ce que nous mettons en commun",
    abstract=(
        "Les structures qui accueillent la rencontre disent bonjour en dix minutes, pas une de plus. Puis la parole passe à la salle : "
        "en petits groupes, chacune et chacun écrit ce qu’elle ou il apporte, et ce qu’elle ou il vient chercher.\n\n"
        "Les cartes restent affichées deux jours ; on y revient à la clôture."
    ),
    format_name="Plénière",
    minutes=60,
    kind="plenary",
)
CLOSING = commands.SessionText(
    title="Clôture : ce que nous décidons ensemble",
    abstract=(
        "Retour sur les cartes de l’ouverture : ce qui a été trouvé, ce qui manque encore, et qui s’en occupe. "
        "Chaque axe rend compte en cinq minutes, puis nous choisissons les chantiers de l’année."
    ),
    format_name="Plénière",
    minutes=60,
    kind="plenary",
)
EVENING = commands.SessionText(
    title="Soirée : la radio des communs, en direct",
    abstract=(
        "Une émission de radio fabriquée dans la journée par une dizaine de participantes et participants, puis des platines. "
        "On y vient, on y parle, ou l’on écoute."
    ),
    format_name="Soirée",
    minutes=150,
)
TEAM = [
    commands.SessionText(
        title="Première fois à NEC ? Le tour des lieux et des mots",
        abstract="Trois quarts d’heure pour se repérer : qui est là, où sont les salles, ce que veulent dire les sigles.",
        format_name="Accueil",
        minutes=45,
        needs=commands.Needs(layout="circle", step_free=True, hearing_loop=True, expected=60),
    ),
    commands.SessionText(
        title="Atelier d’écriture des notes : garder trace à plusieurs",
        abstract="Comment prendre des notes à plusieurs pendant une séance, et en faire une ressource que d’autres pourront reprendre.",
        format_name="Atelier",
        licence="CC-BY-SA-4.0",
        minutes=60,
        needs=commands.Needs(layout="tables", equipment=("projector", "sockets"), expected=25),
    ),
    commands.SessionText(
        title="Réunion ouverte des rencontres locales",
        abstract="Vous voulez organiser un NEC chez vous ? Celles et ceux qui l’ont fait racontent, budget compris.",
        format_name="Réunion ouverte",
        minutes=90,
    ),
]
FORUM = commands.SessionText(
    title="Forum ouvert : les sujets que personne n’a proposés",
    abstract=(
        "Les sujets se décident sur place, le matin même : on prend une table, on écrit en une ligne ce dont on veut parler, "
        "et celles et ceux que cela intéresse viennent s’asseoir. Deux tours de quarante-cinq minutes."
    ),
    format_name="Forum ouvert",
    minutes=90,
    kind="open_space",
    needs=commands.Needs(layout="tables", tables=6, rounds=2),
)
#: Written down by Hugo for those who already know what they will bring: round, table, subject, who welcomes.
SUBJECTS = [
    (1, 1, "Comment parler du libre à des élus qui ont un quart d’heure", "Jeanne"),
    (1, 2, "Imprimer, scanner, signer : ce que l’on nous demande encore dix fois par jour", ""),
    (2, 1, "Faire vivre un atelier de réparation quand les bénévoles partent en vacances", "Maëlle et Mehdi"),
]
BUILDING = [
    commands.SessionText(
        title="Marché aux outils : dix minutes, une table, une démonstration",
        abstract="Une vingtaine de tables. Chaque structure montre un outil libre qu’elle utilise vraiment.",
        format_name="Atelier",
        minutes=90,
    ),
    commands.SessionText(
        title="Marche commentée : le numérique que l’on ne voit pas, sur l’île de Nantes",
        abstract="Armoires, antennes, compteurs, caméras : une heure dehors avec une urbaniste. Parcours sans marche ni escalier.",
        format_name="Promenade",
        minutes=60,
        needs=commands.Needs(step_free=True, expected=20),
    ),
]


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """Slots, sessions, two versions, and what is not published yet."""
    with translation.override("fr"):
        Step(event, actor_of(accounts["hugo"])).build()


class Step:
    """The programme as Hugo composes it."""

    def __init__(self, event: Event, hugo: Actor) -> None:
        self.event, self.hugo = event, hugo
        self.rooms = {room.slug: room for room in rooms_of(event)}
        self.used: set[tuple[date, str, str]] = set()

    def build(self) -> None:
        """In the order of the year."""
        self._slots()
        self._places(self._on(5, 26))
        opening = self._make(OPENING, self._on(5, 28), confirmed=True)
        closing = self._make(CLOSING, self._on(5, 28), confirmed=True)
        self._place(opening, "maxi", FIRST_DAY, "09:30", self._on(5, 28))
        self._place(closing, "maxi", SECOND_DAY, "17:00", self._on(5, 28))
        for plenary in (opening, closing):  # whatever the builder finds, everyone meets there and then
            commands.fix_session(plenary, room=True, time=True, actor=self.hugo, at=self._on(5, 28))
        self.used |= {(SECOND_DAY, "16:15", slug) for slug in self.rooms}
        first = self._from_proposals(until=self._on(6, 19))
        held_back = first[-5:]  # their rooms are found after the first version, which already names them
        self._place_all(first[:-5], self._on(6, 19))
        self._publish("Une première partie : le reste vient avec vos réponses à l’appel.", self._on(6, 20))
        evening = self._make(EVENING, self._on(6, 22), confirmed=True)
        self._place(evening, "micro", FIRST_DAY, "20:00", self._on(6, 22))
        self._open_space(self._on(6, 22))
        second = [*(self._make(text, self._on(6, 22), confirmed=True) for text in TEAM), *held_back]
        second += self._from_proposals(until=self._on(7, 1))
        waiting = second[-2:]
        self._place_all(second[:-2], self._on(6, 28))
        self._second_thoughts(first)
        self._publish("Le deuxième lot de séances, et quelques changements de salle.", self._on(6, 29))
        self._ahead(waiting)

    def _on(self, month: int, day: int) -> datetime:
        return datetime(2018, month, day, 16, 30, tzinfo=self.event.zone)

    def _moment(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self.event.zone)

    def _slots(self) -> None:
        slots = [
            commands.SlotText(
                starts_at=self._moment(day, starts),
                ends_at=self._moment(day, ends),
                kind="break" if label else "sessions",
                label=label,
            )
            for day, starts, ends, label in SLOTS
        ]
        commands.set_slots(self.event, slots, actor=self.hugo, at=self._on(5, 25))

    def _places(self, at: datetime) -> None:
        """What Hugo noted on his visit: floors, seats, what is there, the walk along the Loire, the hour when a stage is built."""
        who = {"event_id": self.event.pk, "actor": self.hugo, "at": at}
        venues = list(self.event.venues.order_by("event_venues__position"))
        for venue in venues:
            rooms = [self._noted(room) for room in venue.rooms.all()]
            places.set_rooms(venue, rooms, **who)
        for one, other in combinations(venues, 2):
            places.set_walk(one, other, minutes=WALK, **who)
        closed = places.ClosureText(
            room=self._room("maxi").pk,
            starts_at=self._moment(FIRST_DAY, "18:00"),
            ends_at=self._moment(FIRST_DAY, "19:30"),
            reason="Montage de la scène",
        )
        places.set_closures(self._room("maxi").venue, [closed], **who)

    def _noted(self, room: Room) -> places.RoomText:
        facts: dict[str, Any] = {
            "name": room.name,
            "capacity": room.capacity,
            "hearing_loop": room.hearing_loop,
            "step_free": room.step_free,
            "equipment": tuple(room.equipment),
        }
        return places.RoomText(room=room.pk, **(facts | NOTED.get(room.slug, {})))

    def _make(self, text: commands.SessionText, at: datetime, *, confirmed: bool = False) -> Session:
        return commands.make_session(self.event, text, is_confirmed=confirmed, actor=self.hugo, at=at)

    def _place(self, session: Session, room: str, day: date, clock: str, at: datetime) -> None:
        commands.place_session(session, room=self._room(room), starts_at=self._moment(day, clock), actor=self.hugo, at=at)
        self.used.add((day, clock, room))

    def _room(self, slug: str) -> Room:
        return self.rooms.get(slug) or next(iter(self.rooms.values()))

    def _from_proposals(self, *, until: datetime) -> list[Session]:
        made = []
        for proposal in accepted_proposals(self.event):
            answered = proposal.decision.answered_at
            if answered and answered <= until and not Session.objects.filter(proposal=proposal).exists():
                made.append(commands.make_session_from_proposal(proposal, actor=self.hugo, at=answered))
        return made

    def _place_all(self, sessions: list[Session], at: datetime) -> None:
        for n, session in enumerate(sessions):
            order = WORKSHOPS if session.minutes >= 90 else TALKS
            free = (
                (room, day, clock)
                for room in order
                for day, clock in self._times(session, n)
                if (day, clock, room) not in self.used
            )
            if place := next(free, None):
                self._place(session, *place, at)

    def _times(self, session: Session, n: int) -> list[tuple[date, str]]:
        """Each session begins its search at another time; the longest fit only where no break cuts them."""
        if session.minutes > 90:
            return [(FIRST_DAY, "16:00")]
        return [*TIMES[n % len(TIMES) :], *TIMES[: n % len(TIMES)]]

    def _second_thoughts(self, first: list[Session]) -> None:
        """One session changes its time, one its room, one is cancelled, one has a better title."""
        at = self._on(6, 27)
        if len(first) < 4:
            return
        self._place(first[0], "maxi", FIRST_DAY, "14:00", at)
        if (room := next((slug for slug in ("maxi", "atelier-2", "micro") if self._is_free(first[1], slug)), None)) is not None:
            first[1].refresh_from_db()
            commands.place_session(first[1], room=self._room(room), starts_at=first[1].starts_at, actor=self.hugo, at=at)
        commands.cancel_session(first[2], actor=self.hugo, at=at)

    def _is_free(self, session: Session, slug: str) -> bool:
        others = Session.objects.filter(event=self.event, room=self._room(slug), starts_at=session.starts_at)
        return not others.exists()

    def _publish(self, note: str, at: datetime) -> None:
        commands.publish_programme(self.event, note=note, actor=self.hugo, at=at)

    def _open_space(self, at: datetime) -> None:
        """A forum that is filled on the day; three subjects are known before."""
        forum = self._make(FORUM, at, confirmed=True)
        self._place(forum, "maxi", SECOND_DAY, "11:30", at)
        for turn, table, title, host in SUBJECTS:
            place = commands.Place(turn, table)
            commands.bring_subject(forum, title=title, place=place, host_name=host, actor=self.hugo, at=at)

    def _ahead(self, waiting: list[Session]) -> None:
        """What the draft knows and readers do not yet."""
        at = self._on(7, 1)
        market, walk = [self._make(text, at) for text in BUILDING]
        guide = commands.SomebodyTaking(
            name="Solène Kerhervé",
            structure_name="Agence d’urbanisme",
            name_is_public=True,
            presence=Presence(
                available=((self._moment(SECOND_DAY, "05:00").isoformat(), self._moment(SECOND_DAY, "13:00").isoformat()),)
            ),
        )
        commands.edit_session(walk, BUILDING[1], [guide], actor=self.hugo, at=at)
        self._place(market, "galerie-loire", SECOND_DAY, "14:15", at)
        if waiting:
            self._place(waiting[0], "micro", SECOND_DAY, "14:30", at)
