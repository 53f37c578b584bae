"""Every statement on the stored releases and their figures."""

from asyncio import to_thread
from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.disclosure import commands as disclosure
from services.indicators.disclosure.queries import catalogue, tell_less
from services.indicators.disclosure.rules import Definition
from services.indicators.releases import rules
from services.indicators.releases.rules import Raw
from services.indicators.releases.tables import ReleaseRow
from services.kit.database import municipality_of
from services.kit.native import Statements, copy_into, native, statement
from services.kit.resources import Kind

__all__ = ["RELEASES", "begin", "catalogue", "collect", "last", "publish", "settle"]
RELEASES = Kind(ReleaseRow, "releases", "indicators.release")
_BATCH = 2_000
_PROTECTED = (
    "indicator",
    "area",
    "period_end",
    "period",
    "breakdown",
    "period_start",
    "value",
    "status",
    "rule",
    "provisional",
    "basis",
)
_SLOW = 600.0
"""Seconds that a step of a release with a million figures may take."""
_SQL = Statements(__package__, _SLOW)


async def last(session: AsyncSession) -> ReleaseRow | None:
    """The newest release."""
    mine = col(ReleaseRow.municipality_id) == municipality_of(session).id
    newest = select(ReleaseRow).where(mine).order_by(col(ReleaseRow.number).desc()).limit(1)
    return (await session.exec(newest)).one_or_none()


async def begin(session: AsyncSession) -> None:
    """Make the working tables of a release."""
    await (await native(session)).execute(statement(__package__, "begin"))


async def collect(session: AsyncSession, deliveries: Collection[str]) -> None:
    """Let the figures of the deliveries move."""
    await _run(session, "collect", list(deliveries))


async def settle(session: AsyncSession, release: int) -> int:
    """Let what moves stand from the release on; how many figures are new or changed."""
    connection = await native(session)
    await connection.execute("ANALYZE moving")
    await _run(session, "drop_unchanged")
    await _run(session, "end_old", release)
    changed = await _run(session, "add_new", release)
    await connection.execute("TRUNCATE moving")
    await connection.execute("ANALYZE settled")
    return changed


async def publish(
    session: AsyncSession,
    redefined: Collection[str],
    definitions: Mapping[str, Definition],
    release: int,
) -> tuple[int, int]:
    """Protect what moved and what depends on it; how many figures are shown otherwise or hidden."""
    connection = await native(session)
    await _run(session, "affect", list(redefined))
    await connection.execute("ANALYZE affected")
    figures = await connection.cursor(
        statement(__package__, "figures"), municipality_of(session).id, timeout=_SLOW
    )
    while batch := await figures.fetch(_BATCH):
        rows = await to_thread(rules.protected, map(Raw._make, batch), definitions)
        await copy_into(session, "protected", _PROTECTED, rows)
    await connection.execute("ANALYZE protected")
    await disclosure.protect_linked(session, definitions, release)
    await _run(session, "drop_published")
    await _run(session, "end_published", release)
    shown = await _run(session, "publish", release)
    await tell_less(session, release)
    hidden = await connection.fetchval(
        "SELECT count(*) FROM protected WHERE status = 'confidential'"
    )
    return shown, hidden


async def _run(session: AsyncSession, name: str, *values: Any) -> int:
    """Run one of the statements for this municipality; how many rows it touched."""
    return await _SQL.run(session, name, municipality_of(session).id, *values)
