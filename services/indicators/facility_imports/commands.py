"""Bringing a file of facilities into the inventory: all of it or nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_jsonable_python
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.facilities import (
    FacilitiesImported,
    FacilityChanged,
    NewFacility,
)
from services.contracts.shared.base import Visibility
from services.contracts.shared.problems import Fault
from services.indicators.areas.tables import AreaRow
from services.indicators.facilities import queries as facilities
from services.indicators.facilities.queries import FACILITIES
from services.indicators.facilities.rules import check_capacity
from services.indicators.facilities.tables import FacilityRow
from services.indicators.facility_imports import rules
from services.indicators.facility_imports.rules import Record
from services.indicators.facility_kinds.tables import FacilityKindRow
from services.indicators.placing import commands as placing
from services.indicators.placing import queries as places
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.faults import faults_of
from services.kit.problems import Invalid

_MOST_FAULTS = 100


class _Plan(NamedTuple):
    row: FacilityRow | None
    new: NewFacility


async def bring(session: AsyncSession, records: list[Record], dry_run: bool) -> FacilitiesImported:
    """Enter new facilities and change known ones; refuses (422) the whole file with every fault.

    A dry run does all of it and takes it back.
    """
    await sql.alone(session, "indicators.facilities.import")
    town = await facilities.several(
        session, [key for record in records if (key := rules.named(record, "key"))]
    )
    plans, faults = await asyncio.to_thread(_plans, records, town, today())
    faults += [*rules.repeated(records), *await _unknown(session, records)]
    if faults:
        raise Invalid(f"{len(faults)} faults; nothing was stored.", faults=faults[:_MOST_FAULTS])
    if not dry_run:
        return await _carry_out(session, plans, dry_run)
    attempt = await session.begin_nested()
    try:
        return await _carry_out(session, plans, dry_run)
    finally:
        await attempt.rollback()


def _plans(
    records: Sequence[Record], town: dict[str, FacilityRow], on: date
) -> tuple[list[_Plan], list[Fault]]:
    plans, faults = [], []
    for record in records:
        row = town.get(rules.named(record, "key") or "")
        before = None if row is None else _as_sent(row)
        after = rules.merged(record, before)
        try:
            new = NewFacility.model_validate(after)
            check_capacity(new, on)
        except ValidationError as error:
            for fault in faults_of(error.errors(), "body", after):
                place = tuple((fault.pointer or "")[1:].split("/"))
                faults.append(record.fault(place, fault.code, fault.detail))
        except Invalid as refused:
            faults.append(record.fault(("capacity",), "forecast", refused.detail))
        else:
            plans.append(_Plan(row, new))
    return plans, faults


def _as_sent(row: FacilityRow) -> dict[str, Any]:
    sent = {name: getattr(row, name) for name in NewFacility.model_fields}
    values: dict[str, Any] = to_jsonable_python(sent)
    return values


async def _unknown(session: AsyncSession, records: Sequence[Record]) -> list[Fault]:
    """Kinds and areas that nobody knows."""
    faults = []
    for field, table, what in (("kind", FacilityKindRow, "kind"), ("area", AreaRow, "area")):
        mine = col(table.municipality_id) == municipality_of(session).id
        known = set((await session.exec(select(col(table.key)).where(mine))).all())
        for record in records:
            named = rules.named(record, field)
            if named and named not in known:
                detail = f"There is no {what} {named!r}."
                faults.append(record.fault((field,), "unknown", detail))
    return faults


async def _carry_out(
    session: AsyncSession, plans: Sequence[_Plan], dry_run: bool
) -> FacilitiesImported:
    new = [plan.new for plan in plans if plan.row is None]
    known = [(plan.row, plan.new) for plan in plans if plan.row is not None]
    await FACILITIES.add_all(session, new)
    fields = await FACILITIES.store_all(session, known)
    told = [(row.key, names) for (row, _), names in zip(known, fields, strict=True)]
    outside = await _outside(session, [new for _, new in plans if new.location is not None])
    return FacilitiesImported(
        dry_run=dry_run,
        created=[one.key for one in new],
        changed=[FacilityChanged(facility=key, fields=names) for key, names in told if names],
        unchanged=[key for key, names in told if not names],
        outside=outside,
    )


async def _outside(session: AsyncSession, placed: Sequence[NewFacility]) -> list[str]:
    await placing.refresh(session)
    keys = [new.key for new in placed]
    assigned = await places.assigned(session, today(), tuple(Visibility), keys)
    inside = {place.facility for place in assigned if place.by != "statement"}
    return [key for key in keys if key not in inside]
