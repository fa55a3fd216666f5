"""What the programme holds about people: who takes part in a session, and how readers see her named."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.call.models import Author
from encommun.call.rules import LINK as AUTHOR_LINK
from encommun.foundation.actor import SYSTEM
from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.journal.commands import record
from encommun.programme.models import MyProgramme, OpenSubject, Part, PublishedPerson, ToldOfChanges


def _about(subject: Subject) -> Q:
    mine = Q(email__in=subject.emails - {""})
    return mine | Q(account_id=subject.account_id) if subject.account_id is not None else mine


def _parts(subject: Subject) -> QuerySet[Part]:
    """Her parts: by account, by address, and in the session made of the proposal of which she holds her own link as an author."""
    codes = [code for purpose, code in subject.links if purpose == AUTHOR_LINK]
    by_link = Exists(
        Author.objects.filter(code__in=codes, proposal=OuterRef("session__proposal"), email=OuterRef("email")).exclude(email="")
    )
    return Part.objects.filter(_about(subject) | Q(by_link))


def find_parts(subject: Subject) -> Iterable[Part]:
    """Where she takes part."""
    return _parts(subject).select_related("session__event").order_by("id")


def export_part(part: Part) -> dict[str, Any]:
    """Her part in a session."""
    return {
        "event": part.session.event.slug,
        "session": part.session.code,
        "title": part.session.title,
        "name": part.name,
        "email": part.email,
        "structure_name": part.structure_name,
        "part": part.kind,
        "name_is_public": part.name_is_public,
        "available": part.available,
        "wished": part.wished,
        "zone": part.zone,
    }


def erase_parts(subject: Subject, *, at: datetime) -> list[Kept]:
    """The session keeps a part without anybody: no name, no address."""
    nobody = {"account": None, "email": "", "name": "", "structure_name": "", "name_is_public": False}
    _parts(subject).update(**nobody, available=[], wished=[], zone="")
    return []


def find_published(subject: Subject) -> Iterable[PublishedPerson]:
    """Her public names, found by the same ways as her parts."""
    named = Exists(_parts(subject).filter(session__event=OuterRef("event"), email=OuterRef("email")).exclude(email=""))
    return PublishedPerson.objects.filter(_about(subject) | Q(named)).select_related("event").order_by("id")


def export_published(person: PublishedPerson) -> dict[str, Any]:
    """Her name as the published programme shows it."""
    return {"event": person.event.slug, "name": person.name, "email": person.email, "structure_name": person.structure_name}


@transaction.atomic
def erase_published(subject: Subject, *, at: datetime) -> list[Kept]:
    """Her name goes from every published version at once: versions hold numbers, not names."""
    for person in find_published(subject):
        record("programme.name_erased", actor=SYSTEM, at=at, event_id=person.event_id, about=person, public=True)
        person.delete()
    return []


def find_mine(subject: Subject) -> Iterable[MyProgramme]:
    """The sessions that she keeps for herself."""
    if subject.account_id is None:
        return MyProgramme.objects.none()
    return MyProgramme.objects.filter(account_id=subject.account_id).select_related("event").prefetch_related("sessions")


def export_mine(mine: MyProgramme) -> dict[str, Any]:
    """Her own programme of a gathering."""
    return {
        "event": mine.event.slug,
        "sessions": [one.code for one in mine.sessions.all()],
        "wants_letters": mine.wants_letters,
    }


def erase_mine(subject: Subject, *, at: datetime) -> list[Kept]:
    """Her own programmes go, and the links of their calendars with them."""
    MyProgramme.objects.filter(pk__in=[one.pk for one in find_mine(subject)]).delete()
    return []


def find_told(subject: Subject) -> Iterable[ToldOfChanges]:
    """What she was told of changes."""
    return ToldOfChanges.objects.filter(email__in=subject.emails - {""}).select_related("event").order_by("id")


def export_told(told: ToldOfChanges) -> dict[str, Any]:
    """When she was last told of changes of the programme."""
    return {"event": told.event.slug, "email": told.email, "version": told.number, "at": told.at.isoformat() if told.at else None}


def erase_told(subject: Subject, *, at: datetime) -> list[Kept]:
    """Nothing remains of it."""
    ToldOfChanges.objects.filter(email__in=subject.emails - {""}).delete()
    return []


def purge_told(*, at: datetime) -> int:
    """Two years after a gathering nobody is told of it any more."""
    return ToldOfChanges.objects.filter(event__ends_on__lt=(at - timedelta(days=730)).date()).delete()[0]


def find_subjects(subject: Subject) -> Iterable[OpenSubject]:
    """The subjects that she brought to open-space slots."""
    return OpenSubject.objects.filter(email__in=subject.emails - {""}).select_related("session__event").order_by("id")


def export_subject(brought: OpenSubject) -> dict[str, Any]:
    """A subject that she brought."""
    return {"title": brought.title, "host_name": brought.host_name, "session": brought.session.code, "email": brought.email}


def erase_subjects(subject: Subject, *, at: datetime) -> list[Kept]:
    """The subjects stay, without her name and address."""
    OpenSubject.objects.filter(email__in=subject.emails - {""}).update(host_name="", email="")
    return []


def purge_subjects(*, at: datetime) -> int:
    """Two years after a gathering nobody is named beside a subject any more."""
    named = OpenSubject.objects.exclude(host_name="", email="")
    return named.filter(session__event__ends_on__lt=(at - timedelta(days=730)).date()).update(host_name="", email="")


HOLDINGS = [
    # Public names first: they are found through her parts.
    Holding(
        model="programme.PublishedPerson",
        fields={
            "account": _("To find her name again when it must change or go."),
            "email": _("To find her name again when she has no account."),
            "name": _("The name that readers of the programme see."),
            "structure_name": _("The structure that readers of the programme see."),
        },
        purpose=_("Showing who takes part, in pages and open data, for those who agreed."),
        basis="6.1.a",
        keeps=_("Until she takes her agreement back: the name then goes from every version of the programme."),
        find=find_published,
        export=export_published,
        erase=erase_published,
    ),
    Holding(
        model="programme.Part",
        fields={
            "account": _("To recognise somebody who takes part in two sessions at once."),
            "email": _("To recognise her when she has no account, and to write to her about her session."),
            "name": _("To name her in the programme, if she agrees."),
            "structure_name": _("To say where she comes from, if she agrees."),
            "available": _("To place her session when she can be there."),
            "wished": _("To place her session when she would rather be there."),
            "zone": _("To place her session at a kind hour when she speaks from afar."),
        },
        purpose=_("Composing and holding the programme."),
        basis="6.1.b",
        keeps=_("Until she asks for it to be erased, or two years after the gathering."),
        find=find_parts,
        export=export_part,
        erase=erase_parts,
        also=("name_is_public",),
        heading=_("Your sessions"),
        title=lambda part: part.session.title,
        address=lambda part: reverse("programme:session", args=[part.session.event.slug, part.session.code]),
    ),
    Holding(
        model="programme.MyProgramme",
        fields={"account": _("To show her programme on each device where she signs in, and in her own calendar.")},
        purpose=_("Keeping the sessions that somebody chose for herself."),
        basis="6.1.b",
        keeps=_("Until she takes them away, or closes her account."),
        find=find_mine,
        export=export_mine,
        erase=erase_mine,
        also=("wants_letters",),
        heading=_("Your programmes"),
        title=lambda mine: mine.event.name,
        address=lambda mine: reverse("programme:mine", args=[mine.event.slug]),
    ),
    Holding(
        model="programme.OpenSubject",
        fields={
            "host_name": _("To say who welcomes people at the table, as she wants to be called."),
            "email": _("To find again what she brought when she asks for it."),
        },
        purpose=_("Filling an open-space slot on the day."),
        basis="6.1.a",
        keeps=_("Until two years after the gathering."),
        find=find_subjects,
        export=export_subject,
        erase=erase_subjects,
        purge=purge_subjects,
    ),
    Holding(
        model="programme.ToldOfChanges",
        fields={"email": _("To write at most once a day what changes for her in the programme.")},
        purpose=_("Telling those concerned what changes in the programme."),
        basis="6.1.b",
        keeps=_("Until two years after the gathering."),
        find=find_told,
        export=export_told,
        erase=erase_told,
        purge=purge_told,
    ),
]
