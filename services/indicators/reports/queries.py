"""Every question asked for a report."""

import json
from asyncio import to_thread
from collections.abc import Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Visibility
from services.indicators.maps.shapes import simplified
from services.indicators.releases.tables import ReleaseRow
from services.indicators.reports.frozen import Frozen, Printed
from services.indicators.reports.tables import FrozenRow, ReportRow
from services.kit.database import municipality_of
from services.kit.native import native, statement
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

REPORTS = Kind(ReportRow, "reports", "indicators.report")
_FROZEN, _FIGURES = statement(__package__, "frozen"), statement(__package__, "figures")
_SEEN_BY = {
    Visibility.public: [Visibility.public],
    Visibility.members: [Visibility.public, Visibility.members],
    Visibility.administration: list(Visibility),
}


async def page(
    session: AsyncSession, paging: Paging, kind: str | None, release: int | None
) -> Mapping[str, Any]:
    """Reports by key, of one kind or release."""
    where = matching(ReportRow, kind=kind, release=release)
    return await REPORTS.page(session, paging, *where)


async def release_exists(session: AsyncSession, number: int) -> bool:
    """Is there a release of this number?"""
    found = select(col(ReleaseRow.id)).where(
        col(ReleaseRow.municipality_id) == municipality_of(session).id,
        col(ReleaseRow.number) == number,
    )
    return (await session.exec(found)).first() is not None


async def freeze(
    session: AsyncSession, visibility: str, level: str, day: date, release: int
) -> tuple[str, Frozen]:
    """Keep the words and shapes that a report of the release is made of; digest and content."""
    connection, municipality = await native(session), municipality_of(session).id
    seen = [str(v) for v in _SEEN_BY[Visibility(visibility)]]
    content = json.loads(
        await connection.fetchval(_FROZEN, municipality, seen, level, day, release)
    )
    content["areas"] = await to_thread(_lighter, content["areas"])
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(text.encode()).hexdigest()
    await connection.execute(
        "INSERT INTO report_frozen (municipality_id, digest, content) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING",
        municipality,
        digest,
        text,
    )
    return digest, Frozen.model_validate(content)


def _lighter(areas: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The areas with shapes as light as a printed map needs them."""
    entered = {area["key"]: json.dumps(area["shape"]) for area in areas if area["shape"]}
    made = simplified(entered)
    return [{**a, "shape": json.loads(made[a["key"]]) if a["shape"] else None} for a in areas]


async def frozen(session: AsyncSession, digest: str) -> Frozen:
    """The words and shapes of a report."""
    content = select(col(FrozenRow.content)).where(
        col(FrozenRow.municipality_id) == municipality_of(session).id,
        col(FrozenRow.digest) == digest,
    )
    return Frozen.model_validate((await session.exec(content)).one())


async def figures(
    session: AsyncSession,
    indicators: Collection[str],
    areas: Collection[str],
    release: int,
    until: date | None,
) -> list[Printed]:
    """The protected figures of the release."""
    connection = await native(session)
    rows: list[Mapping[str, Any]] = await connection.fetch(
        _FIGURES,
        municipality_of(session).id,
        list(indicators),
        list(areas),
        release,
        until or date.max,
    )
    return [Printed(**{**row, "status": ValueStatus(row["status"])}) for row in rows]
