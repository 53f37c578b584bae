"""What has come of boards, newest first, as the actor may see it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import DateTime, and_, cast, func, null, or_, select
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
from services.contracts.shared.base import Language
from services.contracts.shared.outcomes import Outcome, OutcomeKind
from services.kit.days import day_of
from services.kit.deadlines import phrase
from services.kit.outcomes import Producing


async def recommendations(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Recommendations whose vote holds."""
    row, kind = RecommendationRow, OutcomeKind.recommendation
    columns: tuple[Any, ...] = (col(row.key), col(row.title), col(row.decided_on), null())
    found = select(*columns).where(RECOMMENDATIONS.seen(session), col(row.valid))
    return await _newest(session, found, columns, until, most, kind)


async def resolutions(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Resolutions whose vote holds."""
    row, kind = ResolutionRow, OutcomeKind.resolution
    columns: tuple[Any, ...] = (col(row.key), col(row.title), col(row.decided_on), null())
    found = select(*columns).where(RESOLUTIONS.seen(session), col(row.valid))
    return await _newest(session, found, columns, until, most, kind)


async def meetings(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Meetings that were held; what kind of body met says where they belong."""
    row, kind = MeetingRow, OutcomeKind.meeting
    sort = func.concat(row.kind, "/", BodyRow.kind)
    columns: tuple[Any, ...] = (col(row.key), col(row.name), day_of(row.starts_at), sort)
    of = and_(
        col(BodyRow.municipality_id) == col(row.municipality_id), col(BodyRow.key) == col(row.body)
    )
    held = col(row.state) == MeetingState.held
    found = select(*columns).join(BodyRow, of).where(MEETINGS.seen(session), held)
    return await _newest(session, found, columns, until, most, kind)


async def publications(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Publications that were not withdrawn, since their newest version; of many only the year is
    known, which is no day."""
    row, kind = PublicationRow, OutcomeKind.publication
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
    columns: tuple[Any, ...] = (col(row.key), col(row.title), on, col(row.kind))
    found = select(*columns).where(PUBLICATIONS.seen(session), col(row.withdrawn_at).is_(None))
    return await _newest(session, found, columns, until, most, kind)


async def participation(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Processes whose feedback report is published."""
    row, kind = ParticipationProcessRow, OutcomeKind.participation
    published = cast(col(row.report)["published_at"].astext, DateTime(timezone=True))
    columns: tuple[Any, ...] = (col(row.key), col(row.name), day_of(published), null())
    found = select(*columns).where(PROCESSES.seen(session), col(row.report).is_not(None))
    return await _newest(session, found, columns, until, most, kind)


async def implementations(session: AsyncSession, until: date, most: int) -> Iterable[Outcome]:
    """Tasks from resolutions that were carried out."""
    row, kind = ImplementationRow, OutcomeKind.implementation
    columns: tuple[Any, ...] = (col(row.key), col(row.task), col(row.state_since), null())
    done = col(row.state) == ImplementationState.done
    found = select(*columns).where(IMPLEMENTATIONS.seen(session), done)
    return await _newest(session, found, columns, until, most, kind)


async def _newest(
    session: AsyncSession,
    found: Any,
    columns: Sequence[Any],
    until: date,
    most: int,
    kind: OutcomeKind,
) -> list[Outcome]:
    key, _, on, _ = columns
    there = or_(on <= until, on.is_(None))
    newest = found.where(there).order_by(on.desc().nulls_last(), key).limit(most)
    rows = await (await session.connection()).execute(newest)
    return [
        Outcome(
            kind=kind,
            key=key,
            on=day,
            title=phrase(_TITLE, title=title),
            path=f"{_COLLECTIONS[kind]}/{key}",
            sort=sort,
        )
        for key, title, day, sort in rows
    ]


_TITLE: dict[Language, str] = {"de": "{title}", "en": "{title}", "it": "{title}"}
_COLLECTIONS = {
    OutcomeKind.recommendation: "recommendations",
    OutcomeKind.resolution: "resolutions",
    OutcomeKind.meeting: "meetings",
    OutcomeKind.publication: "publications",
    OutcomeKind.participation: "participation-processes",
    OutcomeKind.implementation: "implementations",
}
SOURCES = (
    Producing("boards.resolutions:read", recommendations),
    Producing("boards.resolutions:read", resolutions),
    Producing("boards.meetings:read", meetings),
    Producing("boards.publications:read", publications),
    Producing("boards.participation:read", participation),
    Producing("boards.implementations:read", implementations),
)
