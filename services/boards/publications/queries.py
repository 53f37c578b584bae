"""Every question asked of the stored publications."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.files.subjects import carries_files
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.publication_versions.tables import PublicationVersionRow as Version
from services.boards.publications.tables import PublicationRow
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.publications import CurrentVersion, Publication, PublicationKind
from services.kit.access import visible_to
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys

PUBLICATIONS = carries_files(
    SubjectKind.publication, Kind(PublicationRow, "publications", "boards.publication")
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    kind: PublicationKind | None = None,
    year: int | None = None,
    body: str | None = None,
    indicator: str | None = None,
    release: int | None = None,
    withdrawn: bool = False,
) -> Mapping[str, Any]:
    """Publications by key: of a kind, a year, a body; with a version that rests on figures."""
    where = chosen(kind=kind, year=year, body=body)
    where.append(col(PublicationRow.withdrawn_at).is_not(None) == withdrawn)
    rests_on = []
    if indicator is not None:
        rests_on.append(col(Version.indicators).contains([indicator]))
    if release is not None:
        rests_on.append(col(Version.releases).contains([release]))
    if rests_on:
        of = col(Version.publication) == col(PublicationRow.key)
        where.append(exists().where(standing(session), of, *rests_on))
    found = await PUBLICATIONS.page(session, paging, *where)
    return {**found, "items": await shown(session, found["items"])}


def chosen(
    *, kind: PublicationKind | None = None, year: int | None = None, body: str | None = None
) -> list[ColumnElement[bool]]:
    """Of a kind, a year; from a body or commissioned by it."""
    where = matching(PublicationRow, kind=kind, year=year)
    if body is not None:
        commissioned = col(PublicationRow.commissioned_by) == body
        where.append(col(PublicationRow.bodies).contains([body]) | commissioned)
    return where


async def shown(session: AsyncSession, rows: Sequence[PublicationRow]) -> list[Publication]:
    """The publications, naming bodies and versions as far as the actor may see them."""
    versions = await current(session, [row.key for row in rows if row.withdrawn_at is None])
    bodies = {key for row in rows for key in (*row.bodies, row.commissioned_by) if key}
    publishers = {row.publisher for row in rows if row.publisher is not None}
    seen: Mapping[str, Collection[str]] = {"bodies": bodies, "organisations": publishers}
    if not actor_of(session).sees_everything:
        seen = await seen_keys(session, (BODIES, bodies), (ORGANISATIONS, publishers))

    def named(collection: str, key: str | None) -> str | None:
        return key if key in seen.get(collection, ()) else None

    return [
        Publication.model_validate(
            {
                **row.model_dump(),
                "bodies": [key for key in row.bodies if named("bodies", key)],
                "commissioned_by": named("bodies", row.commissioned_by),
                "publisher": named("organisations", row.publisher),
                "current": _short(versions.get(row.key)),
            }
        )
        for row in rows
    ]


async def current(session: AsyncSession, keys: Collection[str]) -> Mapping[str, Version]:
    """Publication -> its newest standing version that the actor may see."""
    if not keys:
        return {}
    newest = (
        select(col(Version.publication).label("key"), func.max(Version.number).label("number"))
        .where(standing(session), col(Version.publication).in_(keys))
        .group_by(col(Version.publication))
        .subquery()
    )
    is_newest = (newest.c.key == col(Version.publication)) & (newest.c.number == Version.number)
    statement = select(Version).join(newest, is_newest).where(standing(session))
    return {row.publication: row for row in await session.exec(statement)}


def standing(session: AsyncSession) -> ColumnElement[bool]:
    """Versions that were not withdrawn and that the actor may see, with what they belong to."""
    actor = actor_of(session)
    assert actor.municipality is not None
    return (
        (col(Version.municipality_id) == actor.municipality.id)
        & col(Version.withdrawn_at).is_(None)
        & col(Version.visibility).in_(visible_to(actor))
    )


def _short(version: Version | None) -> CurrentVersion | None:
    return CurrentVersion.model_validate(version) if version is not None else None
