"""From the OpenAPI document to what the page for people shows."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Field:
    """A parameter or a field of a body."""

    name: str
    where: str
    kind: str
    is_required: bool
    words: str


@dataclass
class Operation:
    """One operation."""

    id: str
    method: str
    path: str
    title: str
    words: str
    needs_key: bool
    fields: list[Field]
    answers: list[tuple[str, str]]


@dataclass
class Chapter:
    """Operations about one thing."""

    title: str
    operations: list[Operation] = field(default_factory=list)


def chapters(document: dict[str, Any]) -> list[Chapter]:
    """The operations by what they are about, in the order of the document."""
    found: dict[str, Chapter] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            title = operation.get("tags", ["Encommun"])[0]
            found.setdefault(title, Chapter(title)).operations.append(_operation(document, path, method, operation))
    return list(found.values())


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    parameters = [
        Field(one["name"], one["in"], _kind(document, one["schema"]), one.get("required", False), one.get("description", ""))
        for one in operation.get("parameters", [])
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=operation["summary"],
        words=operation.get("description", ""),
        needs_key=bool(operation.get("security")) and {} not in operation["security"],
        fields=parameters + (_fields(document, body) if body else []),
        answers=[(status, _kind(document, _schema_of(answer))) for status, answer in operation["responses"].items()],
    )


def _schema_of(answer: dict[str, Any]) -> dict[str, Any]:
    return answer.get("content", {}).get("application/json", {}).get("schema", {})


def _target(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    return document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]


def _fields(document: dict[str, Any], schema: dict[str, Any], prefix: str = "") -> list[Field]:
    target = _target(document, schema)
    rows = []
    for name, one in target.get("properties", {}).items():
        rows.append(
            Field(prefix + name, "body", _kind(document, one), name in target.get("required", []), one.get("description", ""))
        )
        inner = one.get("items", one)
        if "properties" in _target(document, inner):
            rows += _fields(document, inner, f"{prefix}{name}{'[]' if 'items' in one else ''}.")
    return rows


def _kind(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """A schema in a few words: «array of SeatAsked», «string (uuid)», «one of: card, transfer»."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(_kind(document, one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " | ".join(f"«{one}»" for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"[{_kind(document, schema.get('items', {}))}]"
    return f"{schema['type']} ({schema['format']})" if "format" in schema else schema.get("type", "")
