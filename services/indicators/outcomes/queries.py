"""What has come of figures, newest first, as the actor may see it."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.outcomes import Outcome, OutcomeKind
from services.indicators.findings.queries import FINDINGS
from services.indicators.findings.queries import told as tells
from services.indicators.findings.tables import FindingRow
from services.indicators.releases.queries import RELEASES
from services.indicators.releases.tables import ReleaseRow
from services.indicators.reports.queries import REPORTS
from services.indicators.reports.tables import ReportRow
from services.kit.days import day_of
from services.kit.outcomes import Producing


async def releases(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Figures that were released."""
    row, on = ReleaseRow, day_of(ReleaseRow.created_at)
    statement = select(row.key, col(row.title), on).where(RELEASES.seen(session), on <= until)
    ordered = statement.order_by(on.desc(), col(row.number).desc()).limit(most)
    return [
        Outcome(
            kind=OutcomeKind.release,
            key=key,
            on=day,
            title=title,
            path=f"releases/{key}",
            sort=None,
        )
        for key, title, day in await session.exec(ordered)
    ]


async def findings(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Findings, since the release that opened them."""
    row, on = FindingRow, day_of(ReleaseRow.created_at)
    statement = (
        select(row.key, col(row.title), on, row.state)
        .join(
            ReleaseRow,
            (col(ReleaseRow.municipality_id) == col(row.municipality_id))
            & (col(ReleaseRow.number) == col(row.first_seen)),
        )
        .where(FINDINGS.seen(session), *tells(session), on <= until)
    )
    ordered = statement.order_by(on.desc(), col(row.key)).limit(most)
    return [
        Outcome(
            kind=OutcomeKind.finding,
            key=key,
            on=day,
            title=title,
            path=f"findings/{key}",
            sort=state,
        )
        for key, title, day, state in await session.exec(ordered)
    ]


async def reports(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Reports that were made of released figures."""
    row, on = ReportRow, day_of(ReportRow.created_at)
    statement = select(row.key, col(row.title), on, row.kind).where(
        REPORTS.seen(session), on <= until
    )
    ordered = statement.order_by(on.desc(), col(row.key)).limit(most)
    return [
        Outcome(
            kind=OutcomeKind.report,
            key=key,
            on=day,
            title=title,
            path=f"reports/{key}",
            sort=kind,
        )
        for key, title, day, kind in await session.exec(ordered)
    ]


SOURCES = (
    Producing("indicators.releases:read", releases),
    Producing("indicators.needs:read", findings),
    Producing("indicators.reports:read", reports),
)
