"""Every question asked of the stored goals."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.goals import Goal
from services.kit.conditional import seen_as
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.fields_of_action.tables import FieldOfActionRow
from services.projects.goals.tables import GoalRow
from services.projects.references.queries import hidden
from services.projects.references.rules import RECOMMENDATION, Place
from services.projects.strategies.queries import STRATEGIES

GOALS = Kind(
    GoalRow,
    "goals",
    "projects.goal",
    within={"strategy": STRATEGIES, "field_of_action": FIELDS_OF_ACTION},
)


async def page(
    session: AsyncSession, paging: Paging, *, strategy: str | None, field_of_action: str | None
) -> Mapping[str, Any]:
    """Goals by position, of one strategy or field of action."""
    where = matching(GoalRow, strategy=strategy, field_of_action=field_of_action)
    found = await GOALS.page(session, paging, *where, by="position")
    return {**found, "items": await told(session, found["items"])}


async def one(session: AsyncSession, key: str) -> Goal:
    """The goal as the actor may see it; 404 when it is not there or not to be seen."""
    (shown,) = await told(session, [await GOALS.one(session, key)])
    session.info["variant"] = seen_as(shown, differs=shown.hidden_links > 0)
    return shown


async def told(session: AsyncSession, rows: Sequence[GoalRow]) -> list[Goal]:
    """The goals as the actor may see them: links to what is hidden are counted."""
    places = {Place(RECOMMENDATION, key) for row in rows for key in row.recommendations}
    secret = {place.key for place in await hidden(session, places)}
    answers = []
    for row in rows:
        seen = [key for key in row.recommendations if key not in secret]
        given = {name: getattr(row, name) for name in Goal.model_fields if hasattr(row, name)}
        links = {"recommendations": seen, "hidden_links": len(row.recommendations) - len(seen)}
        answers.append(Goal.model_validate(given | links))
    return answers


async def strategy_of_field(session: AsyncSession, field: str | None) -> str | None:
    """The strategy of a field of action; None when there is no such field."""
    if field is None:
        return None
    statement = select(FieldOfActionRow.strategy).where(
        col(FieldOfActionRow.municipality_id) == municipality_of(session).id,
        col(FieldOfActionRow.key) == field,
    )
    return (await session.exec(statement)).one_or_none()
