"""The demo's part of «call»: the call of NEC 2018, what people propose, and how far each proposal has gone."""

from datetime import date, datetime, time, timedelta

from django.utils import translation

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.models import Call, Proposal
from encommun.call.queries import ready_decisions
from encommun.call.reasons import READY_REASONS
from encommun.call.rules import HELP_LINK, INVITATION_LINK, LINK, SUGGESTION_LINK
from encommun.demo.proposals import CO_AUTHORS, HELP, MERGE, PROPOSED, SUGGESTED, WANTED, CoAuthor, Proposed
from encommun.events.models import Event
from encommun.events.queries import actor_of
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.clock import end_of_day, start_of_day
from encommun.people.models import Account

INSTRUCTION = {
    "fr": (
        "Atelier, débat, conférence ou forme à inventer : tout est possible, pourvu que la proposition laisse de la place à l’échange, "
        "au partage de savoirs et à la construction à plusieurs."
    ),
    "en": (
        "Workshop, debate, talk, or a form to invent: everything is possible, as long as the proposal leaves room for exchange, "
        "for sharing what we know and for building together."
    ),
}

FORMATS = [
    commands.FormatOffered(
        slug="atelier",
        name={"fr": "Atelier", "en": "Workshop"},
        purpose={"fr": "On fait ensemble, on repart avec quelque chose.", "en": "We make something together, and leave with it."},
        minutes=90,
    ),
    commands.FormatOffered(
        slug="debat",
        name={"fr": "Débat", "en": "Debate"},
        purpose={"fr": "Une question, et la salle autant que la tribune.", "en": "A question, and the room as much as the stage."},
        minutes=60,
    ),
    commands.FormatOffered(
        slug="conference",
        name={"fr": "Conférence", "en": "Talk"},
        purpose={
            "fr": "Un récit ou un savoir, puis la moitié du temps pour en parler.",
            "en": "A story, then half the time to discuss it.",
        },
        minutes=45,
    ),
    commands.FormatOffered(
        slug="table-ronde",
        name={"fr": "Table ronde", "en": "Round table"},
        purpose={
            "fr": "Plusieurs voix qui ne sont pas d’accord, sur un sujet précis.",
            "en": "Several voices that disagree, on one subject.",
        },
        minutes=75,
    ),
    commands.FormatOffered(
        slug="autre",
        name={"fr": "Autre, décrivez", "en": "Another one: describe it"},
        purpose={"fr": "Une promenade, un jeu, une émission de radio : inventez.", "en": "A walk, a game, a radio show: invent."},
        minutes=60,
        is_free=True,
    ),
]

#: Answers leave together, in two rounds: what began up to the day goes with the first.
FIRST_ROUND, SECOND_ROUND = date(2018, 6, 12), date(2018, 6, 25)


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """The call, and everything that is proposed by 2 July 2018."""
    with translation.override("fr"):
        _build(event, accounts)


def _build(event: Event, accounts: dict[str, Account]) -> None:
    open_the_call(event)
    made = [(proposed, _propose(event, accounts, proposed)) for proposed in PROPOSED]
    hugo = actor_of(accounts["hugo"])
    _build_together(event, hugo)
    for day in (FIRST_ROUND, SECOND_ROUND):
        _answer(event, hugo, made, day)
    _write_answers(hugo, [pair for pair in made if pair[0].stage == "ready"], _at(event, date(2018, 6, 29), 15))


def open_the_call(event: Event) -> Call:
    """The call as it was: from mid-May to 19 July 2018, in the last second of that day in Nantes."""
    opens_at = start_of_day(date(2018, 5, 14), event.zone)
    closes_at = end_of_day(date(2018, 7, 19), event.zone)
    return commands.open_call(
        event, instruction=INSTRUCTION, opens_at=opens_at, closes_at=closes_at, formats=FORMATS, actor=SYSTEM, at=opens_at
    )


def _at(event: Event, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 12), tzinfo=event.zone)


def _propose(event: Event, accounts: dict[str, Account], proposed: Proposed) -> Proposal:
    """Begin, save, publish three days later, change what was changed since; or stop where the proposal stopped."""
    began = date(2018, *proposed.began)
    account = next((account for account in accounts.values() if account.email == proposed.email), None)
    actor = actor_of(account) if account is not None else Actor()
    typed = {"title": proposed.title, "intention": proposed.intention, "email": proposed.email}
    proposal = commands.start_draft(event, **typed, language="fr", actor=actor, at=_at(event, began, 10))
    actor = actor if account is not None else author_of(proposal)
    content = _content(proposed)
    commands.save_draft(proposal, content, version=1, actor=actor, at=_at(event, began, 11))
    commands.introduce_author(
        proposal,
        name=proposed.name,
        structure_name=proposed.structure,
        publish_name=proposed.name_is_public,
        door="call:draft",
        actor=actor,
        at=_at(event, began, 11),
    )
    if proposed.stage == "draft":
        return proposal
    published = began + timedelta(days=3)
    commands.publish_proposal(proposal, version=proposal.version, actor=actor, at=_at(event, published, 9))
    for month, day, changes in proposed.edits:
        content = _content(proposed, content, changes)
        commands.edit_proposal(proposal, content, version=proposal.version, actor=actor, at=_at(event, date(2018, month, day), 17))
    if proposed.stage == "withdrawn":
        commands.withdraw_proposal(proposal, actor=actor, at=_at(event, published + timedelta(days=4), 14))
    return proposal


