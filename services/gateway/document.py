"""The one API document of the installation, made of the documents of its services."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "openapi"
_REFERENCE = re.compile(r'"#/components/schemas/([^"/]+)"')
DESCRIPTION = """
Planraum is the backend of integrated municipal social planning (integrierte Sozialplanung):
figures about areas become evidence, evidence becomes recommendations of boards, recommendations
become resolutions, resolutions become funded measures, and measures show in the same figures again.

**Addresses.** Everything of a municipality lies at `/v1/{municipality}/{resource}`; the keys of the
municipalities are at `/v1/municipalities`.

**Signing in.** What is public needs nothing. For the rest press *Authorize* and paste a token: an
access token of your identity provider, an API key (`planraum_...`), or on your own machine what
`planraum token --municipality jena --role planner` prints.

**Changing.** Send the `ETag` that you have read as `If-Match` with a PATCH, and an
`Idempotency-Key` of your own with a POST that you may have to repeat.

**Frontends.** `fields` and `include` cut answers to what is shown and bring along what belongs to
it; `POST .../batch` reads several addresses at once. `docs/your-first-hour.md` and `clients/` come
with the source; begin there.

**Refusals** are problem details (RFC 9457): `type` leads to a page that explains it, `errors`
points at each field, `instance` identifies the request in the logs.
"""


@lru_cache
def _read(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise RuntimeError(f"openapi/{path.name} is missing: run `planraum openapi`.") from None
    return document


def committed(service: str) -> dict[str, Any]:
    """The document of a service as it is committed in openapi/."""
    return _read(FOLDER / f"{service}.json")


def union(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """One document of all services: service name -> its document.

    Each path says whose it is (`x-service`); of component schemas with one name and two meanings
    the later one is renamed. Refuses (ValueError) an address or operationId that two have.
    """
    names = sorted(documents, key=lambda name: (name != "gateway", name))
    first = documents[names[0]]
    whole: dict[str, Any] = {
        "openapi": first["openapi"],
        "info": {**first["info"], "title": "Planraum", "description": DESCRIPTION},
        "servers": first["servers"],
        "tags": [],
        "x-tagGroups": [],
        "paths": {},
        "webhooks": {},
        "components": {"schemas": {}, "securitySchemes": {}},
        "x-problems": [],
    }
    for name in names:
        _join(whole, name, _renamed(documents[name], name, whole["components"]["schemas"]))
    _check_operations(whole)
    whole["paths"] = dict(sorted(whole["paths"].items()))
    whole["components"]["schemas"] = dict(sorted(whole["components"]["schemas"].items()))
    whole["x-problems"].sort(key=lambda problem: (problem["status"], problem["slug"]))
    return whole


def _join(whole: dict[str, Any], name: str, document: Mapping[str, Any]) -> None:
    for path, item in document["paths"].items():
        if path in whole["paths"]:
            raise ValueError(f"{path} belongs to {whole['paths'][path]['x-service']} and to {name}")
        whole["paths"][path] = {"x-service": name, **item}
    whole["webhooks"].update(document.get("webhooks", {}))
    components = document.get("components", {})
    for kind in ("schemas", "securitySchemes"):
        whole["components"][kind].update(components.get(kind, {}))
    known = {tag["name"] for tag in whole["tags"]}
    tags = [tag for tag in document.get("tags", []) if tag["name"] not in known]
    whole["tags"] += tags
    if tags:
        group = {"name": name.capitalize(), "tags": [tag["name"] for tag in tags]}
        whole["x-tagGroups"].append(group)
    known = {problem["slug"] for problem in whole["x-problems"]}
    whole["x-problems"] += [p for p in document.get("x-problems", []) if p["slug"] not in known]


def _renamed(
    document: Mapping[str, Any], service: str, taken: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The document with every schema renamed whose name is taken by another meaning.

    A schema that refers to a renamed one has another meaning as well.
    """
    schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    refers = {name: set(_REFERENCE.findall(json.dumps(s))) for name, s in schemas.items()}
    clashing = {name for name, schema in schemas.items() if taken.get(name, schema) != schema}
    while True:
        more = {n for n in schemas if n in taken and n not in clashing and refers[n] & clashing}
        if not more:
            break
        clashing |= more
    if not clashing:
        return document
    new = {name: f"{service.capitalize()}{name}" for name in clashing}
    text = _REFERENCE.sub(
        lambda found: f'"#/components/schemas/{new.get(found[1], found[1])}"', json.dumps(document)
    )
    made: dict[str, Any] = json.loads(text)
    made["components"]["schemas"] = {
        new.get(name, name): schema for name, schema in made["components"]["schemas"].items()
    }
    return made


def _check_operations(whole: Mapping[str, Any]) -> None:
    seen: dict[str, str] = {}
    for path, item in whole["paths"].items():
        for operation in item.values():
            if isinstance(operation, dict) and (name := operation.get("operationId")):
                if name in seen:
                    raise ValueError(f"operationId {name} is used at {seen[name]} and {path}")
                seen[name] = path
