"""The measures of the catalogue and the names of what they point to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import Measure
from services.kit.database import municipality_of
from services.projects.fields_of_action.tables import FieldOfActionRow
from services.projects.goals.tables import GoalRow
from services.projects.measure_catalogue.rules import Texts, Words
from services.projects.measures import queries as measures
from services.projects.measures.queries import Wanted
from services.projects.references.queries import names_of
from services.projects.references.rules import (
    AREA,
    ORGANISATION,
    RECOMMENDATION,
    RESOLUTION,
    Place,
)
from services.projects.strategies.tables import StrategyRow
from services.projects.target_groups.tables import TargetGroupRow


async def catalogue(session: AsyncSession, wanted: Wanted) -> tuple[list[Measure], Words]:
    """The measures that are wanted, by key, and the words to read them."""
    found = await measures.told(session, await measures.every(session, wanted))
    places = {place for one in found for place in _places(one)}
    return found, Words(await names_of(session, places), *await _own(session, found))


def _places(one: Measure) -> set[Place]:
    named = {Place(AREA, area) for area in one.areas}
    single = (
        (ORGANISATION, one.responsible),
        (ORGANISATION, one.department),
        (RECOMMENDATION, one.recommendation),
        (RESOLUTION, one.mandate),
    )
    return named | {Place(kind, key) for kind, key in single if key is not None}


async def _own(
    session: AsyncSession, found: Sequence[Measure]
) -> tuple[dict[tuple[str, str], Texts], dict[str, str]]:
    """Who may see a measure may see its strategy and goal, and target groups by name."""
    town = municipality_of(session).id
    tables: Sequence[tuple[Any, Any, set[str]]] = (
        (StrategyRow, StrategyRow.title, {one.strategy for one in found if one.strategy}),
        (GoalRow, GoalRow.title, {one.goal for one in found if one.goal}),
        (TargetGroupRow, TargetGroupRow.name, {key for one in found for key in one.target_groups}),
    )
    parts = [
        select(literal(table.__tablename__), col(table.key), col(name)).where(
            col(table.municipality_id) == town, col(table.key).in_(keys)
        )
        for table, name, keys in tables
    ]
    connection = await session.connection()
    own = {(table, key): name for table, key, name in await connection.execute(union_all(*parts))}
    above = (
        select(GoalRow.key, FieldOfActionRow.key, FieldOfActionRow.title)
        .join(
            FieldOfActionRow,
            (col(FieldOfActionRow.municipality_id) == col(GoalRow.municipality_id))
            & (col(FieldOfActionRow.key) == col(GoalRow.field_of_action)),
        )
        .where(col(GoalRow.municipality_id) == town, col(GoalRow.key).in_(tables[1][2]))
    )
    fields = {}
    for goal, key, title in await session.exec(above):
        fields[goal] = key
        own["field_of_action", key] = title
    return own, fields
