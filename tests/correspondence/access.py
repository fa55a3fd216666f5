"""Who may reach the letters to groups."""

from encommun.correspondence.commands import ReminderText, save_template, set_reminder, write_group_letter
from encommun.correspondence.models import GroupLetter, LetterTemplate, Reminder
from encommun.mailing.commands import write_words
from encommun.mailing.models import Letter
from tests.access import Row
from tests.cast import NOW

WRITERS = ("coordination", "programme", "registration", "commons")
NEC = {"event": "nec-2018"}
WORDS = {"subject": {"fr": "Bonjour {nom}"}, "body": {"fr": "Voici vos liens :\n\n{liens}"}}


def of_event(_cast):
    return dict(NEC)


def a_letter(cast, **more):
    made = GroupLetter.objects.filter(event=cast.event).first()
    made = made or write_group_letter(cast.event, segment="drafts", **WORDS, actor=cast.actor("aya"), at=NOW)
    return NEC | {"code": made.code} | more


def elsewhere(cast):
    return {"event": cast.other.slug, "code": a_letter(cast)["code"]}


def a_group(slug):
    return lambda _cast: NEC | {"segment": slug}


def a_model(cast):
    made = LetterTemplate.objects.filter(event=cast.event).first()
    return NEC | {"number": (made or save_template(cast.event, name="Merci", **WORDS, actor=cast.actor("aya"), at=NOW)).pk}


def a_reminder(cast):
    text = ReminderText(segment="drafts", anchor="call_closes", days=-3, **WORDS)
    made = Reminder.objects.filter(event=cast.event).first()
    return NEC | {"number": (made or set_reminder(cast.event, text, actor=cast.actor("aya"), at=NOW)).pk}


def a_sent_letter(cast):
    write_words("x.y", subject="S", body="B", to="x@y.example", language="fr", at=NOW, dedupe="walk", event_id=cast.event.pk)
    return NEC | {"number": Letter.objects.get(dedupe="x.y:walk").pk}


def that_letter_elsewhere(cast):
    return a_sent_letter(cast) | {"event": cast.other.slug}


PROGRAMME = ("coordination", "programme")

ACCESS = {
    "correspondence:letters": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:new": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:letter": Row(allowed=PROGRAMME, kwargs=a_letter, foreign=elsewhere),
    "correspondence:release": Row(allowed=PROGRAMME, kwargs=a_letter, method="POST", foreign=elsewhere),
    "correspondence:drop": Row(allowed=PROGRAMME, kwargs=a_letter, method="POST", foreign=elsewhere),
    "correspondence:people": Row(allowed=PROGRAMME, kwargs=a_group("drafts")),
    "correspondence:people_file": Row(allowed=("coordination", "registration"), kwargs=a_group("holders")),
    "correspondence:outbox": Row(allowed=("coordination",), kwargs=of_event),
    "correspondence:outbox_letter": Row(allowed=("coordination",), kwargs=a_sent_letter, foreign=that_letter_elsewhere),
    "correspondence:templates": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:new_template": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:template": Row(allowed=WRITERS, kwargs=a_model),
    "correspondence:remove_template": Row(allowed=WRITERS, kwargs=a_model, method="POST"),
    "correspondence:reminders": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:new_reminder": Row(allowed=WRITERS, kwargs=of_event),
    "correspondence:reminder": Row(allowed=PROGRAMME, kwargs=a_reminder),
    "correspondence:remove_reminder": Row(allowed=PROGRAMME, kwargs=a_reminder, method="POST"),
}
