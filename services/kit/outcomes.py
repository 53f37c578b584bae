"""How a service tells what planning has produced, for the view of the planning cycle."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Language
from services.contracts.shared.outcomes import Outcome, OutcomeCount, OutcomeKind, OutcomeList
from services.kit.access import decide
from services.kit.database import Reading, UnitOfWork, actor_of, municipality_of
from services.kit.deadlines import phrase
from services.kit.resources import Kind

_TITLE: Mapping[Language, str] = dict.fromkeys(("de", "en", "it"), "{title}")


@dataclass(frozen=True)
class Produced:
    """Rows of a kind and the day since when each is there, as columns; without a day it is not
    known."""

    of: Kind[Any]
    on: Any
    title: Any
    sort: Any = None
    where: Sequence[ColumnElement[bool]] = ()
    joins: Sequence[tuple[Any, ColumnElement[bool]]] = ()
    words: Mapping[Language, str] | None = None
    """Around the title."""
    below: str = ""
    """Where it is, below the address of its row."""


@dataclass(frozen=True)
class Producing:
    """A source of outcomes of one kind, for those who may read such things."""

    kind: OutcomeKind
    permission: str
    produced: Callable[[AsyncSession], Produced]


async def told(
    session: AsyncSession, sources: Sequence[Producing], until: date, most: int
) -> OutcomeList:
    """Up to a day, of each kind and sort the newest that the actor may see, and how many there
    are."""
    items: list[Outcome] = []
    counts: list[OutcomeCount] = []
    for source in sources:
        if decide(actor_of(session), source.permission, municipality_of(session)) is None:
            newest, counted = await _newest(session, source, until, most)
            items += newest
            counts += counted
    items.sort(key=lambda one: (one.on or date.min, one.kind, one.key), reverse=True)
    return OutcomeList(items=items, counts=counts)


async def _newest(
    session: AsyncSession, source: Producing, until: date, most: int
) -> tuple[list[Outcome], list[OutcomeCount]]:
    made = source.produced(session)
    key = col(made.of.row.key)
    sort = made.sort if made.sort is not None else literal("")
    order = (made.on.desc().nulls_last(), key)
    place = func.row_number().over(partition_by=sort, order_by=order)
    there = func.count().over(partition_by=sort)
    statement = select(
        key.label("key"),
        made.title.label("title"),
        made.on.label("on"),
        sort.label("sort"),
        place.label("place"),
        there.label("there"),
    ).where(made.of.seen(session), *made.where, or_(made.on <= until, made.on.is_(None)))
    for row, condition in made.joins:
        statement = statement.join(row, condition)
    among = statement.subquery()
    found = select(among).where(among.c.place <= most)
    rows = (await (await session.connection()).execute(found)).all()
    items = [
        Outcome(
            kind=source.kind,
            key=row.key,
            on=row.on,
            title=phrase(made.words or _TITLE, title=row.title),
            path=f"{made.of.collection}/{row.key}{made.below}",
            sort=row.sort or None,
        )
        for row in rows
    ]
    counts = {row.sort or None: row.there for row in rows}
    return items, [
        OutcomeCount(kind=source.kind, sort=sort, count=count) for sort, count in counts.items()
    ]


def outcomes_router(sources: Sequence[Producing]) -> APIRouter:
    """What was produced, for the gateway. Never reachable through it."""
    router = APIRouter(prefix="/internal/outcomes", include_in_schema=False, route_class=UnitOfWork)

    @router.get("/{municipality}")
    async def outcomes(
        session: Reading, until: date, most: Annotated[int, Query(ge=1, le=1000)] = 100
    ) -> OutcomeList:
        return await told(session, sources, until, most)

    return router