def _build_together(event: Event, hugo: Actor) -> None:
    """Co-authors, what proposals look for, help and words that wait for an answer, and a merge that was asked for."""
    for person in CO_AUTHORS:
        _join(event, _titled(event, person.title), person)
    for title, part, words, on in WANTED:
        proposal = _titled(event, title)
        commands.seek(proposal, part=part, words=words, actor=author_of(proposal), at=_at(event, date(2018, *on), 14))
    bruno = _titled(event, "Une borne d’écoute")
    for name, email, wanted, words in HELP:
        typed = {"email": email, "name": name, "part": "speaks", "words": words, "wanted": bruno.wanted.get(words=wanted)}
        help = commands.offer_help(bruno, **typed, actor=Actor(), at=_at(event, date(2018, 6, 29), 18))
        opened = Actor(links=frozenset({(HELP_LINK, help.code)}))
        commands.confirm_help(help, actor=opened, at=_at(event, date(2018, 6, 29), 19))
    for field, text, why, name, email in SUGGESTED:
        typed = {"field": field, "text": text, "words": why, "name": name, "email": email, "publish_name": True}
        made = commands.suggest_edit(bruno, **typed, actor=Actor(), at=_at(event, date(2018, 6, 30), 9))
        opened = Actor(links=frozenset({(SUGGESTION_LINK, made.code)}))
        commands.confirm_suggestion(made, actor=opened, at=_at(event, date(2018, 6, 30), 10))
    into, other, words = MERGE
    first, second = _titled(event, into), _titled(event, other)
    commands.say_close(first, second, reason=words, actor=Actor(), at=_at(event, date(2018, 6, 21), 8))
    commands.open_merge(first, second, words=words, actor=hugo, at=_at(event, date(2018, 6, 22), 11))


def _titled(event: Event, start: str) -> Proposal:
    found = Proposal.objects.get(event=event, title__startswith=start)
    found.event = event
    return found


def _join(event: Event, proposal: Proposal, person: CoAuthor) -> None:
    """Invited two days before, joined on the day, and named as she wishes."""
    on = date(2018, *person.on)
    asked = commands.invite_author(
        proposal, email=person.email, part=person.part, actor=author_of(proposal), at=_at(event, on - timedelta(days=2), 10)
    )
    opened = Actor(links=frozenset({(INVITATION_LINK, asked.code)}))
    author = commands.answer_invitation(asked, accepts=True, actor=opened, at=_at(event, on, 12))
    commands.introduce_author(
        _titled(event, person.title),
        name=person.name,
        structure_name=person.structure,
        publish_name=person.name_is_public,
        door="call:draft",
        actor=Actor(links=frozenset({(LINK, author.code)})),
        at=_at(event, on, 12),
    )


def author_of(proposal: Proposal, email: str = "") -> Actor:
    """Somebody who holds the secret link of an author: of the first, or of the one with that address."""
    authors = proposal.authors.filter(email=email) if email else proposal.authors.all()
    return Actor(links=frozenset({(LINK, authors[0].code)}))


def _content(proposed: Proposed, former: Content | None = None, changes: dict | None = None) -> Content:
    values = former.as_json() if former is not None else {}
    if former is None:
        values = {name: getattr(proposed, name) for name in ("title", "intention", "axis", "format", "needs", "licence")}
        values |= {"participants_do": proposed.do, "participants_leave_with": proposed.leave_with}
        values |= {"format_described": proposed.described, "minutes": proposed.minutes or None}
    names = {"leave_with": "participants_leave_with", "do": "participants_do"}
    return Content(**values | {names.get(name, name): value for name, value in (changes or {}).items()})


def _answer(event: Event, hugo: Actor, made: list[tuple[Proposed, Proposal]], day: date) -> None:
    """One round: answers are written, released together, then confirmed or declined within the week."""
    answered = ("confirmed", "waiting", "declined", "answered")
    since = FIRST_ROUND if day == SECOND_ROUND else date.min
    round_ = [
        (proposed, proposal)
        for proposed, proposal in made
        if proposed.stage in answered and since < proposal.published_at.date() <= day
    ]
    _write_answers(hugo, round_, _at(event, day - timedelta(days=1), 16))
    read = {decision.proposal.code: decision.decided_at.isoformat() for decision in ready_decisions(event)}
    commands.release_decisions(event, read=read, actor=hugo, at=_at(event, day, 18))
    for n, (proposed, proposal) in enumerate(round_):
        if proposed.stage not in ("confirmed", "declined"):
            continue
        author = author_of(proposal)
        moment = _at(event, day + timedelta(days=1 + n % 5), 9 + n % 9)
        commands.answer_offer(proposal, accepts=proposed.stage == "confirmed", actor=author, at=moment)


def _write_answers(hugo: Actor, made: list[tuple[Proposed, Proposal]], at: datetime) -> None:
    for proposed, proposal in made:
        said = {"outcome": proposed.outcome, "reason": str(READY_REASONS[proposed.reason]), "format": proposed.other_format}
        commands.decide(proposal, **said, actor=hugo, at=at)
