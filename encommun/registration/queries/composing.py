"""What the team has composed, and what is still wanting before the opening."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.registration.models import Booking, PassType, Question, Quota, Terms
from encommun.registration.rules import keeps_registration, pass_days
from encommun.registration.ways import ways_to_pay
from encommun.ui.dates import short_day


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing to look at before opening: whether it holds, in a sentence, and where it is changed."""

    holds: bool
    sentence: str
    address: str
    is_needed: bool = True


@dataclass(frozen=True, kw_only=True)
class Composed:
    """Everything composed for an event."""

    kinds: list[PassType]
    quotas: list[Quota]
    questions: list[Question]
    terms: Terms | None
    points: list[Point]

    @property
    def is_ready(self) -> bool:
        return all(point.holds for point in self.points if point.is_needed)

    @property
    def is_test(self) -> bool:
        return any(kind.is_test for kind in self.kinds)

    @property
    def more_quotas(self) -> list[Quota]:
        """Those beside the days."""
        return [quota for quota in self.quotas if quota.kind != Quota.Kind.DAY]

    @property
    def day_quotas(self) -> list[Quota]:
        return [quota for quota in self.quotas if quota.kind == Quota.Kind.DAY]


def composed_of(actor: Actor, event: Event, at: datetime) -> Composed:
    """Passes, quotas, questions and conditions of an event, with the checklist. Six statements.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    kinds, quotas = list(event.pass_types.all()), list(Quota.objects.filter(event=event).select_related("venue"))
    questions = list(Question.objects.filter(event=event, withdrawn_at=None))
    terms = Terms.objects.filter(event=event).first()
    points = list(_points(event, kinds, quotas, questions, terms))
    return Composed(kinds=kinds, quotas=quotas, questions=questions, terms=terms, points=points)


def _points(event: Event, kinds: list[PassType], quotas: list[Quota], questions: list[Question], terms: Terms | None):
    def to(name: str, *more: object) -> str:
        return reverse(f"registration:{name}", args=[event.slug, *more])

    sold = [kind for kind in kinds if kind.offered != PassType.Offered.CONTRIBUTORS]
    yield Point(holds=bool(sold), sentence=_("There is at least one pass to book."), address=to("team_pass_new"))
    words = all(kind.name.get("en") for kind in kinds) and all(question.label.get("en") for question in questions)
    yield Point(
        holds=words,
        sentence=_("Passes and questions have their words in both languages."),
        address=to("team_compose"),
        is_needed=False,
    )
    sizes = {quota.day: quota.size for quota in quotas if quota.kind == Quota.Kind.DAY}
    given = {day for kind in kinds if kind.counts_in_quotas for day in pass_days(kind, event)}
    empty = [day for day in sorted(given) if not sizes.get(day)]
    sentence = _("Every day has its places.")
    if empty:
        sentence = _("No place yet on {day}: say how many there are.").format(day=short_day(empty[0]))
    yield Point(
        holds=not empty, sentence=sentence, address=to("team_resize", empty[0].isoformat()) if empty else to("team_compose")
    )
    late = [kind for kind in sold if kind.on_sale_from.astimezone(event.zone).date() > event.ends_on]
    yield Point(
        holds=not late,
        sentence=_("Passes are on sale before the gathering is over."),
        address=to("team_pass", late[0].slug) if late else to("team_compose"),
    )
    asks_money = any(kind.price_cents or kind.high_cents for kind in sold)
    ways = ways_to_pay(event)
    paid = bool(set(ways) - {"transfer"}) or ("transfer" in ways and getattr(event, "transfer_account", None) is not None)
    yield Point(
        holds=paid or not asks_money,
        sentence=_("People can pay: by card, or on an account for transfers."),
        address=reverse("payment:account", args=[event.slug]),
    )
    yield Point(holds=terms is not None, sentence=_("The conditions of change and refund are set."), address=to("team_terms"))
    yield Point(
        holds=Booking.objects.filter(event=event).exists(),
        sentence=_("Somebody of the team has tried to book, from the first page to the ticket."),
        address=to("team_compose"),
        is_needed=False,
    )


def pass_composed(actor: Actor, event: Event, slug: str) -> PassType:
    """A kind of pass, for the team.

    Raises:
        NotAllowed, NotFound
    """
    require(keeps_registration(actor, event.pk))
    found = event.pass_types.filter(slug=slug).first()
    if found is None:
        raise NotFound()
    return found


def quota_composed(actor: Actor, event: Event, pk: int) -> Quota:
    """A quota beside those of the days, for the team.

    Raises:
        NotAllowed, NotFound
    """
    require(keeps_registration(actor, event.pk))
    found = Quota.objects.filter(event=event, pk=pk).exclude(kind=Quota.Kind.DAY).first()
    if found is None:
        raise NotFound()
    return found


def question_composed(actor: Actor, event: Event, pk: int) -> Question:
    """A question that is asked, for the team.

    Raises:
        NotAllowed, NotFound
    """
    require(keeps_registration(actor, event.pk))
    found = Question.objects.select_related("event").filter(event=event, pk=pk, withdrawn_at=None).first()
    if found is None:
        raise NotFound()
    return found


def questions_of(event: Event, pass_type: PassType) -> list[Question]:
    """What holders of a kind of pass are asked."""
    return [one for one in Question.objects.filter(event=event, withdrawn_at=None) if one.is_for(pass_type.number)]


def terms_of(event: Event) -> Terms | None:
    """The conditions of an event, if its team set them."""
    return Terms.objects.filter(event=event).first()
