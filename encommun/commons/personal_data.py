"""What this package holds about people: credits, note takers, and who saved which version."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.commons.models import Credit, NoteRevision, NoteTaker
from encommun.foundation.holdings import Holding, Kept, Subject


def _hers(subject: Subject) -> Q:
    where = Q(email__in=subject.emails) & ~Q(email="")
    return where | Q(account_id=subject.account_id) if subject.account_id is not None else where


def _credits(subject: Subject) -> Iterable[Credit]:
    return Credit.objects.filter(_hers(subject)).select_related("resource__event").order_by("id")


def _takers(subject: Subject) -> Iterable[NoteTaker]:
    return NoteTaker.objects.filter(_hers(subject)).select_related("note__session").order_by("id")


def _revisions(subject: Subject) -> Iterable[NoteRevision]:
    if subject.account_id is None:
        return NoteRevision.objects.none()
    mine = NoteRevision.objects.filter(actor=f"account:{subject.account_id}")
    return mine.select_related("note__session").order_by("id")


def _erase_credits(subject: Subject, *, at: datetime) -> list[Kept]:
    Credit.objects.filter(_hers(subject)).delete()
    return []


def _erase_takers(subject: Subject, *, at: datetime) -> list[Kept]:
    NoteTaker.objects.filter(_hers(subject)).delete()
    return []


def _unname_revisions(subject: Subject, *, at: datetime) -> list[Kept]:
    if subject.account_id is not None:
        NoteRevision.objects.filter(actor=f"account:{subject.account_id}").update(actor="erased")
    return []


def _export_revision(revision: NoteRevision) -> dict[str, Any]:
    return {
        "session": revision.note.session.code,
        "version": revision.version,
        "at": revision.at.isoformat(),
        "text": revision.text,
    }


HOLDINGS = [
    Holding(
        model="commons.Credit",
        fields={
            "name": _("to be named as author, by consent"),
            "structure_name": _("to say where the author works, by consent"),
            "email": _("to find the credit again; never shown"),
            "account": _("to find the credit again when you are signed in"),
        },
        purpose=_("Name the authors of published resources"),
        basis="6.1.a",
        keeps=_("as long as the resource, or until the consent is withdrawn"),
        find=_credits,
        export=lambda credit: {
            "resource": credit.resource.code,
            "title": credit.resource.title,
            "name": credit.name,
            "structure": credit.structure_name,
            "part": credit.part,
        },
        erase=_erase_credits,
        heading=_("Your resources"),
        title=lambda credit: credit.resource.title,
        address=lambda credit: reverse("commons:resource", args=[credit.resource.event.slug, credit.resource.code]),
    ),
    Holding(
        model="commons.NoteTaker",
        fields={
            "name": _("to be named as note taker, at one's own request"),
            "email": _("to find the request again; never shown"),
            "account": _("to find the request again when you are signed in"),
        },
        purpose=_("Name those who took notes"),
        basis="6.1.a",
        keeps=_("as long as the notes, or until the consent is withdrawn"),
        find=_takers,
        export=lambda taker: {"session": taker.note.session.code, "name": taker.name, "asked_at": taker.asked_at.isoformat()},
        erase=_erase_takers,
    ),
    Holding(
        model="commons.NoteRevision",
        fields={"actor": _("the reference of the account that saved a version of the notes")},
        purpose=_("Lose no text, and know what changed"),
        basis="6.1.f",
        keeps=_("as long as the notes"),
        find=_revisions,
        export=_export_revision,
        erase=_unname_revisions,
    ),
]
