"""What people say in the demo: messages, interests, an open committee, readings by criteria, a vote closed and a vote open."""

from datetime import date, datetime, time, timedelta

from django.utils import translation

from encommun.call import commands as call
from encommun.call.models import Assignment, Proposal
from encommun.call.rules import LINK
from encommun.call.topics import topic_of_proposal
from encommun.deliberation import commands
from encommun.deliberation.models import Comment
from encommun.deliberation.rules import COMMENT_LINK
from encommun.demo.cast import make_account
from encommun.demo.names import Member as Person
from encommun.events.models import Event
from encommun.events.queries import actor_of
from encommun.foundation.actor import Actor
from encommun.people.models import Account

#: Who wrote, about which proposal, when; an answer is indented by the message that it follows.
SAID = [
    (
        "La médiathèque ouverte le dimanche",
        [
            (
                "Maëlle Perrin",
                (6, 20),
                "Chez nous, ouvrir le dimanche a tenu six mois, puis les bénévoles se sont fatigués. "
                "Pourriez-vous parler de ce qui fait qu’une équipe d’habitants dure ?",
                [
                    (
                        "author",
                        (6, 21),
                        "Oui, c’est tout le sujet ! Nous viendrons avec nos plannings des deux dernières années, même les mauvais.",
                    ),
                    (
                        "Yann Le Dantec",
                        (6, 21),
                        "Je peux apporter le règlement que nous avons écrit avec les habitants de Redon : il tient sur une page.",
                    ),
                ],
            ),
            (
                "",
                (6, 25),
                "Et les assurances ? C’est la première question de notre direction générale, et nous n’avons pas de réponse.",
                [],
            ),
        ],
    ),
    (
        "Une borne d’écoute",
        [
            (
                "Sofia Marchetti",
                (6, 28),
                "Nous avons monté une borne avec des lycéens : le plus long n’est pas de souder, c’est de faire parler. "
                "Un temps d’écoute en petit groupe aiderait.",
                [("author", (6, 29), "Bonne idée, nous coupons la première demi-heure en deux pour cela. Merci !")],
            ),
            (
                "Rémi Castel",
                (6, 30),
                "Le plan de la borne est-il publié quelque part ? Nous aimerions la refaire à Saint-Brieuc.",
                [],
            ),
        ],
    ),
    (
        "Portabilité : repartir",
        [
            ("Croissance 360", (6, 26), "Augmentez vos ventes avec notre solution ! Contactez-nous dès maintenant.", []),
            (
                "Odile Vasseur",
                (6, 27),
                "Je ne vois pas encore ce que cela change à l’accueil d’une mairie. Un exemple, un seul, serait bienvenu.",
                [],
            ),
        ],
    ),
    (
        "L’État dans les communs",
        [
            (
                "Karim Belhadj",
                (6, 29),
                "Partenaire, client ou propriétaire : et si on le demandait aux personnes qui signent les marchés ? "
                "J’en connais deux qui viendraient.",
                [],
            ),
        ],
    ),
]
WAITS = ("Un dictionnaire des mots", "Jeanne Morvan", "Nos usagers disent « le petit dessin de la disquette » : il faut l’ajouter.")

