"""What is new, latest first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.files.queries import FILES
from services.boards.files.tables import FileRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.tables import MeetingRow
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.publication_versions.tables import PublicationVersionRow as Version
from services.boards.publications import queries as publications
from services.boards.publications.queries import PUBLICATIONS, shown, standing
from services.boards.publications.tables import PublicationRow
from services.boards.resolutions.queries import RESOLUTIONS, told
from services.boards.resolutions.tables import EndingRow, ResolutionRow
from services.contracts.boards.publications import Publication, PublicationKind
from services.contracts.boards.resolutions import Resolution

MOST = 50
"""Entries of a feed."""


class News(NamedTuple):
    """A publication as the actor sees it, with what there is to read."""

    publication: Publication
    changed_at: datetime
    files: Sequence[FileRow]


async def new_publications(
    session: AsyncSession, kind: PublicationKind | None, body: str | None
) -> list[News]:
    """The publications that changed last, or have a new version; withdrawn ones among them."""
    latest = (
        select(col(Version.publication).label("key"), func.max(Version.changed_at).label("at"))
        .where(standing(session))
        .group_by(col(Version.publication))
        .subquery()
    )
    changed_at = func.greatest(PublicationRow.changed_at, latest.c.at)
    statement = (
        select(PublicationRow, changed_at)
        .outerjoin(latest, latest.c.key == col(PublicationRow.key))
        .where(PUBLICATIONS.seen(session), *publications.chosen(kind=kind, body=body))
        .order_by(changed_at.desc(), col(PublicationRow.id))
        .limit(MOST)
    )
    rows = (await session.exec(statement)).all()
    files = await _files(session, [row.key for row, _ in rows if row.withdrawn_at is None])
    told = await shown(session, [row for row, _ in rows])
    return [
        News(publication, moment, files.get(publication.key, []))
        for publication, (_, moment) in zip(told, rows, strict=True)
    ]


async def _files(session: AsyncSession, keys: Sequence[str]) -> Mapping[str, list[FileRow]]:
    """Publication -> the files of its current version that the actor may see, in their order."""
    current = await publications.current(session, keys)
    wanted = {publication: version.files for publication, version in current.items()}
    named = {key for files in wanted.values() for key in files}
    statement = select(FileRow).where(
        FILES.seen(session), col(FileRow.key).in_(named), col(FileRow.withdrawn_at).is_(None)
    )
    there = {row.key: row for row in await session.exec(statement)}
    return {
        publication: [there[key] for key in files if key in there]
        for publication, files in wanted.items()
    }


async def new_meetings(session: AsyncSession, body: str | None) -> Sequence[MeetingRow]:
    """The meetings that were planned or changed last."""
    of = [col(MeetingRow.body) == body] if body is not None else []
    statement = (
        select(MeetingRow)
        .where(MEETINGS.seen(session), *of)
        .order_by(col(MeetingRow.changed_at).desc(), col(MeetingRow.id))
        .limit(MOST)
    )
    return (await session.exec(statement)).all()


async def new_resolutions(
    session: AsyncSession, body: str | None
) -> Sequence[tuple[Resolution, datetime]]:
    """The resolutions that were taken, changed or ended last, void ones among them."""
    of = [col(ResolutionRow.body) == body] if body is not None else []
    later = aliased(ResolutionRow)
    ended_at = (
        select(func.max(later.created_at))
        .join(
            EndingRow,
            (col(EndingRow.municipality_id) == col(later.municipality_id))
            & (col(EndingRow.resolution) == col(later.key)),
        )
        .where(
            col(EndingRow.municipality_id) == col(ResolutionRow.municipality_id),
            col(EndingRow.ended) == col(ResolutionRow.key),
        )
        .correlate(ResolutionRow)
        .scalar_subquery()
    )
    changed_at = func.greatest(ResolutionRow.changed_at, ended_at)
    statement = (
        select(ResolutionRow, changed_at)
        .where(RESOLUTIONS.seen(session), *of)
        .order_by(changed_at.desc(), col(ResolutionRow.id))
        .limit(MOST)
    )
    rows = (await session.exec(statement)).all()
    shown = await told(session, [row for row, _ in rows])
    return [(one, moment) for one, (_, moment) in zip(shown, rows, strict=True)]


async def names(session: AsyncSession) -> Mapping[str, Mapping[str, str]]:
    """Names of the bodies and organisations that the actor may see, by collection and key."""
    bodies = select(BodyRow.key, BodyRow.name).where(BODIES.seen(session))
    organisations = select(OrganisationRow.key, OrganisationRow.name).where(
        ORGANISATIONS.seen(session)
    )
    return {
        **{f"bodies/{key}": name for key, name in await session.exec(bodies)},
        **{f"organisations/{key}": name for key, name in await session.exec(organisations)},
    }
