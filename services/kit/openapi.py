"""The API document of one service: FastAPI's, with everything the house promises filled in.

Of every operation: summary and description from the docstring, the permission it asks, how one
signs in, the refusals it can answer, and examples from the contracts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from services.contracts.shared.access import Role
from services.contracts.shared.problems import ProblemDetails
from services.kit import selection
from services.kit.access import Permission, allows
from services.kit.database import UnitOfWork, writes
from services.kit.problems import MEDIA_TYPE, OPARL_ERROR, Problem, is_oparl

SIGNING_IN = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": (
            "An access token of your identity provider, an API key (`planraum_<id>_<secret>`), or "
            "on your own machine a token from `planraum token`."
        ),
    }
}
_REFUSES = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
_OPARL_REFUSES = {
    "application/json": {
        "schema": {
            "type": "object",
            "description": "The error object of OParl 1.1.",
            "properties": {
                "type": {"type": "string", "const": OPARL_ERROR},
                "message": {"type": "string"},
                "debug": {"type": "string"},
            },
            "required": ["type", "message", "debug"],
        }
    }
}
_ALWAYS = (400, 404, 405, 429, 500, 503)
_TITLES = {kind.status: kind.title for kind in reversed(Problem.known.values())}


def operation_id(route: APIRoute) -> str:
    """`list_bodies` -> `listBodies`: unique over all services, good as a client's method name."""
    head, *rest = route.name.split("_")
    return head + "".join(part.title() for part in rest)


