"""How proposals are told in words, on every page that shows them."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from encommun.call.differences import differences
from encommun.call.models import Decision, Proposal
from encommun.call.rules import decision_of, released_decision
from encommun.foundation.text import typography
from encommun.places.models import Equipment, Layout

register = template.Library()


@register.simple_tag
def authors_of(proposal: Proposal) -> str:
    """Those who consented by their names and structures; the others are «a person»."""
    names = [
        ", ".join(filter(None, (author.name, author.structure_name))) if author.name_is_public else _("a person")
        for author in proposal.authors.all()
    ]
    return " · ".join(names or [_("a person")])


@register.inclusion_tag("call/difference.html")
def difference(before: Any, after: Any) -> dict[str, Any]:
    """Two texts as one, with what goes and what comes marked by signs, by words for screen readers, and by colour."""
    return {"pieces": differences(before, after)}


@register.simple_tag
def answers_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The public answers to the team's questions, in words."""
    if not proposal.answers:
        return []
    asked = proposal.event.questions.filter(is_public=True)
    return [(str(one), one.in_words(proposal.answers[one.code])) for one in asked if one.code in proposal.answers]


@register.simple_tag
def needs_of(proposal: Proposal) -> list[str]:
    """What it ticked among equipment and ways of sitting, in words."""
    labels, seats = dict(Equipment.choices), dict(Layout.choices)
    sitting = [_("people {seats}").format(seats=seats[proposal.layout])] if proposal.layout in seats else []
    return [*(str(labels[one]) for one in proposal.equipment if one in labels), *sitting]


@register.simple_tag
def named_of(proposal: Proposal) -> list[tuple[str, str]]:
    """Each author as readers may know her, with her part."""
    return [
        (
            ", ".join(filter(None, (author.name, author.structure_name))) if author.name_is_public else _("a person"),
            author.get_part_display(),
        )
        for author in proposal.authors.all()
    ]


@register.filter
def format_name(proposal: Proposal) -> str:
    """The format, or its description when it is a free one."""
    if proposal.format is None:
        return ""
    return proposal.format_described if proposal.format.is_free and proposal.format_described else str(proposal.format)


@register.simple_tag
def standing(proposal: Proposal) -> str:
    """What the team answered, in public words; nothing until answers are released."""
    decision = released_decision(proposal)
    if decision is None:
        return ""
    if decision.answer == Decision.Answer.ACCEPTED and decision.is_a_place:
        return _("Confirmed by its authors")
    if decision.answer == Decision.Answer.DECLINED:
        return _("Declined by its authors")
    return _("Offered a place") if decision.is_a_place else str(decision.get_outcome_display())


@register.simple_tag
def team_standing(proposal: Proposal) -> str:
    """Where a proposal stands, for the team."""
    decision = decision_of(proposal)
    if proposal.state == Proposal.State.WITHDRAWN:
        return _("Withdrawn by its authors")
    if decision is None:
        return _("To answer")
    words = str(decision.get_outcome_display())
    if decision.released_at is None:
        return typography(_("{answer} (ready, not sent)").format(answer=words))
    if decision.answer:
        return f"{words} · {decision.get_answer_display()}"
    return typography(_("{answer} (sent)").format(answer=words))


@register.simple_tag
def session_of(proposal: Proposal) -> str:
    """The code of the session made from it, if there is one («programme» is above this package: asked by the relation)."""
    session: Any = getattr(proposal, "session", None)
    return session.code if session is not None else ""
