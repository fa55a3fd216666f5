"""Published proposals as JSON."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from encommun.call.anonymity import as_everyone_sees, one_as_everyone_sees
from encommun.call.models import Proposal
from encommun.call.queries import lineage_of, public_proposal, public_proposals, where_it_went
from encommun.events.pages import event_of
from encommun.ui.api import After, Code, Limit, Page, Slug, open_read, page_of, problems

router = Router(tags=["Proposals"], auth=None)


class AuthorAnswer(Schema):
    name: str
    structure: str
    part: str


class LineageAnswer(Schema):
    """Codes of the proposals that it comes from, and of those that came out of it."""

    merged_from: list[str]
    split_from: str | None
    split_into: list[str]


class ProposalAnswer(Schema):
    code: str
    title: str
    intention: str
    axis: str | None
    format: str | None
    format_described: str
    minutes: int | None
    participants_do: str
    participants_leave_with: str
    needs: str
    equipment: list[str]
    layout: str
    licence: str
    materials_licence: str
    recording: str
    language: str
    published_at: datetime
    authors: list[AuthorAnswer]

    @staticmethod
    def resolve_axis(proposal: Proposal) -> str | None:
        return proposal.axis.slug if proposal.axis else None

    @staticmethod
    def resolve_format(proposal: Proposal) -> str | None:
        return proposal.format.slug if proposal.format else None

    @staticmethod
    def resolve_authors(proposal: Proposal) -> list[dict[str, str]]:
        """Those who agreed to be named."""
        return [
            {"name": author.name, "structure": author.structure_name, "part": author.part}
            for author in proposal.authors.all()
            if author.name_is_public and author.name
        ]


@router.get("/{event}/proposals", response={200: Page[ProposalAnswer], **problems(404, 422)}, summary="Published proposals")
@open_read("after", "limit")
def list_proposals(request: HttpRequest, event: Slug, after: After = "", limit: Limit = 50) -> dict[str, object]:
    """The latest first. Authors are those who agreed to be named."""
    its_event = event_of(request, event)
    items, following = page_of(public_proposals(its_event), after=after, limit=limit, latest_by="published_at")
    return {"items": as_everyone_sees(items, its_event), "next": following}


class WholeProposalAnswer(ProposalAnswer):
    """A proposal with its lineage."""

    lineage: LineageAnswer

    @staticmethod
    def resolve_lineage(proposal: Proposal) -> dict[str, object]:
        """Where it comes from."""
        found = lineage_of(proposal)
        return {
            "merged_from": [one.code for one in found.merged_from],
            "split_from": found.split_from.code if found.split_from else None,
            "split_into": [one.code for one in found.split_into],
        }


@router.get("/{event}/proposals/{code}", response={200: WholeProposalAnswer, **problems(404, 422)}, summary="A proposal")
@open_read()
def get_proposal(request: HttpRequest, event: Slug, code: Code) -> Proposal:
    """One published proposal, by its code. The code of one that was merged gives the one that it became."""
    found = event_of(request, event)
    there = where_it_went(found, code)
    return one_as_everyone_sees(public_proposal(found, there.code if there is not None else code))
