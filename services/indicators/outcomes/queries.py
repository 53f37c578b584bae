"""What has come of figures, as the actor may see it."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.outcomes import OutcomeKind
from services.indicators.findings.queries import FINDINGS
from services.indicators.findings.queries import told as tells
from services.indicators.findings.tables import FindingRow
from services.indicators.releases.queries import RELEASES
from services.indicators.releases.tables import ReleaseRow
from services.indicators.reports.queries import REPORTS
from services.indicators.reports.tables import ReportRow
from services.kit.days import day_of
from services.kit.outcomes import Produced, Producing


def releases(_: AsyncSession) -> Produced:
    """Figures that were released."""
    return Produced(RELEASES, day_of(ReleaseRow.created_at), col(ReleaseRow.title))


def findings(session: AsyncSession) -> Produced:
    """Findings, since the release that opened them."""
    row, release = FindingRow, ReleaseRow
    opened = (col(release.municipality_id) == col(row.municipality_id)) & (
        col(release.number) == col(row.first_seen)
    )
    return Produced(
        FINDINGS,
        day_of(release.created_at),
        col(row.title),
        col(row.state),
        where=tells(session),
        joins=((release, opened),),
    )


def reports(_: AsyncSession) -> Produced:
    """Reports that were made of released figures."""
    row = ReportRow
    return Produced(REPORTS, day_of(row.created_at), col(row.title), col(row.kind))


SOURCES = (
    Producing(OutcomeKind.release, "indicators.releases:read", releases),
    Producing(OutcomeKind.finding, "indicators.needs:read", findings),
    Producing(OutcomeKind.report, "indicators.reports:read", reports),
)
