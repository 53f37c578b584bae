"""Every question asked of the making of editions."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.coordinated_reports.queries import REPORTS
from services.boards.report_making.tables import ReportMakingRow
from services.contracts.boards.report_making import MakingState, ReportMaking
from services.kit.database import municipality_of
from services.kit.problems import NotFound


async def begin(session: AsyncSession, report: str, **said: Any) -> None:
    """Note that an edition is to be made, in place of what was made before."""
    values = {"done": 0, "edition": None, "faults": [], "state": MakingState.waiting, **said}
    row = {"municipality_id": municipality_of(session).id, "report": report, **values}
    statement = insert(ReportMakingRow).values(row)
    keys = ["municipality_id", "report"]
    again = statement.on_conflict_do_update(index_elements=keys, set_=values)
    await (await session.connection()).execute(again)


async def note(session: AsyncSession, report: str, **said: Any) -> None:
    """Note how far it is; what is over stays as it ended."""
    statement = (
        update(ReportMakingRow)
        .where(
            col(ReportMakingRow.municipality_id) == municipality_of(session).id,
            col(ReportMakingRow.report) == report,
            col(ReportMakingRow.state).in_((MakingState.waiting, MakingState.looking_up)),
        )
        .values(**said)
    )
    await (await session.connection()).execute(statement)


async def row_of(session: AsyncSession, report: str) -> ReportMakingRow | None:
    """What is noted of a report."""
    statement = select(ReportMakingRow).where(
        col(ReportMakingRow.municipality_id) == municipality_of(session).id,
        col(ReportMakingRow.report) == report,
    )
    return (await session.exec(statement)).one_or_none()


async def making(session: AsyncSession, key: str) -> ReportMaking:
    """How far it is, by key or UUID of the report; 404 when nothing was ever made there."""
    report = await REPORTS.one(session, key)
    session.info.pop("revision")  # it goes on without the report
    row = await row_of(session, report.key)
    if row is None:
        raise NotFound(f"No edition of {report.key!r} was made in the background.")
    return ReportMaking.model_validate(row)
