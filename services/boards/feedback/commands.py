"""Giving back to those who took part."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.feedback import queries, rules
from services.boards.participation.queries import PROCESSES, state_of
from services.contracts.boards.feedback import FeedbackReport, NewFeedbackReport
from services.kit.days import today


async def publish(session: AsyncSession, key: str, new: NewFeedbackReport) -> FeedbackReport:
    """Publish the report: its protected counts are kept as they are now, for good."""
    process = await PROCESSES.one(session, key, lock=True)
    rules.check_published(state_of(process, today()), process.report is not None)
    report = (await queries.counted(session, process)).model_copy(
        update={"summary": new.summary, "published_at": datetime.now(UTC)}
    )
    process.report = report.model_dump(mode="json")
    await session.flush()
    await PROCESSES.tell(session, process, "reported")
    session.info["revision"] = process.revision
    return report