#: Those of the open committee: name, address, structure of their request, whether the name is public.
COMMITTEE = [
    ("Nolwenn Guéguen", "nolwenn@bibliotheque.example", "Bibliothécaire à Auray, je lis volontiers ce qui parle du rural.", True),
    ("Samir Toumi", "samir@tierslieu.example", "J’anime un tiers-lieu à Angers et j’ai relu l’appel de l’an passé.", True),
    ("Claire Dumont", "claire@mairie.example", "Élue au numérique d’une petite commune.", True),
    ("Ingrid Weber", "ingrid@association.example", "Médiatrice à Strasbourg : un regard d’ailleurs.", True),
    ("Paul Quéré", "paul@recherche.example", "Chercheur ; je préfère ne pas être nommé.", False),
]
ASKS = ("Lucas Ferreira", "lucas@coop.example", "Je voudrais aider à lire les propositions sur les données.")
RULES = {
    "fr": "Le comité lit toutes les propositions publiées et les discute en réunion ouverte.\n\n"
    "- Toute personne peut demander à le rejoindre ; l’équipe répond en une semaine.\n"
    "- Qui a un lien avec une proposition le dit d’un clic et ne la lit pas.\n"
    "- Une décision se prend à l’accord de tous ; à défaut, au jugement majoritaire.\n"
    "- Notes et décisions sont publiées, avec leurs raisons.",
    "en": "The committee reads every published proposal and talks about them in open meetings.\n\n"
    "- Anybody may ask to join; the team answers within a week.\n"
    "- Whoever is tied to a proposal says so with one click, and does not read it.\n"
    "- Decisions are taken when all agree; failing that, by majority judgment.\n"
    "- Notes and decisions are published, with their reasons.",
}
MEETINGS = [
    (
        (6, 8),
        "Première réunion : comment nous lisons",
        "Présents : cinq membres et l’équipe du programme.\n\n"
        "1. Trois critères suffisent : ce que les personnes présentes feront, ce qu’elles emporteront, ce que cela apporte aux autres.\n"
        "2. Chaque proposition a deux lectures au moins, par deux personnes de métiers différents.\n"
        "3. On ne classe pas : on répond à chacune, avec une raison.",
    ),
    (
        (6, 23),
        "Deuxième réunion : les trous du programme",
        "L’axe Données manque de propositions venues de petites communes. On le dit dans la lettre de juillet.\n\n"
        "Deux propositions se ressemblent sur l’ouverture des lieux : les autrices et auteurs sont invités à en parler ensemble.",
    ),
]
RESOLUTIONS = [
    (
        (6, 8),
        "Un tiers au moins des séances viendra de personnes qui proposent pour la première fois.",
        "Les trois dernières rencontres ont surtout entendu les mêmes voix. La question est posée, facultative, à chaque proposition.",
    ),
    (
        (6, 23),
        "Les conférences ne dépassent pas une séance sur cinq.",
        "La règle de l’appel est de favoriser le débat, l’échange et la construction à plusieurs.",
    ),
]
CRITERIA = [
    (
        ("Que feront les personnes présentes ?", "What will people do?"),
        ("Elles écouteront surtout", "Mostly listen"),
        ("Elles en discuteront", "Discuss it"),
        ("Elles feront quelque chose ensemble", "Make something together"),
    ),
    (
        ("Avec quoi repartiront-elles ?", "What will they leave with?"),
        ("Ce n’est pas dit", "It does not say"),
        ("Des idées", "Ideas"),
        ("Quelque chose à réutiliser dès lundi", "Something to use on Monday"),
    ),
    (
        ("Qu’est-ce que cela apporte à d’autres territoires ?", "What does it bring to other places?"),
        ("Un cas local", "One local case"),
        ("Un cas et ce qu’il apprend", "A case and its lesson"),
        ("Un commun que d’autres peuvent reprendre", "A commons that others can take up"),
    ),
]
METHOD = {
    "fr": "Deux personnes lisent chaque proposition, avec trois critères en mots et jamais de note. Le comité en parle, "
    "l’équipe répond à toutes, avec une raison.",
    "en": "Two people read each proposal, with three criteria in words and never a mark. The committee talks about them and "
    "the team answers every one, with a reason.",
}
VIEWS = [
    "On voit bien le déroulé, et la salle aura de quoi faire. À prévoir : quelqu’un pour les notes.",
    "Le sujet est juste ; il manque un exemple venu d’une petite structure.",
    "",
    "À rapprocher d’une autre proposition sur le même lieu ?",
]


def build(event: Event, accounts: dict[str, Account], at: datetime) -> None:
    """What was said, asked and decided by 2 July 2018."""
    with translation.override("fr"):
        _messages(event, actor_of(accounts["aya"]))
        _interests(event)
        hugo = actor_of(accounts["hugo"])
        members = _committee(event, hugo)
        _readings(event, hugo, members)
        _votes(event, hugo, members)


