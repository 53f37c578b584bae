"""Every question asked of the stored catalogue."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.values import IndicatorKind
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.topics import queries as topics
from services.indicators.topics.queries import TOPICS
from services.indicators.topics.tables import TopicRow
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

INDICATORS = Kind(IndicatorRow, "indicators", "indicators.indicator")
CATALOGUE = "indicators.catalogue"
"""Changes of the catalogue wait for each other."""


async def page(
    session: AsyncSession,
    paging: Paging,
    topic: str | None,
    kind: IndicatorKind | None,
    words: str | None,
) -> Mapping[str, Any]:
    """Indicators by key, of one topic and those below or of one kind, or with these words in key or
    name, its own or those of its topic."""
    where = matching(IndicatorRow, kind=kind)
    if topic is not None:
        where.append(col(IndicatorRow.topic).in_(await topics.with_those_below(session, topic)))
    if words is not None:
        named = or_(*_holding(IndicatorRow.key, IndicatorRow.name, words))
        topic_named = select(TopicRow.key).where(
            TOPICS.seen(session), or_(*_holding(TopicRow.key, TopicRow.name, words))
        )
        where.append(named | col(IndicatorRow.topic).in_(topic_named))
    return await INDICATORS.page(session, paging, *where)


def _holding(key: Any, name: Any, words: str) -> list[ColumnElement[bool]]:
    names = (col(name)[language].astext for language in ("de", "en", "it"))
    return [place.icontains(words, autoescape=True) for place in (col(key), *names)]


async def kinds(session: AsyncSession, keys: Collection[str]) -> dict[str, str]:
    """The kind of each of these indicators that exists."""
    statement = select(IndicatorRow.key, IndicatorRow.kind).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id,
        col(IndicatorRow.key).in_(keys),
    )
    return dict((await session.exec(statement)).all())


async def computed_from(session: AsyncSession, key: str) -> set[str]:
    """Indicators whose numerator or denominator is this one."""
    statement = select(IndicatorRow.key).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id,
        (col(IndicatorRow.numerator) == key) | (col(IndicatorRow.denominator) == key),
    )
    return set((await session.exec(statement)).all())


async def owners(session: AsyncSession) -> dict[str, str]:
    """Each source code and the indicator that has it."""
    statement = select(IndicatorRow.key, IndicatorRow.source_codes).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id
    )
    return {code: key for key, codes in await session.exec(statement) for code in codes}


async def keys(session: AsyncSession) -> frozenset[str]:
    """The keys of all indicators, of every visibility."""
    statement = select(IndicatorRow.key).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id
    )
    return frozenset((await session.exec(statement)).all())
