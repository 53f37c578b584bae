"""What a person does with areas."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.areas import Area, NewArea, NewAreaVersion
from services.contracts.shared.problems import Fault
from services.indicators.areas import queries, rules
from services.indicators.areas.queries import AREAS, TREE
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.patches import Patch
from services.kit.problems import Conflict, Invalid

_FIXED = ("level", "kind", "visibility")


async def found(session: AsyncSession, new: NewArea) -> Area:
    """Enter an area with its first version."""
    await sql.alone(session, TREE)
    columns = await _columns(new)
    await _check_place(session, new.key, new.level, new)
    row = await AREAS.add(session, new)
    return _whole(row, await add_version(session, row, columns))


async def begin_version(session: AsyncSession, key: str, new: NewAreaVersion) -> Area:
    """Let an area be otherwise from a day on; the version open until now ends on that day."""
    await sql.alone(session, TREE)
    columns = await _columns(new)
    row = await AREAS.one(session, key, lock=True)
    await _check_place(session, row.key, row.level, new)
    known = await queries.versions(session, row.key)
    version = await succeed(session, row, known, columns)
    base = f"/v1/{municipality_of(session).key}/areas/{row.key}"
    session.info["location"] = f"{base}?on={new.valid_from}"
    session.info["revision"] = row.revision
    return _whole(row, version)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewArea], expected: int, on: date | None
) -> Area:
    """Correct an area and its version valid on the day."""
    await sql.alone(session, TREE)
    row = await AREAS.locked(session, key, expected)
    known = await queries.versions(session, row.key)
    version = queries.version_on(known, on)
    new = patch.onto(_whole(row, version))
    columns = await _columns(new)
    await _check_place(session, row.key, new.level, new)
    _check_span(columns, (other for other in known if other is not version))
    moved = row.level != new.level
    await correct(session, row, version, {name: getattr(new, name) for name in _FIXED}, columns)
    if moved:
        pairs, rank_of = await queries.all_parents(session), await queries.ranks(session)
        misplaced = rules.misplaced(pairs, rank_of)
        if misplaced:
            raise Conflict(misplaced, pointer="/level", code="tree")
    session.info["revision"] = row.revision
    return _whole(row, version)


async def succeed(
    session: AsyncSession,
    row: AreaRow,
    known: Iterable[AreaVersionRow],
    columns: Mapping[str, Any],
) -> AreaVersionRow:
    """Add a version to an area and end the one that was open; refuses an overlap (409)."""
    opened = [v for v in known if v.valid_to is None and v.valid_from < columns["valid_from"]]
    _check_span(columns, (version for version in known if version not in opened))
    await _raise_revision(session, row)
    for version in opened:
        version.valid_to, version.revision = columns["valid_from"], row.revision
    await session.flush()
    version = await add_version(session, row, columns)
    await AREAS.tell(session, row, "changed", fields=["versions"])
    return version


async def add_version(
    session: AsyncSession, row: AreaRow, columns: Mapping[str, Any]
) -> AreaVersionRow:
    """Store a version of the area."""
    version = AreaVersionRow(
        municipality_id=row.municipality_id, area=row.key, revision=row.revision, **columns
    )
    session.add(version)
    await session.flush()
    return version


async def correct(
    session: AsyncSession,
    row: AreaRow,
    version: AreaVersionRow,
    fixed: Mapping[str, Any],
    columns: Mapping[str, Any],
) -> bool:
    """Store what is different in the area and its version; whether anything was."""
    of_row = _different(row, fixed)
    of_version = _different(version, columns)
    if not of_row and not of_version:
        return False
    for name in of_row:
        setattr(row, name, fixed[name])
    await _raise_revision(session, row)
    for name in of_version:
        setattr(version, name, columns[name])
        version.revision = row.revision
    await session.flush()
    await AREAS.tell(session, row, "changed", fields=sorted(of_row + of_version))
    return True


def _different(row: Any, values: Mapping[str, Any]) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


async def _raise_revision(session: AsyncSession, row: AreaRow) -> None:
    """A change of a version is a change of the area."""
    row.changed_at = datetime.now(UTC)
    await session.flush()


async def _columns(new: NewAreaVersion) -> dict[str, Any]:
    """The columns of a version; refuses a shape that is none."""
    columns = {name: getattr(new, name) for name in NewAreaVersion.model_fields}
    if new.geometry is not None:
        checked = await asyncio.to_thread(rules.checked_geometry, new.geometry)
        if checked.problems:
            raise Invalid(
                "The geometry is not valid.",
                faults=[
                    Fault(pointer=place, code="geometry", detail=detail)
                    for place, detail in checked.problems
                ],
            )
        columns["geometry"] = checked.geometry
    return columns


async def _check_place(session: AsyncSession, area: str, level: str, new: NewAreaVersion) -> None:
    """Refuse a level that does not exist and a parent that cannot be one."""
    positions = await queries.positions(session)
    if level not in positions:
        raise Invalid(f"There is no level {level!r}.", pointer="/level", code="unknown")
    if new.parent is None:
        return
    rank_of = {**await queries.ranks(session), area: positions[level]}
    if new.parent not in rank_of:
        raise Invalid(f"There is no area {new.parent!r}.", pointer="/parent", code="unknown")
    parents = await queries.parents_on(session, new.valid_from)
    reason = rules.why_not_parent(area, new.parent, parents, rank_of)
    if reason:
        raise Invalid(reason, pointer="/parent", code="tree")


def _check_span(columns: Mapping[str, Any], others: Iterable[AreaVersionRow]) -> None:
    span = rules.Span(columns["valid_from"], columns["valid_to"])
    reason = rules.why_not_valid(span, (rules.Span(o.valid_from, o.valid_to) for o in others))
    if reason:
        raise Conflict(reason, pointer="/valid_from", code="overlap")


def _whole(row: AreaRow, version: AreaVersionRow) -> Area:
    has = version.geometry is not None
    return queries.answer(row, version, geometry=True, has_geometry=has)
