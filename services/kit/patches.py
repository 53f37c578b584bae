"""Changes as JSON Merge Patch (RFC 7396): send only what changes; null removes.

A field that cannot be without a value refuses null; it does not fall back to a default.
"""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, GetJsonSchemaHandler, RootModel, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, to_jsonable_python

from services.contracts.shared.base import Request
from services.kit.faults import faults_of
from services.kit.problems import BadRequest, Invalid

N = TypeVar("N", bound=Request)


class Patch(RootModel[dict[str, Any]], Generic[N]):
    """A change of `N`: in the document every field of N, none required."""

    @classmethod
    def _of(cls) -> type[N]:
        contract: type[N] = cls.__pydantic_generic_metadata__["args"][0]
        return contract

    def onto(self, row: BaseModel, *for_good: str) -> N:
        """The state after the change, checked as a whole.

        Refuses unknown fields, and another key or another value of a field that is `for_good`.
        """
        contract = self._of()
        now = {name: getattr(row, name) for name in contract.model_fields if hasattr(row, name)}
        for name in ("key", *for_good):
            if name in now and self.root.get(name, now[name]) != now[name]:
                raise Invalid(f"A {name} is for good.", pointer=f"/{name}", code="immutable")
        try:
            changed = _merge(to_jsonable_python(now), self.root)
        except RecursionError:
            raise BadRequest("The change is nested too deeply.") from None
        changed |= {name: None for name, value in self.root.items() if value is None}
        try:
            return contract.model_validate(changed)
        except ValidationError as error:
            raise Invalid(
                "The change was refused.", faults=faults_of(error.errors(), "body", changed)
            ) from None

    def says(self, name: str) -> bool:
        """Whether the change names the field."""
        return name in self.root

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        if not cls.__pydantic_generic_metadata__["args"]:
            return handler(schema)
        whole = handler.resolve_ref_schema(handler(cls._of().__pydantic_core_schema__))
        examples = [
            dict([item for item in e.items() if item[0] not in ("key", "visibility")][:1])
            for e in whole.get("examples", [])
        ]
        kept = {
            k: v for k, v in whole.items() if k in ("properties", "additionalProperties", "type")
        }
        text = "Only the fields to change (JSON Merge Patch, RFC 7396). " + whole.get(
            "description", ""
        )
        return {**kept, "minProperties": 1, "description": text, "examples": examples}


def _merge(target: Any, patch: Any) -> Any:
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merge(merged.get(name), value)
    return merged