def inlined(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a contract in one piece, for an answer that FastAPI does not know of."""
    schema = model.model_json_schema(mode="serialization")
    parts = schema.pop("$defs", {})

    def whole(given: Any) -> Any:
        if isinstance(given, dict):
            if "$ref" in given:
                return whole(parts[given["$ref"].rsplit("/", 1)[1]])
            return {name: whole(part) for name, part in given.items()}
        return [whole(part) for part in given] if isinstance(given, list) else given

    made: dict[str, Any] = whole(schema)
    return made


def document(app: FastAPI) -> dict[str, Any]:
    """The complete OpenAPI 3.1 document of the app."""
    if app.openapi_schema:
        return app.openapi_schema
    made: dict[str, Any] = FastAPI.openapi(app)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["ProblemDetails"] = problem
    made["components"]["securitySchemes"] = SIGNING_IN
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in sorted(route.methods or ()):
                operation = made["paths"][route.path_format][method.lower()]
                _select(operation, route, app.state.relations)
                _complete(operation, route, method, schemas)
    for route in app.webhooks.routes:
        if isinstance(route, APIRoute):
            for method in route.methods or ():
                # FastAPI drops what is null in examples.
                message = made["webhooks"][route.path][method.lower()]
                message.update(route.openapi_extra or {})
                message["responses"].pop("422", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    made["x-problems"] = [
        kind.described().model_dump() for _, kind in sorted(Problem.known.items())
    ]
    app.openapi_schema = _named_well(made)
    return app.openapi_schema


def _select(operation: dict[str, Any], route: APIRoute, relations: selection.Relations) -> None:
    """The parameters that select, and what they bring along."""
    shape = route.shape if isinstance(route, UnitOfWork) else None
    if shape is None:
        return
    operation.setdefault("parameters", []).extend(selection.parameters(shape, relations))
    brought = selection.included(shape, relations)
    if brought is not None:
        content = operation["responses"]["200"]["content"]["application/json"]
        content["schema"] = {"allOf": [content["schema"], brought]}


def _named_well(made: dict[str, Any]) -> dict[str, Any]:
    """`Patch_NewBody_` -> `BodyChange`, `Page_Body_` -> `BodyPage`."""
    text = json.dumps(made)
    text = re.sub(r"\bPatch_(?:New)?(\w+?)_(?=\")", r"\1Change", text)
    text = re.sub(r"\bPage_(\w+?)_(?=\")", r"\1Page", text)
    named: dict[str, Any] = json.loads(text)
    named["components"]["schemas"] = dict(sorted(named["components"]["schemas"].items()))
    return named


def _complete(
    operation: dict[str, Any], route: APIRoute, method: str, schemas: Mapping[str, Any]
) -> None:
    summary, _, description = (route.description or "").partition("\n")
    operation["summary"] = summary.strip().rstrip(".")
    operation["description"] = re.sub(r"\n{3,}", "\n\n", description.strip()) or summary.strip()
    permission = next(_permissions(route.dependant), None)
    if permission:
        open_to_all = allows(Role.public, permission)
        operation["x-permission"] = permission
        operation["security"] = [{"bearer": []}, {}] if open_to_all else [{"bearer": []}]
        operation["description"] += f"\n\nPermission: `{permission}`" + (
            ", open to everybody." if open_to_all else "."
        )
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        parameter.update(_WELL_KNOWN.get(parameter["name"], {}) | parameter)
    if "{municipality}" in route.path_format:
        parameters.insert(0, _MUNICIPALITY)
    statuses = set(_ALWAYS) | {int(s) for s in operation["responses"] if s.isdigit() and s >= "400"}
    if permission:
        statuses |= {401, 403}
    if "requestBody" in operation:
        statuses |= {413, 415, 422}
    if any(p["in"] == "query" for p in parameters):
        statuses.add(422)
    changes = method in ("POST", "PATCH", "PUT") and writes(route.dependant)
    if changes:
        statuses.add(409)
    if any(p["name"] == "if-match" for p in parameters):
        statuses |= {412, 428}
    if changes and method == "POST":
        parameters.append(_IDEMPOTENCY)
    for status in statuses:
        kept = operation["responses"].get(str(status), {})
        operation["responses"][str(status)] = {
            "description": kept.get("description")
            if kept.get("description") not in (None, "Validation Error")
            else _TITLES.get(status, "Refused"),
            "content": _OPARL_REFUSES if is_oparl(route.path_format) else _REFUSES,
        }
    if method == "GET":
        operation["responses"]["304"] = {"description": "What you have is still right."}
    operation["responses"] = dict(sorted(operation["responses"].items()))
    for status, given in operation["responses"].items():
        if status < "300":
            _head(given, status)
            _as_text(given.get("content", {}))
            for content in given.get("content", {}).values():
                made = example_of(content.get("schema", {}), schemas)
                if made is not None and "example" not in content and "examples" not in content:
                    content["example"] = made
    for content in operation.get("requestBody", {}).get("content", {}).values():
        made = example_of(content.get("schema", {}), schemas)
        if made is not None and "example" not in content and "examples" not in content:
            content["example"] = made


def _as_text(contents: dict[str, Any]) -> None:
    """Server-sent events as text: FastAPI says `itemSchema`, which OpenAPI has since 3.2."""
    events = contents.get("text/event-stream")
    if events is not None:
        events.pop("itemSchema", None)
        events.setdefault("schema", {"type": "string", "description": "Server-sent events."})
        events.setdefault("example", "event: finished\ndata: {}\n\n")


def _head(given: dict[str, Any], status: str) -> None:
    text = {"type": "string"}
    headers = given.setdefault("headers", {})
    headers.setdefault(
        "ETag",
        {"description": "State of the answer, for If-Match and If-None-Match.", "schema": text},
    )
    if status == "201":
        headers.setdefault(
            "Location", {"description": "Address of what was created.", "schema": text}
        )


_MUNICIPALITY = {
    "name": "municipality",
    "in": "path",
    "required": True,
    "description": "Key of the municipality (Kommune), from `/v1/municipalities`.",
    "schema": {"type": "string"},
    "example": "jena",
}
_WELL_KNOWN = {"key": {"description": "Key or UUID of the resource."}}
# No example: the documentation would fill it in, and two things done would have one key.
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "A text of your own, new for each thing you do. Repeating the request with the same key "
        "gives the first answer again instead of doing it twice; kept for two days."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def _permissions(dependant: Dependant) -> Iterator[str]:
    for part in dependant.dependencies:
        if isinstance(part.call, Permission):
            yield part.call.name
        yield from _permissions(part)


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any], depth: int = 0) -> Any:
    """An example of the schema, from the examples of the contracts; None when there is none."""
    if depth > 12:
        return None
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, depth + 1)
    if schema.get("examples"):
        made = schema["examples"][0]
        if isinstance(made, dict) and "properties" in schema:
            made = {k: v for k, v in made.items() if v is not None or _nullable(schema, k)}
            return {**_fields(schema, schemas, depth, skip=made), **made}
        return made
    for name in ("example", "const", "default"):
        if schema.get(name) is not None:
            return schema[name]
    if schema.get("enum"):
        return schema["enum"][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            if {"type": "null"} in schema[several]:
                return None
            return example_of(schema[several][0], schemas, depth + 1)
    if schema.get("type") == "object" and "properties" in schema:
        return _fields(schema, schemas, depth)
    if schema.get("type") == "array":
        item = example_of(schema.get("items", {}), schemas, depth + 1)
        return [item] if item is not None else []
    return _SAMPLES.get(schema.get("format", ""), _SAMPLES.get(str(schema.get("type"))))


def _nullable(schema: Mapping[str, Any], name: str) -> bool:
    given = schema["properties"].get(name, {})
    return given.get("type") == "null" or {"type": "null"} in given.get("anyOf", ())


def _fields(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], depth: int, skip: Mapping[str, Any] = {}
) -> dict[str, Any]:
    wanted = set(schema.get("required", [] if skip else schema["properties"])) - set(skip)
    return {
        name: example_of(part, schemas, depth + 1)
        for name, part in schema["properties"].items()
        if name in wanted
    }


_SAMPLES: Mapping[str, Any] = {
    "uuid": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "date-time": "2026-01-15T09:30:00Z",
    "date": "2026-01-15",
    "string": "text",
    "number": 1.5,
    "integer": 1,
    "boolean": True,
}
