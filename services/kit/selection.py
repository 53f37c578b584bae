"""What of a resource an answer holds: `?fields=` leaves out, `?include=` brings along.

Every list and every single resource takes `fields`; hot reads have forms of their own instead.
`include` is there where the service has told which resources may bring which others (`relations`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, Protocol, get_args

from pydantic import BaseModel
from pydantic_core import from_json, to_json
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.contracts.shared.base import Page, Stored
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

Item = Mapping[str, Any]


class Brings(Protocol):
    """One relation of a resource, as `relations.Relation` is."""

    @property
    def model(self) -> type[BaseModel]:
        """The contract of what is brought."""

    def check(self, session: AsyncSession) -> None:
        """Refuses who may not read what would be brought."""

    async def bring(self, session: AsyncSession, items: Sequence[Item], name: str) -> Item:
        """What the items are related to, by key."""


Relations = Mapping[type[BaseModel], Mapping[str, Brings]]
"""Which resource may bring which others, by name, in one service."""


class Shape(NamedTuple):
    """What an operation answers: resources of this contract, one or a page of them."""

    model: type[BaseModel]
    listed: bool

    @property
    def fields(self) -> list[str]:
        """The names of its fields in an answer."""
        given = self.model.model_fields.items()
        return [field.serialization_alias or field.alias or name for name, field in given]


def shape_of(model: Any, methods: Collection[str] | None) -> Shape | None:
    """What of it can be selected; None for what is neither a resource nor a page of something."""
    if methods != {"GET"} or not isinstance(model, type):
        return None
    if issubclass(model, Page):
        (item,) = get_args(model.model_fields["items"].annotation)
        return Shape(item, True) if isinstance(item, type) else None
    return Shape(model, False) if issubclass(model, Stored) else None


@dataclass(frozen=True)
class Selection:
    """What one request selects."""

    shape: Shape
    fields: frozenset[str] | None
    include: Mapping[str, Brings]

    async def of(self, session: AsyncSession | None, response: Response) -> Response:
        """The answer with what was selected. Refuses (422) to select from another form."""
        if response.status_code != 200:
            return response
        if response.headers.get("content-type") != "application/json":
            raise _refused("fields" if self.fields else "include", "form", "JSON only has fields.")
        told = from_json(bytes(response.body))
        items: list[Item] = told["items"] if self.shape.listed else [told]
        included = await self._included(session, items) if session and self.include else {}
        if self.fields is not None:
            items = [{k: v for k, v in item.items() if k in self.fields} for item in items]
        whole = {**told, "items": items} if self.shape.listed else {**items[0]}
        response.body = to_json({**whole, "included": included} if self.include else whole)
        response.headers["content-length"] = str(len(response.body))
        return response

    async def _included(self, session: AsyncSession, items: Sequence[Item]) -> Item:
        """What is brought, by relation and key. It changes without the revision of the resource."""
        for relation in self.include.values():
            relation.check(session)
        kept = {name: session.info.get(name) for name in ("revision", "read", "links")}
        found = {
            name: await relation.bring(session, items, name)
            for name, relation in self.include.items()
        }
        session.info.update({name: value for name, value in kept.items() if value is not None})
        seen = [session.info.get("variant"), found]
        session.info["variant"] = sha256(to_json(seen)).hexdigest()[:12]
        return found


def selection(request: Request, shape: Shape, relations: Relations) -> Selection | None:
    """What the query selects. Refuses (422) what the resource does not have."""
    asked, brought = request.query_params.get("fields"), request.query_params.get("include")
    if asked is None and brought is None:
        return None
    known = relations.get(shape.model, {})
    return Selection(
        shape,
        None if asked is None else frozenset(_names("fields", asked, shape.fields)),
        {name: known[name] for name in _names("include", brought or "", known)},
    )


def names(shape: Shape, relations: Relations) -> frozenset[str]:
    """The query parameters that select."""
    return frozenset(("fields", "include") if shape.model in relations else ("fields",))


def parameters(shape: Shape, relations: Relations) -> list[dict[str, Any]]:
    """The query parameters as OpenAPI has them."""
    known = relations.get(shape.model, {})
    told = "Only these fields, separated by commas; all when missing."
    brought = "Related resources to bring along in `included`, each by name and key."
    made = [_parameter("fields", shape.fields, told)]
    return made + ([_parameter("include", list(known), brought)] if known else [])


def included(shape: Shape, relations: Relations) -> dict[str, Any] | None:
    """The schema of what an answer has beside the resource, for clients that are typed."""
    known = relations.get(shape.model)
    if not known:
        return None
    by_key = {
        name: {
            "type": "object",
            "description": "By key.",
            "additionalProperties": {"$ref": f"#/components/schemas/{relation.model.__name__}"},
        }
        for name, relation in known.items()
    }
    described = {"description": "What `include` asks for and the caller may see."}
    return {
        "type": "object",
        "properties": {"included": {"type": "object", **described, "properties": by_key}},
    }


def _parameter(name: str, values: Sequence[str], description: str) -> dict[str, Any]:
    items = {"type": "string", "enum": list(values)}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "style": "form",
        "explode": False,
        "schema": {"type": "array", "items": items},
    }


def _names(parameter: str, given: str, known: Collection[str]) -> list[str]:
    names = list(dict.fromkeys(part.strip() for part in given.split(",")))
    if names == [""] and parameter == "include":
        return []
    unknown = [name for name in names if name not in known]
    if unknown:
        detail = f"{unknown[0][:100]!r} is not known here; there are {', '.join(known)}."
        raise _refused(parameter, "unknown", detail)
    return names


def _refused(parameter: str, code: str, detail: str) -> Invalid:
    fault = Fault(parameter=parameter, code=code, detail=detail)
    return Invalid("What is to be selected cannot be.", faults=[fault])
