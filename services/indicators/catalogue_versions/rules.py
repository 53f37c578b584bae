"""What a version of the catalogue says: pure functions over frozen definitions."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.contracts.indicators.catalogue_versions import (
    ApprovalResource,
    ChangedDefinition,
    DefinitionDifference,
    NewApproval,
)
from services.contracts.shared.base import Visibility
from services.kit.journal import canonical
from services.kit.problems import Invalid

Frozen = dict[str, Any]


class Decision(BaseModel):
    """What the boards service tells of an act or a resolution."""

    model_config = ConfigDict(extra="ignore")

    id: UUID
    state: str
    kind: str | None = None
    subject: str | None = None
    subject_key: str | None = None
    decided_on: date


def decided_on(new: NewApproval, decision: Decision | None, version: str) -> date:
    """The day on which a board approved the version.

    Refuses (422) a decision that the boards service does not know, that does not hold, that was
    taken on another day than is said, a refusal, or an act by which other indicators were set.
    """
    if decision is None:
        detail = f"There is no {new.key!r} among the {new.resource}."
        raise Invalid(detail, pointer="/key", code="unknown")
    if decision.state != "valid":
        raise Invalid(f"It is {decision.state}.", pointer="/key", code="not-valid")
    if new.resource == ApprovalResource.resolutions and decision.kind == "refusal":
        raise Invalid("By it the matter was turned down.", pointer="/key", code="refused")
    if new.resource == ApprovalResource.acts:
        about = (decision.kind, decision.subject, decision.subject_key)
        if about != ("sets_indicators", "catalogue_versions", version):
            detail = "By that act another body or something else was decided."
            raise Invalid(detail, pointer="/key", code="other-subject")
    if new.decided_on not in (None, decision.decided_on):
        raise Invalid("It was decided on another day.", pointer="/decided_on", code="other-day")
    return decision.decided_on


def frozen(row: Any, contract: type[BaseModel]) -> Frozen:
    """The definition of a stored resource, with its revision and hash."""
    values = {name: getattr(row, name) for name in contract.model_fields}
    definition = contract.model_validate(values).model_dump(mode="json")
    return {
        "key": row.key,
        "revision": row.revision,
        "sha256": digest(definition),
        "definition": definition,
    }


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON."""
    return sha256(canonical(value).encode()).hexdigest()


def whole(topics: Iterable[Frozen], indicators: Iterable[Frozen]) -> str:
    """The hash of a catalogue: of the hashes of its definitions, in the order of keys."""
    return digest(
        [
            sorted([one["key"], one["sha256"]] for one in definitions)
            for definitions in (topics, indicators)
        ]
    )


def seen(definitions: Iterable[Frozen], visible: Collection[Visibility]) -> list[Frozen]:
    """Those that may be seen by somebody who sees these visibilities."""
    return [one for one in definitions if one["definition"]["visibility"] in visible]


def difference(before: Iterable[Frozen], after: Iterable[Frozen]) -> DefinitionDifference:
    """What came, went and changed; a field that only one of them has differs from null."""
    old, new = ({one["key"]: one["definition"] for one in side} for side in (before, after))
    return DefinitionDifference(
        added=sorted(new.keys() - old.keys()),
        removed=sorted(old.keys() - new.keys()),
        changed=[
            ChangedDefinition(key=key, fields=fields)
            for key in sorted(old.keys() & new.keys())
            if (fields := _different(old[key], new[key]))
        ],
    )


def _different(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {"before": old.get(name), "after": new.get(name)}
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    }