def _at(event: Event, day: tuple[int, int], hour: int) -> datetime:
    return datetime.combine(date(2018, *day), time(hour, 24), tzinfo=event.zone)


def _titled(event: Event, start: str) -> Proposal:
    found = Proposal.objects.prefetch_related("authors").get(event=event, title__startswith=start)
    found.event = event
    return found


def _address(name: str) -> str:
    first, *last = name.split()
    return f"{first}.{last[-1] if last else 'x'}@messages.example".lower().encode("ascii", "ignore").decode()


def _say(proposal: Proposal, name: str, on: tuple[int, int], words: str, *, hour: int, parent: Comment | None = None) -> Comment:
    topic = topic_of_proposal(proposal, proposal.event)
    at = _at(proposal.event, on, hour)
    author = proposal.authors.all()[0]
    who = (
        {"email": author.email, "name": author.name}
        if name == "author"
        else {"email": _address(name or "une personne"), "name": name}
    )
    said = commands.write_comment(topic, words=words, publish_name=bool(who["name"]), parent=parent, actor=Actor(), at=at, **who)
    links = {(COMMENT_LINK, said.code)}
    if name == "author":
        links.add((LINK, author.code))
    commands.confirm_comment(said, actor=Actor(links=frozenset(links)), at=at + timedelta(minutes=6))
    return Comment.objects.select_related("event").get(pk=said.pk)


def _messages(event: Event, aya: Actor) -> None:
    for title, talks in SAID:
        proposal = _titled(event, title)
        for n, (name, on, words, answers) in enumerate(talks):
            said = _say(proposal, name, on, words, hour=9 + n)
            for m, (who, when, text) in enumerate(answers):
                _say(proposal, who, when, text, hour=14 + m, parent=said)
    advert = Comment.objects.select_related("event").get(event=event, author_name="Croissance 360")
    commands.report_comment(advert, reason="advert", actor=Actor(), at=_at(event, (6, 26), 18))
    commands.remove_comment(advert, reason="advert", actor=aya, at=_at(event, (6, 26), 19))
    beside = Comment.objects.select_related("event").get(event=event, author_name="Odile Vasseur")
    commands.report_comment(
        beside, reason="attack", words="C’est un peu sec pour son autrice.", actor=Actor(), at=_at(event, (6, 29), 8)
    )
    commands.set_talk(event, "proposal", is_open=True, closes_at=None, reads_first=True, actor=aya, at=_at(event, (6, 27), 9))
    title, name, words = WAITS
    _say(_titled(event, title), name, (7, 1), words, hour=16)


