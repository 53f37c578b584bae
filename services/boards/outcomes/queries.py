"""What has come of boards, as the actor may see it."""

from sqlalchemy import DateTime, and_, cast, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.tables import BodyRow
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.implementations.tables import ImplementationRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.boards.participation.queries import PROCESSES
from services.boards.participation.tables import ParticipationProcessRow
from services.boards.publication_versions.tables import PublicationVersionRow as Version
from services.boards.publications.queries import PUBLICATIONS, standing
from services.boards.publications.tables import PublicationRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.tables import RecommendationRow
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import ResolutionRow
from services.contracts.boards.implementations import ImplementationState
from services.contracts.boards.meetings import MeetingState
from services.contracts.shared.outcomes import OutcomeKind
from services.kit.days import day_of
from services.kit.outcomes import Produced, Producing


def recommendations(_: AsyncSession) -> Produced:
    """Recommendations whose vote holds."""
    row = RecommendationRow
    holds = (col(row.valid).is_(True),)
    return Produced(RECOMMENDATIONS, col(row.decided_on), col(row.title), where=holds)


def resolutions(_: AsyncSession) -> Produced:
    """Resolutions whose vote holds."""
    row = ResolutionRow
    holds = (col(row.valid).is_(True),)
    return Produced(RESOLUTIONS, col(row.decided_on), col(row.title), where=holds)


def meetings(_: AsyncSession) -> Produced:
    """Meetings that were held; what kind of body met says where they belong."""
    row, body = MeetingRow, BodyRow
    of = and_(col(body.municipality_id) == col(row.municipality_id), col(body.key) == col(row.body))
    return Produced(
        MEETINGS,
        day_of(row.starts_at),
        col(row.name),
        func.concat(row.kind, "/", body.kind),
        where=(col(row.state) == MeetingState.held,),
        joins=((body, of),),
    )


def publications(session: AsyncSession) -> Produced:
    """Publications that were not withdrawn, since their newest version; of many only the year is
    known, which is no day."""
    row = PublicationRow
    latest = (
        select(func.max(Version.published_on))
        .where(
            col(Version.municipality_id) == col(row.municipality_id),
            col(Version.publication) == col(row.key),
            standing(session),
        )
        .scalar_subquery()
    )
    on = func.coalesce(latest, col(row.published_on))
    there = (col(row.withdrawn_at).is_(None),)
    return Produced(PUBLICATIONS, on, col(row.title), col(row.kind), where=there)


def participation(_: AsyncSession) -> Produced:
    """Processes whose feedback report is published."""
    row = ParticipationProcessRow
    published = cast(col(row.report)["published_at"].astext, DateTime(timezone=True))
    reported = (col(row.report).is_not(None),)
    return Produced(PROCESSES, day_of(published), col(row.name), where=reported)


def implementations(_: AsyncSession) -> Produced:
    """Tasks from resolutions that were carried out."""
    row = ImplementationRow
    done = (col(row.state) == ImplementationState.done,)
    return Produced(IMPLEMENTATIONS, col(row.state_since), col(row.task), where=done)


SOURCES = (
    Producing(OutcomeKind.recommendation, "boards.resolutions:read", recommendations),
    Producing(OutcomeKind.resolution, "boards.resolutions:read", resolutions),
    Producing(OutcomeKind.meeting, "boards.meetings:read", meetings),
    Producing(OutcomeKind.publication, "boards.publications:read", publications),
    Producing(OutcomeKind.participation, "boards.participation:read", participation),
    Producing(OutcomeKind.implementation, "boards.implementations:read", implementations),
)
