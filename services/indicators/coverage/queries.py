"""Every question asked of what there is for whom."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Visibility
from services.indicators import in_town
from services.indicators.coverage import spreading
from services.indicators.coverage.rules import Need, Site
from services.indicators.coverage.spreading import Basis, Covered
from services.indicators.facility_kinds.tables import FacilityKindRow
from services.indicators.observations.tables import EditionRow
from services.indicators.placing import queries as places
from services.kit.database import municipality_of
from services.kit.native import statement

_AREAS = text(statement(__package__, "areas"))
_SITES = text(statement(__package__, "sites"))
_NEED = text(statement(__package__, "need"))


@dataclass(frozen=True)
class Asked:
    """Which coverage is asked for, and by whom."""

    kind: str
    level: str
    on: date
    today: date
    visible: tuple[Visibility, ...]


async def basis(session: AsyncSession, asked: Asked, kind: FacilityKindRow) -> Basis:
    """What is known of areas, facilities and the target group; places must be up to date."""
    values = {"level": asked.level, "on": asked.on, "visible": [str(v) for v in asked.visible]}
    areas = (await in_town.run(session, _AREAS, **values)).all()
    rows = await in_town.run(session, _SITES, kind=asked.kind, visible=values["visible"])
    sites = [Site._make((*row[:5], _pair(row.position))) for row in rows]
    keys = [site.key for site in sites]
    assigned = await places.assigned(session, asked.on, asked.visible, keys)
    figures: Sequence[Any] = ()
    need = kind.need or {}
    if need:
        figures = (await in_town.run(session, _NEED, **values, **need)).all()
    edition = await session.exec(
        select(EditionRow.release).where(
            col(EditionRow.municipality_id) == municipality_of(session).id
        )
    )
    return Basis(
        areas=areas,
        sites=sites,
        area_of={place.facility: place.area for place in assigned if place.level == asked.level},
        indicator=need.get("indicator"),
        breakdown=need.get("breakdown"),
        needs={row.area: Need(row.value, ValueStatus(row.status)) for row in figures},
        period=figures[0].period if figures else None,
        provisional=any(row.provisional for row in figures),
        release=edition.first() or None,
    )


def _pair(position: Sequence[float] | None) -> tuple[float, float] | None:
    return (position[0], position[1]) if position else None


async def covered(session: AsyncSession, asked: Asked, kind: FacilityKindRow) -> Covered:
    """The coverage of every area; places must be up to date."""
    found = await basis(session, asked, kind)
    return await asyncio.to_thread(spreading.cover, found, asked.on, asked.today)
