"""The demo's kinder prices and fuller pages: a price in words, suspended passes, codes, a queue, workshops, contributors."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import count

from encommun.demo.names import CAST
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.payment.commands import receive_transfer
from encommun.people.models import Account
from encommun.programme.models import Session
from encommun.programme.queries import latest_version
from encommun.registration import commands
from encommun.registration.commands import PassText, QuestionText, QuotaText, SeatWish, VoucherText
from encommun.registration.models import Booking, Contribution, PassType, Question, Quota, Seat, Voucher, Workshop
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK, WAITING_LINK

WALKERS = 12
COST = {
    "fr": "Salles et technique 31 €, repas 24 €, accueil et accessibilité 17 €, documentation 12 €. Les soutiens publics paient la différence.",
    "en": "Rooms and technics €31, meals €24, welcome and access €17, documentation €12. Public support pays the difference.",
}
FUND = {
    "fr": "Vous ne pouvez pas payer votre pass ? Écrivez à inscriptions@nec2018.example, ou demandez à l’association qui vous suit : un code suffit, sans justificatif.",
    "en": "You cannot pay for your pass? Write to inscriptions@nec2018.example, or ask the association that knows you: a code is enough, without proof.",
}
QUESTIONS = (
    QuestionText(
        kind=Question.Kind.CHOICE,
        label={"fr": "Que mangez-vous à midi ?", "en": "What do you eat at noon?"},
        choices=[
            {"fr": "Végétarien", "en": "Vegetarian"},
            {"fr": "Végétalien", "en": "Vegan"},
            {"fr": "Viande ou poisson", "en": "Meat or fish"},
            {"fr": "Je m’organise", "en": "I bring my own"},
        ],
    ),
    QuestionText(
        kind=Question.Kind.TEXT,
        label={"fr": "De quoi avez-vous besoin pour bien participer ?", "en": "What do you need to take part well?"},
        help={
            "fr": "Boucle magnétique, place assise près de la scène, garde d’enfants… Seule l’équipe le lit.",
            "en": "Hearing loop, a seat near the stage, childcare… Only the team reads it.",
        },
    ),
    QuestionText(kind=Question.Kind.YES, label={"fr": "Est-ce votre première fois à NEC ?", "en": "Is it your first time at NEC?"}),
)
NAMES = (
    "Inaya Cherif",
    "Loïc Tanguy",
    "Marguerite Poirier",
    "Sofiane Bensaïd",
    "Éloïse Garnier",
    "Youssef Mansouri",
    "Brigitte Le Floch",
    "Corentin Daniel",
    "Awa Sow",
    "Régis Boucher",
    "Clémence Thébaud",
    "Mehdi Larbi",
    "Odile Chevalier",
    "Tiphaine Rouault",
    "Sékou Camara",
    "Annick Jaouen",
)


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """What the team composed in May, and what people have done with it since June."""
    if at > event.pass_types.get(slug="deux-jours").on_sale_from + timedelta(days=20):
        Story(event, at).tell()


class Story:
    """Farid composes; people book, wait, sign up, hand over."""

    def __init__(self, event: Event, at: datetime) -> None:
        self.event, self.at = event, at
        self.opening = event.pass_types.get(slug="deux-jours").on_sale_from
        self.closing = event.pass_types.get(slug="deux-jours").on_sale_until
        self.farid = Actor(roles=frozenset({(event.pk, "registration"), (event.pk, "programme")}))
        self.people: Iterator[int] = count()

    def tell(self) -> None:
        """In the order of the year."""
        self._compose(self.opening - timedelta(days=4))
        self._contributors()
        self._fund(self.opening + timedelta(days=3))
        self._codes(self.opening + timedelta(days=5))
        self._reduced(self.opening + timedelta(days=8))
        self._queue(self.opening + timedelta(days=10))
        self._changes(self.opening + timedelta(days=15))
        self._workshops(self.at - timedelta(days=9))

    def _by_team(self, when: datetime) -> dict[str, object]:
        return {"actor": self.farid, "at": when}

    def _compose(self, when: datetime) -> None:
        sale = {"on_sale_from": self.opening, "on_sale_until": self.closing}
        for text in self._passes(sale):
            commands.compose_pass(self.event, text, **self._by_team(when))
        walk = self._kind("pass-2-jours-et-visite-des-ateliers")
        name = {"fr": "Visite des ateliers", "en": "Tour of the workshops"}
        commands.compose_quota(
            self.event,
            QuotaText(kind=Quota.Kind.WHOLE, name=name, size=WALKERS, passes=[walk.number]),
            **self._by_team(when),
        )
        for question in QUESTIONS:
            commands.compose_question(self.event, question, **self._by_team(when))
        days = {name: self._day(month, day) for name, month, day in (("whole", 8, 13), ("half", 9, 3), ("change", 9, 6))}
        refunds = [(days["whole"], 100), (days["half"], 50)]
        commands.set_terms(self.event, change_until=days["change"], refunds=refunds, **self._by_team(when))

    def _passes(self, sale: dict[str, datetime]) -> Iterator[PassText]:
        yield PassText(
            name={"fr": "Pass 2 jours, à titre personnel", "en": "2-day pass, for yourself"},
            text={
                "fr": "Vous payez vous-même : choisissez le prix qui vous va.",
                "en": "You pay for yourself: choose the price that suits you.",
            },
            pricing=PassType.Pricing.SCALE,
            low_cents=2500,
            price_cents=4500,
            high_cents=8400,
            cost_cents=8400,
            cost_text=COST,
            **sale,
        )
        yield PassText(
            name={"fr": "Pass 1 jour, tarif réduit", "en": "1-day pass, reduced price"},
            right={
                "fr": "En études, en recherche d’emploi ou au RSA : un justificatif est regardé à l’accueil, rien n’est gardé.",
                "en": "Students and people looking for work: a proof is looked at when you arrive, nothing is kept.",
            },
            price_cents=1200,
            day_is_chosen=True,
            **sale,
        )
        yield PassText(
            name={"fr": "Pass 2 jours et visite des ateliers", "en": "2-day pass and tour of the workshops"},
            text={
                "fr": f"Les deux journées, et le jeudi à 8 h la visite des ateliers de l’île : {WALKERS} places.",
                "en": f"Both days, and on Thursday at 8 the tour of the island’s workshops: {WALKERS} places.",
            },
            price_cents=6000,
            max_per_booking=4,
            **sale,
        )
        yield PassText(
            name={"fr": "Pass de l’équipe bénévole", "en": "Volunteers’ pass"},
            offered=PassType.Offered.CODE,
            price_cents=0,
            **sale,
        )
        yield PassText(
            name={"fr": "Pass de contribution", "en": "Contributors’ pass"},
            text={
                "fr": "Pour qui porte, anime, intervient ou prend des notes.",
                "en": "For those who carry, facilitate, speak or take notes.",
            },
            offered=PassType.Offered.CONTRIBUTORS,
            price_cents=0,
            **sale,
        )

    def _contributors(self) -> None:
        """Those who take part in confirmed sessions, in the order of the programme; then two volunteers."""
        confirmed = Session.objects.filter(event=self.event, state=Session.State.CONFIRMED).order_by("pk")
        for session in confirmed.prefetch_related("parts"):
            for part in session.parts.all():
                if part.email and part.kind in Contribution.Part.values:
                    self._note(part.kind, part.name, part.email, session.code, SYSTEM)
        for name in ("Tiphaine Rouault", "Sékou Camara"):
            self._note(Contribution.Part.VOLUNTEERS, name, self._address(name), "", self.farid)

    def _note(self, part: str, name: str, email: str, code: str, actor: Actor) -> None:
        when = self.opening - timedelta(days=2)
        commands.note_contribution(self.event, part=part, name=name, email=email, session_code=code, actor=actor, at=when)

    def _fund(self, when: datetime) -> None:
        """Three pay forward, and two come with the code that an association gave them."""
        commands.set_fund(self.event, text=FUND, is_open=True, **self._by_team(self.opening))
        personal = self._kind("pass-2-jours-a-titre-personnel")
        for n, (tariff, cents) in enumerate((("high", 2500), ("high", 6000), ("fair", 1500))):
            wish = SeatWish(pass_type=personal.slug, tariff=tariff)
            self._paid([wish], when + timedelta(days=n), forward_cents=cents)
        self._paid([SeatWish(pass_type=personal.slug, tariff="low")], when + timedelta(days=3))
        note = "Confié à l’association L’Étape"
        asked = VoucherText(kind=Voucher.Kind.FUND, uses=3, code="ENSEMBLE18", note=note, passes=[personal.number])
        commands.make_voucher(self.event, asked, **self._by_team(when + timedelta(days=4)))
        for n in range(2):
            wish = SeatWish(pass_type=personal.slug, tariff="low")
            self._book([wish], when + timedelta(days=5 + n), voucher="ENSEMBLE18")

    def _codes(self, when: datetime) -> None:
        two, volunteers = self._kind("deux-jours"), self._kind("pass-de-lequipe-benevole")
        for asked in (
            VoucherText(
                kind=Voucher.Kind.SHARE, value=20, uses=40, code="RESEAU20", note="Réseau des médiathèques", passes=[two.number]
            ),
            VoucherText(
                kind=Voucher.Kind.OPEN,
                uses=15,
                code="BENEVOLES",
                note="Accueil, vestiaire, café : quinze places gardées",
                passes=[volunteers.number],
                reserves=True,
            ),
            VoucherText(kind=Voucher.Kind.AMOUNT, value=1000, uses=5, code="PRESSE10", note="Radios locales"),
        ):
            commands.make_voucher(self.event, asked, **self._by_team(when))
        for n, places in enumerate((2, 1, 3)):
            self._paid([SeatWish(pass_type=two.slug)] * places, when + timedelta(days=1 + n), voucher="RESEAU20")
        for n in range(4):
            self._book([SeatWish(pass_type=volunteers.slug)], when + timedelta(days=2 + n), voucher="BENEVOLES")
        press = Voucher.objects.get(event=self.event, code="PRESSE10")
        commands.withdraw_voucher(press, **self._by_team(when + timedelta(days=9)))

    def _reduced(self, when: datetime) -> None:
        """The right of one was seen already: yes, that day, and nothing else."""
        for n in range(3):
            wish = SeatWish(pass_type="pass-1-jour-tarif-reduit", day=self.event.days[n % 2])
            booking = self._paid([wish], when + timedelta(days=n))
            if not n:
                commands.see_right(booking.seats.get(), **self._by_team(when + timedelta(days=n, hours=3)))

    def _queue(self, when: datetime) -> None:
        """The tour is full; four wait, and two places came back: they are offered to the two who fit."""
        kind = self._kind("pass-2-jours-et-visite-des-ateliers")
        sizes = (4, 3, 2, 2, 1)
        made = [
            self._paid([SeatWish(pass_type=kind.slug)] * size, when + timedelta(hours=5 * n), structure="Nantes Métropole")
            for n, size in enumerate(sizes)
        ]
        for n, places in enumerate((1, 3, 1, 2)):
            self._wait(kind, places, when + timedelta(days=4, hours=7 * n))
        back = self.at - timedelta(hours=3)
        commands.cancel_booking(
            made[2], reason="La structure ne vient plus : les places repartent.", actor=self.farid, at=back - timedelta(minutes=5)
        )
        commands.serve_waiting(at=back)
        first = self.event.waiting.filter(state="offered").order_by("joined_at").first()
        if first is not None:
            actor = Actor(links=frozenset({(WAITING_LINK, first.code)}))
            commands.take_offer(first, event=self.event, payment_method="transfer", actor=actor, at=back + timedelta(minutes=40))

    def _wait(self, kind: PassType, places: int, when: datetime) -> None:
        name = self._name()
        asked = {"pass_type": kind.slug, "places": places, "name": name, "email": self._address(name)}
        commands.join_waiting(self.event, **asked, actor=VISITOR, at=when)

    def _changes(self, when: datetime) -> None:
        """A group without names, of which some are filled in; one hands her pass over, one changes her day."""
        group = self._paid([SeatWish(pass_type="deux-jours")] * 6, when, structure="Centre social de Bellevue")
        holder = Actor(links=frozenset({(BOOKING_LINK, group.code)}))
        for n, seat in enumerate(group.seats.order_by("pk")[:3]):
            name = self._name()
            commands.name_seat(
                seat, holder_name=name, holder_email=self._address(name), actor=holder, at=when + timedelta(hours=n + 1)
            )
        first = group.seats.order_by("pk").first()
        name = self._name()
        commands.hand_over_pass(
            first, holder_name=name, holder_email=self._address(name), actor=holder, at=when + timedelta(days=3)
        )
        alone = self._paid([SeatWish(pass_type="un-jour", day=self.event.days[0])], when + timedelta(hours=2))
        owner = Actor(links=frozenset({(BOOKING_LINK, alone.code)}))
        commands.change_day(alone.seats.get(), day=self.event.days[1], actor=owner, at=when + timedelta(days=2))
        self._answer(when + timedelta(days=2))

    def _answer(self, when: datetime) -> None:
        """Chloé and a few others have answered."""
        questions = list(Question.objects.filter(event=self.event))
        said = [("1", "Une place près de la scène, j’entends mal.", "yes"), ("0", "", "no"), ("2", "", "yes")]
        named = Seat.objects.filter(booking__event=self.event, booking__state=Booking.State.CONFIRMED).exclude(holder_email="")
        named = named.order_by("pk")
        chloe = named.filter(holder_email=CAST["chloe"].email)
        for seat, words in zip([*chloe[:1], *named.exclude(pk__in=chloe)[:2]], said, strict=False):
            answers = {question.pk: word for question, word in zip(questions, words, strict=True) if word}
            commands.answer_questions(seat, answers, actor=self._holder(seat), at=when)

    def _workshops(self, when: datetime) -> None:
        """Three sessions count their places: one drawn yesterday, one still gathers wishes, one is full and has a queue."""
        version = latest_version(self.event)
        codes = {one["code"] for one in version.content["sessions"]} if version else set()
        found = Session.objects.filter(event=self.event, code__in=codes, state=Session.State.CONFIRMED, room__capacity__lte=90)
        sessions = list(found.exclude(starts_at=None).select_related("room").order_by("starts_at", "pk"))
        if len(sessions) < 3:
            return
        drawn, wished, direct = sessions[0], sessions[-1], next(one for one in sessions[1:] if one.starts_at > sessions[0].ends_at)
        yesterday = (self.at - timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
        count = {"kept": 1, "opens_at": when}
        plan = (
            (drawn, {"seats": 5, "draws_at": yesterday}),
            (wished, {"seats": 12, "draws_at": self._day(9, 3)}),
            (direct, {"seats": 4, "kept_until": self._day(9, 10)}),
        )
        opened = {session.pk: commands.open_workshop(session, **count, **more, **self._by_team(when)) for session, more in plan}
        self._sign_up([opened[one.pk] for one in (drawn, wished)], opened[direct.pk], when + timedelta(days=1))
        commands.draw_workshops(self.event, seed="nec2018-ateliers", actor=self.farid, at=yesterday)

    def _sign_up(self, to_draw: list[Workshop], direct: Workshop, when: datetime) -> None:
        both = [day.isoformat() for day in self.event.days]
        named = Seat.objects.filter(booking__event=self.event, booking__state=Booking.State.CONFIRMED, days=both)
        seats = list(named.exclude(holder_name="").select_related("booking").order_by("pk")[:9])
        for n, seat in enumerate(seats):
            actor, moment = self._holder(seat), when + timedelta(hours=n)
            wishes = to_draw if n % 3 else to_draw[:1]
            commands.wish_for(seat, wishes, has_priority=n == 4, actor=actor, at=moment)
            if n % 3 != 2:
                commands.sign_up(direct, seat, has_priority=n == 1, actor=actor, at=moment)

    def _paid(self, wishes: list[SeatWish], when: datetime, **more: object) -> Booking:
        """Booked, and paid by a transfer that came four days later, or this morning."""
        booking = self._book(wishes, when, **more)
        if booking.state == Booking.State.HELD:
            seen = min(when + timedelta(days=4), self.at - timedelta(hours=6))
            receive_transfer(booking, amount_cents=booking.total_cents, received_at=seen, actor=self.farid, at=seen)
            booking.refresh_from_db()
        return booking

    def _book(self, wishes: list[SeatWish], when: datetime, **more: object) -> Booking:
        name = self._name()
        email = self._address(name)
        first = replace(wishes[0], holder_name=name, holder_email=email)
        asked = {"payment_method": "transfer", "language": "fr", "structure": "", **more}
        seats = wishes if len(wishes) > 4 else [first, *wishes[1:]]
        return commands.book_passes(self.event, buyer_name=name, email=email, seats=seats, actor=VISITOR, at=when, **asked)

    def _name(self) -> str:
        n = next(self.people)
        name = NAMES[n % len(NAMES)]
        return name if n < len(NAMES) else f"{name.split(maxsplit=1)[0]} {NAMES[(n * 5 + 3) % len(NAMES)].split(maxsplit=1)[1]}"

    def _address(self, name: str) -> str:
        plain = name.lower().translate(str.maketrans("éèëçïô ’", "eeecio.."))
        return f"{plain}@exemple.example"

    def _holder(self, seat: Seat) -> Actor:
        return Actor(links=frozenset({(SEAT_LINK, seat.code)}))

    def _kind(self, slug: str) -> PassType:
        return self.event.pass_types.get(slug=slug)

    def _day(self, month: int, day: int) -> datetime:
        return datetime.combine(self.event.starts_on.replace(month=month, day=day), time(23, 59, 59), tzinfo=self.event.zone)
