"""What a service declares once: which kinds are searched, and in which tables they are kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.sql.expression import SQLColumnExpression
from sqlmodel import col, select

from services.contracts.shared.access import Actor, Role
from services.kit.access import allows
from services.kit.resources import Kind
from services.kit.search import folding
from services.kit.search.searched import Searched
from services.kit.search.tables import Searchable

Touched = Mapping[str, Collection[str]]
"""Collection -> keys of what has changed in it."""


@dataclass(frozen=True)
class Index:
    """Everything that a service lets be searched."""

    kinds: Sequence[Searched]
    document: type[Searchable]
    """The table of what everybody may see."""

    @cached_property
    def by_collection(self) -> Mapping[str, Searched]:
        return {one.kind.collection: one for one in self.kinds}

    def open_to(self, actor: Actor) -> list[str]:
        """The collections whose lists the actor may ask for."""
        roles = actor.roles | {Role.public}
        return [
            name
            for name, one in self.by_collection.items()
            if one.permission is None or any(allows(role, one.permission) for role in roles)
        ]

    @cached_property
    def version(self) -> str:
        """By which declarations and rules documents are made."""
        declared = [
            (
                o.kind.collection,
                o.title,
                o.short,
                [*o.body],
                [*o.codes],
                o.dated,
                o.permission,
                o.address,
            )
            for o in self.kinds
        ]
        rules = files(folding.__package__)
        made = [rules / "folding.py", rules / "searched.py", rules / "sql" / "keep.sql"]
        text = repr(declared) + "".join(one.read_text("utf-8") for one in made)
        return sha256(text.encode()).hexdigest()[:16]


def reached(
    kind: Kind[Any], town: int | SQLColumnExpression[int], touched: Touched
) -> ColumnElement[bool] | None:
    """The rows of a kind that are within something that has changed, at any height; None when
    there can be none."""
    parts: list[ColumnElement[bool]] = []
    for column, above in kind.within.items():
        named = getattr(kind.row, column)
        if keys := touched.get(above.collection):
            parts.append(col(named).in_(keys))
        higher = reached(above, town, touched)
        if higher is not None:
            mine = col(above.row.municipality_id) == town
            parts.append(col(named).in_(select(above.row.key).where(mine, higher)))
    return or_(*parts) if parts else None
