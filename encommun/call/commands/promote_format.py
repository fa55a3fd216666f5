"""Make a format of the call out of what somebody described in her own words."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from encommun.call.commands.compose_call import FormatText, write_format
from encommun.call.commands.save_draft import keep_revision
from encommun.call.content import NAMES, Content
from encommun.call.models import Format, Proposal
from encommun.call.refusals import NotDescribed
from encommun.call.rules import may_choose
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record


@transaction.atomic
def promote_format(proposal: Proposal, text: FormatText, *, actor: Actor, at: datetime) -> Format:
    """Add the format; this proposal, and published ones described in the same words, take it: their history says so.

    Raises:
        NotAllowed: the actor does not choose here.
        NotDescribed: the proposal is not in a format described by its authors.
        NoCall, WrongDates: as ``write_format``.
    """
    event = proposal.event
    require(may_choose(actor, event))
    words = clean_line(proposal.format_described).casefold()
    if not words or proposal.format is None or not proposal.format.is_free or proposal.state != Proposal.State.PUBLISHED:
        raise NotDescribed()
    made = write_format(event, replace(text, is_free=False), actor=actor, at=at)
    described = Proposal.objects.select_for_update().filter(event=event, state=Proposal.State.PUBLISHED, format__is_free=True)
    for one in described.exclude(format_described=""):
        if one.format_described.casefold() != words:
            continue
        one.event = event
        content = replace(Content.of(one), format=made.slug, format_described="")
        content.put_on(one)
        one.version, one.saved_at = one.version + 1, at
        one.save(update_fields=[*NAMES, "version", "saved_at"])
        changed = ["format", "format_described"]
        keep_revision(one, content, actor=actor, at=at, changed=changed)
        facts = {"version": one.version, "changed": changed}
        record("call.proposal_edited", actor=actor, at=at, event_id=event.pk, about=one, public=True, **facts)
    return made
