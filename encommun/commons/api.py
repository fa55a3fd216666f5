"""Published resources as JSON."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from encommun.commons.models import Resource
from encommun.commons.queries import address_of, resource_at, resources_to_read
from encommun.commons.queries.resources import name_people
from encommun.events.pages import event_of
from encommun.foundation.refusals import NotFound
from encommun.ui.api import After, Code, Limit, Page, Slug, open_read, page_of, problems

router = Router(tags=["Commons"], auth=None)


class CreditAnswer(Schema):
    name: str
    structure_name: str
    part: str


class ResourceAnswer(Schema):
    code: str
    title: str
    text: str
    licence: str
    language: str
    axis: str | None
    session: str | None
    proposal_code: str
    version: int
    published_at: datetime
    address: str
    credits: list[CreditAnswer]

    @staticmethod
    def resolve_axis(resource: Resource) -> str | None:
        return resource.axis.slug if resource.axis else None

    @staticmethod
    def resolve_session(resource: Resource) -> str | None:
        return resource.session.code if resource.session else None

    @staticmethod
    def resolve_address(resource: Resource) -> str:
        return address_of(resource)

    @staticmethod
    def resolve_credits(resource: Resource) -> list[object]:
        """Those who agree to be named."""
        return resource.named


@router.get("/{event}/resources", response={200: Page[ResourceAnswer], **problems(404, 422)}, summary="Published resources")
@open_read("after", "limit")
def list_resources(request: HttpRequest, event: Slug, after: After = "", limit: Limit = 20) -> dict[str, object]:
    """The latest first, each whole: its text in Markdown, its licence, who made it, where it comes from."""
    items, following = page_of(resources_to_read(event_of(request, event)), after=after, limit=limit, latest_by="published_at")
    name_people(items)
    return {"items": items, "next": following}


@router.get("/{event}/resources/{code}", response={200: ResourceAnswer, **problems(404, 422)}, summary="A resource")
@open_read()
def get_resource(request: HttpRequest, event: Slug, code: Code) -> Resource:
    """One resource, by its code."""
    resource = resource_at(event_of(request, event), code)
    if resource.withdrawn_at is not None:
        raise NotFound()
    return resource
