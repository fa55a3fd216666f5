"""What the programme holds about people: who takes part in a session, and how readers see her named."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.foundation.actor import SYSTEM
from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.journal.commands import record
from encommun.programme.models import Part, PublishedPerson

PROPOSAL_LINK = "call.proposal"  # the purpose of the secret link that an author without account holds


def _about(subject: Subject) -> Q:
    mine = Q(email__in=subject.emails - {""})
    return mine | Q(account_id=subject.account_id) if subject.account_id is not None else mine


def _parts(subject: Subject) -> QuerySet[Part]:
    """Her parts: by account, by address, and in the session made of the proposal whose link she holds."""
    codes = [code for purpose, code in subject.links if purpose == PROPOSAL_LINK]
    by_link = Q(session__proposal__code__in=codes) & ~Q(email="")
    return Part.objects.filter(_about(subject) | by_link)


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
    }


def erase_parts(subject: Subject, *, at: datetime) -> list[Kept]:
    """The session keeps a part without anybody: no name, no address."""
    _parts(subject).update(account=None, email="", name="", structure_name="", name_is_public=False)
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
]
