"""The description of the API: OpenAPI for programs, a plain page for people."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from encommun.api.assembly import api
from encommun.api.reference import chapters
from encommun.events.keys import Key, KeyOrNobody
from encommun.foundation.refusals import NotFound
from encommun.ui.public_pages import public_page


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document as plain JSON types."""
    found = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    # «With a key or without» is written in OpenAPI as a choice between the scheme and nothing.
    found["components"]["securitySchemes"].pop(KeyOrNobody.__name__)
    for methods in found["paths"].values():
        for operation in methods.values():
            if {KeyOrNobody.__name__: []} in operation.get("security", ()):
                operation["security"] = [{Key.__name__: []}, {}]
    return found


@public_page()
def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False}, headers={"Access-Control-Allow-Origin": "*"})


@public_page()
def docs(request: HttpRequest) -> HttpResponse:
    """The same as a page, made here: no script, nothing from elsewhere."""
    found = document()
    return render(request, "api/docs.html", {"info": found["info"], "chapters": chapters(found)})


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """There is nothing at this address: said as JSON, since a program asks."""
    refusal = NotFound()
    return JsonResponse({"code": refusal.code, "detail": refusal.sentence, "errors": []}, status=404)


unknown.csrf_exempt = True
