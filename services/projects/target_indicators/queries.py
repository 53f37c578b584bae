"""Every question asked of the stored target indicators."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.esf import EsfCode
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow
from services.projects.target_indicators.tables import TargetIndicatorRow

TARGET_INDICATORS = Kind(
    TargetIndicatorRow,
    "target-indicators",
    "projects.target_indicator",
    within={"result": RESULTS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    result: str | None,
    project: str | None,
    indicator: str | None,
    esf_code: EsfCode | None,
) -> Mapping[str, Any]:
    """Target indicators by key, of a result, a project, an indicator it is to move, a code."""
    where = matching(TargetIndicatorRow, result=result, indicator=indicator, esf_code=esf_code)
    if project is not None:
        of_project = select(ResultRow.key).where(
            col(ResultRow.municipality_id) == municipality_of(session).id,
            col(ResultRow.project) == project,
        )
        where.append(col(TargetIndicatorRow.result).in_(of_project))
    return await TARGET_INDICATORS.page(session, paging, *where)


async def of_result(session: AsyncSession, result: str) -> Sequence[TargetIndicatorRow]:
    """The indicators of a result that the actor may see, by key."""
    statement = select(TargetIndicatorRow).where(
        TARGET_INDICATORS.seen(session), col(TargetIndicatorRow.result) == result
    )
    return (await session.exec(statement.order_by(col(TargetIndicatorRow.key)))).all()


async def of_grant(session: AsyncSession, grant: str) -> Sequence[TargetIndicatorRow]:
    """The indicators of all results that a grant pays for and that the actor may see, by key."""
    results = select(ResultRow.key).where(RESULTS.seen(session), col(ResultRow.grant) == grant)
    statement = select(TargetIndicatorRow).where(
        TARGET_INDICATORS.seen(session), col(TargetIndicatorRow.result).in_(results)
    )
    return (await session.exec(statement.order_by(col(TargetIndicatorRow.key)))).all()
