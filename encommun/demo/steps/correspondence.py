"""Letters to groups in the demo: a model, two reminders, a letter to be read again."""

from datetime import datetime
from typing import Any

from encommun.correspondence.commands import ReminderText, save_template, set_reminder, write_group_letter
from encommun.events.models import Event
from encommun.events.queries import actor_of

DRAFTS = {
    "subject": {"fr": "Plus que trois jours pour publier votre proposition", "en": "Three days left to publish your proposal"},
    "body": {
        "fr": "Bonjour {nom},\n\nL’appel de {evenement} se termine dans trois jours et votre brouillon vous attend. "
        "Deux champs suffisent ; vous pourrez encore tout changer après l’avoir publié.\n\n{liens}\n\nUne question ? "
        "Répondez-nous, une personne vous lira.",
        "en": "Hello {name},\n\nThe call of {event} ends in three days and your draft is waiting. "
        "Two fields are enough; you can still change everything once it is published.\n\n{links}\n\nA question? Write to us: "
        "a person reads you.",
    },
}
PRACTICAL = {
    "subject": {"fr": "Dans une semaine : venir à {evenement}", "en": "In one week: coming to {event}"},
    "body": {
        "fr": "Bonjour {nom},\n\nNous nous retrouvons dans une semaine à Nantes. Votre pass est ici, avec le programme à jour :\n\n{liens}\n\n"
        "Les deux lieux sont à un quart d’heure à pied l’un de l’autre. Besoin d’un accès particulier, d’une boucle "
        "magnétique, d’un lieu calme ? Dites-le-nous dès maintenant.\n\nBonne route,",
        "en": "Hello {name},\n\nWe meet in one week in Nantes. Your pass is here, with the programme of today:\n\n{links}\n\n"
        "The two venues are a fifteen minute walk apart. Do you need step-free access, a hearing loop, a quiet place? "
        "Tell us now.\n\nSafe travels,",
    },
}
THANKS = {
    "subject": {"fr": "Merci d’avoir proposé quelque chose à {evenement}"},
    "body": {
        "fr": "Bonjour {nom},\n\nMerci d’avoir pris le temps de proposer. L’équipe lit toutes les propositions et répond à "
        "chacune, avec ses raisons, après la fin de l’appel.\n\nD’ici là, la page de votre proposition est ouverte aux "
        "messages et aux coups de main :\n\n{liens}"
    },
}


def build(event: Event, accounts: dict[str, Any], at: datetime) -> None:
    """What the team of NEC 2018 prepared by 2 July."""
    aya = actor_of(accounts["aya"])
    set_reminder(event, ReminderText(segment="drafts", anchor="call_closes", days=-3, **DRAFTS), actor=aya, at=at)
    set_reminder(event, ReminderText(segment="holders", anchor="begins", days=-7, **PRACTICAL), actor=aya, at=at)
    save_template(event, name="Merci d’avoir proposé", actor=aya, at=at, **THANKS)
    write_group_letter(event, segment="authors", actor=aya, at=at, **THANKS)
