"""What is counted for those who took part."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions.tables import ContributionRow
from services.boards.feedback import rules, words
from services.boards.participation.queries import PROCESSES
from services.boards.participation.rules import names
from services.boards.participation.tables import ParticipationProcessRow
from services.boards.statements.queries import number
from services.contracts.boards.contributions import ContributionState
from services.contracts.boards.feedback import FeedbackReport
from services.kit.database import actor_of, municipality_of
from services.kit.problems import NotFound

Choices = Mapping[str, Mapping[str, str]]


async def report(session: AsyncSession, key: str) -> FeedbackReport:
    """The report as it was published; before, a preview for the administration (404 else)."""
    process = await PROCESSES.one(session, key)
    if process.report is not None:
        return FeedbackReport.model_validate(process.report)
    if not actor_of(session).sees_everything:
        raise NotFound("The feedback report is not published yet.")
    return await counted(session, process)


async def counted(session: AsyncSession, process: ParticipationProcessRow) -> FeedbackReport:
    """The report from the contributions as they are now, protected."""
    rows = await _facts(session, process.key)
    offered: Mapping[str, Choices] = {
        "category": names(process.categories),
        "area": {area: process.area_names.get(area, {"de": area}) for area in process.areas},
        "target_group": names(process.target_groups),
        "answer": words.DECISIONS,
    }
    smallest = process.smallest_group
    total, status = rules.total(len(rows), smallest)
    tables = [
        _table(by, [row[n] for row in rows], choices, smallest)
        for n, (by, choices) in enumerate(offered.items())
        if choices
    ]
    return FeedbackReport.model_validate(
        {
            "process": process.key,
            "name": process.name,
            "summary": None,
            "published_at": None,
            "smallest_group": smallest,
            "total": total,
            "total_status": status,
            "tables": tables,
            "statements": await number(session, process.key),
        }
    )


def _table(
    by: str, chosen: Sequence[str | None], offered: Choices, smallest: int
) -> dict[str, Any]:
    counts = [
        {
            "key": key,
            "name": offered[key] if key is not None else words.NOTHING[by],
            "count": count,
            "status": status,
        }
        for key, count, status in rules.table(chosen, offered, smallest)
    ]
    return {"by": by, "counts": counts}


async def _facts(
    session: AsyncSession, process: str
) -> Sequence[tuple[str | None, str | None, str | None, str | None]]:
    """Category, area, target group and decision of each contribution that was not taken back."""
    row = ContributionRow
    statement = select(
        col(row.category), col(row.area), col(row.target_group), col(row.decision)
    ).where(
        col(row.municipality_id) == municipality_of(session).id,
        col(row.process) == process,
        col(row.state) != ContributionState.withdrawn,
    )
    return (await session.exec(statement)).all()
