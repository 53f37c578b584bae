"""What a person does with deliveries: deliver, approve, reject."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.deliveries import DeliveryTexts, Rejection
from services.contracts.indicators.delivery_states import DeliveryState
from services.contracts.shared.base import Visibility
from services.indicators.deliveries import queries, rules
from services.indicators.deliveries.formats import Issue
from services.indicators.deliveries.formats.legacy import ReadTable
from services.indicators.deliveries.queries import DELIVERIES
from services.indicators.deliveries.rules import SecondPersonNeeded
from services.indicators.deliveries.tables import DeliveryRow
from services.indicators.recognition import queries as recognition
from services.indicators.recognition.rules import Policy, Recognised, Town, recognised
from services.kit import sql
from services.kit.database import actor_of
from services.kit.problems import Conflict


@dataclass(frozen=True)
class File:
    """A file as it was received and read."""

    sha256: str
    size: int
    table: ReadTable


async def deliver(
    session: AsyncSession, file: File, policy: Policy, texts: DeliveryTexts
) -> tuple[DeliveryRow, bool]:
    """Take a delivery and check it; the delivery, and whether it is new."""
    await sql.alone(session, "indicators.deliveries")
    known = await queries.same(session, file.sha256)
    if known is not None:
        return await _again(session, known), False
    town = await recognition.town(session)
    found, rows = await asyncio.to_thread(_check, file.table, town, policy)
    issues, actor = file.table.issues, actor_of(session)
    key = f"delivery-{await queries.number_of(session) + 1}"
    state = DeliveryState.refused if issues.errors else DeliveryState.checked
    taken = rows if state is DeliveryState.checked else []
    row = await DELIVERIES.add(
        session,
        texts,
        key=key,
        visibility=Visibility.administration,
        state=state,
        sha256=file.sha256,
        size=file.size,
        format=file.table.format,
        encoding=file.table.encoding,
        unknown_areas=policy.unknown_areas,
        unknown_measures=policy.unknown_measures,
        delivered_by=actor.subject,
        supplier=actor.supplier,
        counts={
            "rows": len(file.table.rows),
            "figures": len(taken),
            "skipped": found.skipped,
            "errors": issues.errors,
            "warnings": issues.warnings,
            "unknown_areas": found.unknown_area_count,
            "unknown_measures": found.unknown_measure_count,
        },
        diff=await queries.stage(session, key, taken) if taken else None,
        issues=[issue._asdict() for issue in issues.first],
        unknown_areas_found=found.unknown_areas,
        unknown_measures_found=found.unknown_measures,
    )
    return row, True


def _check(
    table: ReadTable, town: Town, policy: Policy
) -> tuple[Recognised, list[tuple[Any, ...]]]:
    found = recognised(table, town, policy)
    if not found.figures:
        table.issues.add(Issue(1, None, "nothing", "The file holds no figure that can be taken."))
    return found, queries.records(found.figures)


async def _again(session: AsyncSession, known: DeliveryRow) -> DeliveryRow:
    """The first delivery of the same file; refuses (409) the one of somebody else."""
    if not await queries.may_see(session, known):
        raise Conflict("Somebody else delivered this file already.", code="delivered")
    session.info["revision"] = known.revision
    return known


async def approve(session: AsyncSession, key: str) -> DeliveryRow:
    """Approve a delivery as the second person."""
    row = await DELIVERIES.one(session, key, lock=True)
    reason = rules.why_not_approve(row.delivered_by, actor_of(session).subject)
    if reason:
        raise SecondPersonNeeded(reason)
    return await _decide(session, row, DeliveryState.approved, None)


async def reject(session: AsyncSession, key: str, rejection: Rejection) -> DeliveryRow:
    """Reject a delivery; its figures are let go."""
    row = await DELIVERIES.one(session, key, lock=True)
    await _decide(session, row, DeliveryState.rejected, rejection.reason)
    await queries.forget_figures(session, row.key)
    return row


async def _decide(
    session: AsyncSession, row: DeliveryRow, state: DeliveryState, reason: str | None
) -> DeliveryRow:
    become(row, state)
    row.decided_by, row.decided_at = actor_of(session).subject, datetime.now(UTC)
    row.reason = reason
    await session.flush()
    await DELIVERIES.tell(session, row, state)
    session.info["revision"] = row.revision
    return row


def become(row: DeliveryRow, state: DeliveryState) -> None:
    """Let the delivery go on to `state`; refuses (409) a step that its state does not allow."""
    if not rules.may_become(DeliveryState(row.state), state):
        raise Conflict(f"{row.key} is {row.state} and cannot become {state}.", code="state")
    row.state = state
