"""What the published description of HelloAsso's API says of a call, for its double: what we ask, and what it answers."""

import json
import re
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "data" / "openapi" / "helloasso.json"


@cache
def _described():
    text = DESCRIPTION.read_text(encoding="utf-8")
    return json.loads(text.replace('"$ref": "#/components', '"$ref": "urn:asso#/components')), text


def _errors(schema, value):
    document, _text = _described()
    whole = {"$id": "urn:asso", "components": _nullable(document["components"]), "allOf": [_nullable(schema)]}
    return [error.message for error in Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value)]


def _nullable(schema):
    """OpenAPI 3.0 says «nullable» where JSON Schema has a list of types."""
    if isinstance(schema, list):
        return [_nullable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _nullable(inner) for name, inner in schema.items()}
    if made.pop("nullable", False) and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
    return made


def breaches(method, path, query, body, status, answer):
    """What a call breaks of the description; the double's errors are its own."""
    document, _text = _described()
    for pattern, operations in document["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape("/v5" + pattern)), path) and method.lower() in operations:
            operation = operations[method.lower()]
            break
    else:
        return [f"{method} {path} is not described"]
    found = [f"?{name}" for name in query if name not in {one["name"] for one in operation.get("parameters", ())}]
    if "requestBody" in operation:
        found += _errors(operation["requestBody"]["content"]["application/json"]["schema"], body)
    if status == 200:
        found += _errors(operation["responses"]["200"]["content"]["application/json"]["schema"], answer)
    return [f"{method} {path}: {one}" for one in found]
