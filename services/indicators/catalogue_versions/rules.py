"""What a version of the catalogue says: pure functions over frozen definitions."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from services.contracts.indicators.catalogue_versions import (
    ChangedDefinition,
    DefinitionDifference,
)
from services.contracts.shared.base import Visibility
from services.kit.journal import canonical

Frozen = dict[str, Any]


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
