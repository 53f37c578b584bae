"""Bringing a map into the territory: all of it or nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.areas import (
    AreaCollection,
    AreaProperties,
    Imported,
    NewArea,
    NewAreaVersion,
)
from services.indicators.areas import commands as areas
from services.indicators.areas import queries
from services.indicators.areas.queries import AREAS, TREE
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.imports import rules
from services.kit import sql
from services.kit.problems import Invalid

_MOST_FAULTS = 100
_Columns = dict[str, Any]


@dataclass(frozen=True)
class _New:
    """An area that the town does not know yet."""

    area: NewArea
    columns: _Columns


@dataclass(frozen=True)
class _Known:
    """An area of the town: one of its versions is corrected, or a version follows."""

    row: AreaRow
    versions: Sequence[AreaVersionRow]
    corrected: AreaVersionRow | None
    fixed: Mapping[str, Any]
    columns: _Columns


async def bring(
    session: AsyncSession, collection: AreaCollection, valid_from: date | None, level: str | None
) -> Imported:
    """Enter new areas and correct known ones; refuses (422) the whole file with every fault."""
    await sql.alone(session, TREE)
    shapes, faults = await asyncio.to_thread(rules.shapes_of, collection)
    positions, rank_of = await queries.positions(session), await queries.ranks(session)
    parents = await queries.parents_on(session, valid_from or queries.today())
    town = await queries.several(session, [f.properties.key for f in collection.features])
    plans: list[_New | _Known] = []
    for n, feature in enumerate(collection.features):
        given = feature.properties
        start, on_level = given.valid_from or valid_from, given.level or level
        try:
            if given.key in town:
                plan: _New | _Known = _known(n, given, shapes[n], *town[given.key], start)
            else:
                plan = _new(n, given, shapes[n], start, on_level, positions)
                rank_of[given.key] = positions[plan.area.level]
        except Invalid as refused:
            faults += refused.faults
        else:
            parents[given.key] = plan.columns["parent"]
            plans.append(plan)
    faults += rules.place_faults(collection, parents, rank_of)
    if faults:
        raise Invalid(f"{len(faults)} faults; nothing was stored.", faults=faults[:_MOST_FAULTS])
    return await _carry_out(session, plans)


def _new(
    n: int,
    given: AreaProperties,
    shape: _Columns | None,
    start: date | None,
    level: str | None,
    positions: Mapping[str, int],
) -> _New:
    if start is None:
        raise rules.refusal(n, "valid_from", "missing", "A new area is valid from some day on.")
    if level not in positions:
        raise rules.refusal(n, "level", "unknown", f"There is no level {level!r}.")
    columns = {**rules.columns_of(given, shape, None), "valid_from": start}
    rules.check_span(n, columns, ())
    fixed = {"key": given.key, "level": level, "kind": given.kind, "visibility": given.visibility}
    return _New(NewArea.model_validate({**columns, **fixed}), columns)


def _known(
    n: int,
    given: AreaProperties,
    shape: _Columns | None,
    row: AreaRow,
    versions: Sequence[AreaVersionRow],
    start: date | None,
) -> _Known:
    if given.level not in (None, row.level):
        raise rules.refusal(n, "level", "moved", f"{row.key} is of the level {row.level!r}.")
    first = start or queries.version_on(versions, None).valid_from
    corrected = next((v for v in versions if v.valid_from == first), None)
    latest = corrected or versions[-1]
    before = {name: getattr(latest, name) for name in NewAreaVersion.model_fields}
    if corrected is None:
        before["valid_to"] = None
    columns = {**rules.columns_of(given, shape, before), "valid_from": first}
    others = [
        (v.valid_from, v.valid_to)
        for v in versions
        if v is not corrected and (corrected or v.valid_to or v.valid_from >= first)
    ]
    rules.check_span(n, columns, others)
    told = given.model_fields_set & {"kind", "visibility"}
    return _Known(row, versions, corrected, {name: getattr(given, name) for name in told}, columns)


async def _carry_out(session: AsyncSession, plans: Sequence[_New | _Known]) -> Imported:
    created, changed, unchanged = [], [], []
    rows = {}
    for plan in plans:
        if isinstance(plan, _New):
            rows[plan.area.key] = await AREAS.add(session, plan.area)
    for plan in plans:
        if isinstance(plan, _New):
            await areas.add_version(session, rows[plan.area.key], plan.columns)
            created.append(plan.area.key)
        elif plan.corrected is None:
            await areas.succeed(session, plan.row, plan.versions, plan.columns)
            changed.append(plan.row.key)
        elif await areas.correct(session, plan.row, plan.corrected, plan.fixed, plan.columns):
            changed.append(plan.row.key)
        else:
            unchanged.append(plan.row.key)
    for name in ("location", "revision"):
        session.info.pop(name, None)
    return Imported(created=created, changed=changed, unchanged=unchanged)
