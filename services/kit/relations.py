"""How a resource brings others of its service along: one statement for each relation.

What is brought is found from the answer itself, so that a link which the caller does not see leads
nowhere, and each obeys the permission and visibility of its own kind.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ARRAY, ColumnElement, Text, cast, func, inspect, literal
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.problems import Fault
from services.kit.access import decide
from services.kit.database import actor_of
from services.kit.problems import Invalid
from services.kit.resources import Kind
from services.kit.selection import Item

MOST = 1000
"""Resources that one relation brings at most."""


@dataclass(frozen=True)
class Through:
    """What stands between: rows whose `column` is the `own` column of what is brought."""

    kind: Kind[Any]
    column: str = "key"
    own: str = "key"


@dataclass(frozen=True)
class Relation:
    """Resources of `kind` that an answer names, or that name the resource it is of."""

    kind: Kind[Any]
    model: type[BaseModel]
    permission: str
    named: str | None = None
    """The field of the answer that names them by key, one or a list."""
    naming: str | None = None
    """The column of theirs that names the resource, one or a list; of a list of parts the name in
    each of them: `funding.grant`."""
    through: Through | None = None
    """What names the resource instead of them: the papers of a meeting are in consultations."""
    where: Callable[[], ColumnElement[bool]] | None = None
    first_by: str | None = None
    """Of those that name the same resource only the first in the order of this column."""
    told: Callable[[AsyncSession, Sequence[Any]], Awaitable[Sequence[BaseModel]]] | None = None
    """How its own routes show rows to the caller, where they show not everything."""

    def check(self, session: AsyncSession) -> None:
        """Refuses (401, 403) who may not read this kind."""
        refusal = decide(actor_of(session), self.permission, actor_of(session).municipality)
        if refusal is not None:
            raise refusal

    async def bring(self, session: AsyncSession, items: Sequence[Item], name: str) -> Item:
        """By key, in the order of the keys. Refuses (422) more than MOST."""
        keys = sorted(set(_keys(item.get(self.named or "key") for item in items)))
        if not keys:
            return {}
        naming, between = self.naming or "key", self.through
        columns = inspect(self.kind.row).columns
        if between is None:
            column, theirs = columns[naming.partition(".")[0]], _among(self.kind, naming, keys)
        else:
            named = select(inspect(between.kind.row).columns[between.column]).where(
                between.kind.seen(session), _among(between.kind, naming, keys)
            )
            column, theirs = columns[between.own], columns[between.own].in_(named)
        statement = select(self.kind.row).where(self.kind.seen(session), theirs)
        if self.where is not None:
            statement = statement.where(self.where())
        if self.first_by is not None:
            first = inspect(self.kind.row).columns[self.first_by]
            statement = statement.ext(distinct_on(column)).order_by(column, first)
        statement = statement.order_by(col(self.kind.row.key)).limit(MOST + 1)
        rows = (await session.exec(statement)).all()
        if len(rows) > MOST:
            instead = f"ask for fewer items, or for /{self.kind.collection}"
            detail = f"There are more than {MOST} {name}; {instead}."
            fault = Fault(parameter="include", code="too_many", detail=detail)
            raise Invalid("That is too much for one answer.", faults=[fault])
        if self.told is not None:
            shown = await self.told(session, rows)
        else:
            shown = [self.model.model_validate(row) for row in rows]
        told = [one.model_dump(mode="json") for one in shown]
        return {one["key"]: one for one in told}


def _keys(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from value if isinstance(value, list) else [value] if value is not None else []


def _among(kind: Kind[Any], naming: str, keys: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row names one of these."""
    name, _, part = naming.partition(".")
    column = inspect(kind.row).columns[name]
    if part:
        column = func.jsonb_path_query_array(column, cast(f"$[*].{part}", JSONPATH), type_=JSONB)
    among: ColumnElement[bool] = (
        column.has_any(cast(literal(keys, ARRAY(Text)), ARRAY(Text)))
        if isinstance(column.type, JSONB)
        else column.in_(keys)
    )
    return among