def _interests(event: Event) -> None:
    """Eighty people say what they would come to: some of it clashes, which the builder is told."""
    proposals = list(Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).order_by("pk"))
    for n in range(80):
        at = _at(event, (6, 15), 8) + timedelta(hours=5 * n)
        open_then = [one for one in proposals if one.published_at < at]
        chosen = {open_then[(n * step + n // 7) % len(open_then)].pk: None for step in (1, 3, 7)[: 1 + n % 3]}
        for proposal in (one for one in open_then if one.pk in chosen):
            topic = topic_of_proposal(proposal, event)
            found = commands.be_interested(topic, email=f"personne{n}@interets.example", actor=Actor(), at=at)
            if n % 11:  # the others have not opened their letter yet
                commands.confirm_interest(found, actor=Actor(), at=at + timedelta(hours=1))


def _committee(event: Event, hugo: Actor) -> list[Actor]:
    began = _at(event, (5, 16), 9)
    commands.set_committee(event, rules=RULES, is_open=True, actor=hugo, at=began)
    members = []
    for n, (name, email, words, is_named) in enumerate(COMMITTEE):
        at = began + timedelta(days=n + 1)
        actor = actor_of(make_account(Person(name=name, email=email), at=at))
        asked = commands.ask_to_join(event, name=name, publish_name=is_named, words=words, actor=actor, at=at)
        commands.answer_request(asked, accepts=True, actor=hugo, at=at + timedelta(days=2))
        members.append(actor)
    name, email, words = ASKS
    asks = actor_of(make_account(Person(name=name, email=email), at=_at(event, (6, 30), 10)))
    commands.ask_to_join(event, name=name, publish_name=True, words=words, actor=asks, at=_at(event, (6, 30), 10))
    for on, title, notes in MEETINGS:
        commands.note_meeting(event, held_on=date(2018, *on), title=title, notes=notes, actor=hugo, at=_at(event, on, 19))
    for on, decision, reason in RESOLUTIONS:
        commands.note_resolution(
            event, decided_on=date(2018, *on), decision=decision, reason=reason, actor=hugo, at=_at(event, on, 20)
        )
    return members


def _readings(event: Event, hugo: Actor, members: list[Actor]) -> None:
    """What came after the second round is being read; some have given their view, one is too close to say."""
    when = _at(event, (6, 29), 12)
    for texts in CRITERIA:
        question, low, middle, high = ({"fr": french, "en": english} for french, english in texts)
        call.write_criterion(event, question=question, low=low, middle=middle, high=high, actor=hugo, at=when)
    call.set_choosing(event, phase="reading", is_anonymous=False, readers_each=2, method=METHOD, actor=hugo, at=when)
    call.assign_readers(event, how="load", actor=hugo, at=when + timedelta(hours=1))
    asked = Assignment.objects.filter(proposal__event=event, account_id__in=[one.account_id for one in members])
    by_account = {one.account_id: one for one in members}
    criteria = [str(pk) for pk in event.criteria.order_by("position").values_list("pk", flat=True)]
    rows = list(asked.select_related("proposal").order_by("proposal_id", "account_id"))
    for n, row in enumerate(rows):
        row.proposal.event = event
        reader = by_account[row.account_id]
        if n == 2:
            call.declare_conflict(row.proposal, actor=reader, at=when + timedelta(days=1))
        elif n % 3 != 1:
            levels = {key: 1 + (n + m) % 3 for m, key in enumerate(criteria)}
            call.write_review(
                row.proposal,
                levels=levels,
                words=VIEWS[n % len(VIEWS)],
                gives=n % 5 != 4,
                saved=0,
                actor=reader,
                at=when + timedelta(days=1, hours=n),
            )


def _votes(event: Event, hugo: Actor, members: list[Actor]) -> None:
    """One vote is over, one goes on."""
    published = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).order_by("published_at", "pk")
    codes = [one.code for one in published[:9]]
    asked = {"electorate": "committee", "kind": "proposal", "actor": hugo}
    began = _at(event, (6, 23), 12)
    over = commands.prepare_poll(
        event,
        title="La séance d’ouverture",
        question="Laquelle de ces propositions, donnée à tout le monde, dirait le mieux ce que la rencontre veut être ?",
        codes=codes[:4],
        closes_at=_at(event, (6, 28), 18),
        at=began,
        **asked,
    )
    commands.open_poll(over, actor=hugo, at=began)
    over.refresh_from_db()
    given = ((5, 3, 4, 1), (4, 4, 5, 2), (5, 2, 4, 0), (3, 4, 5, 1))
    for voter, grades in zip(members, given, strict=False):
        commands.cast_ballot(over, grades=dict(zip(codes, grades, strict=False)), actor=voter, at=began + timedelta(days=1))
    commands.close_poll(over, actor=hugo, at=_at(event, (6, 28), 19))
    going_on = commands.prepare_poll(
        event,
        title="Quatre propositions pour la soirée",
        question="Pour laquelle resteriez-vous le jeudi soir ?",
        codes=codes[4:8],
        closes_at=_at(event, (7, 9), 18),
        at=_at(event, (6, 29), 9),
        **asked,
    )
    commands.open_poll(going_on, actor=hugo, at=_at(event, (6, 29), 10))
    going_on.refresh_from_db()
    commands.cast_ballot(
        going_on, grades=dict(zip(codes[4:8], (4, 2, 5, 3), strict=True)), actor=members[0], at=_at(event, (6, 30), 10)
    )
