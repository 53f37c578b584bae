"""Every question asked of the stored updates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.target_updates import TargetUpdate, UpdateState
from services.kit.database import actor_of, municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.target_indicators.tables import TargetIndicatorRow
from services.projects.target_periods.queries import TARGET_PERIODS
from services.projects.target_periods.tables import TargetPeriodRow
from services.projects.target_updates.tables import TargetUpdateRow


@dataclass(frozen=True)
class _Approved(Kind[TargetUpdateRow]):
    """Others than the administration see what is approved, nothing before, and no counts of people:
    those are published protected (`participation`)."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = super().seen(session)
        if actor_of(session).sees_everything:
            return seen
        people = (
            select(TargetPeriodRow.key)
            .join(
                TargetIndicatorRow,
                (col(TargetIndicatorRow.municipality_id) == col(TargetPeriodRow.municipality_id))
                & (col(TargetIndicatorRow.key) == col(TargetPeriodRow.indicator)),
            )
            .where(
                col(TargetPeriodRow.municipality_id) == municipality_of(session).id,
                col(TargetIndicatorRow.counts_people),
            )
        )
        seen &= col(TargetUpdateRow.period).not_in(people)
        return seen & (col(TargetUpdateRow.state) == UpdateState.approved)


TARGET_UPDATES = _Approved(
    TargetUpdateRow,
    "target-updates",
    "projects.target_update",
    within={"period": TARGET_PERIODS},
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    period: str | None,
    indicator: str | None,
    state: UpdateState | None,
) -> Mapping[str, Any]:
    """Updates, the latest day first: of a period, an indicator, in a state."""
    where = matching(TargetUpdateRow, period=period, state=state)
    if indicator is not None:
        of_indicator = select(TargetPeriodRow.key).where(
            col(TargetPeriodRow.municipality_id) == municipality_of(session).id,
            col(TargetPeriodRow.indicator) == indicator,
        )
        where.append(col(TargetUpdateRow.period).in_(of_indicator))
    found = await TARGET_UPDATES.page(session, paging, *where, by="reported_on", descending=True)
    return {**found, "items": [told(session, row) for row in found["items"]]}


async def one(session: AsyncSession, key: str) -> TargetUpdate:
    """One update, as the actor may see it."""
    return told(session, await TARGET_UPDATES.one(session, key))


def told(session: AsyncSession, row: TargetUpdateRow) -> TargetUpdate:
    """Who submitted it, why it went back and which files prove it is for the administration."""
    update = TargetUpdate.model_validate(row)
    if actor_of(session).sees_everything:
        return update
    elsewhere = [proof for proof in update.evidence if proof.file is None]
    return update.model_copy(
        update={"submitted_by": None, "returned_because": None, "evidence": elsewhere}
    )


async def period_of(session: AsyncSession, key: str) -> str | None:
    """The period of an update; it is for good."""
    statement = select(TargetUpdateRow.period).where(
        TARGET_UPDATES.seen(session), TARGET_UPDATES.named(key)
    )
    return (await session.exec(statement)).first()


async def counting(
    session: AsyncSession, periods: Collection[str], on: date
) -> Mapping[str, TargetUpdateRow]:
    """By period the approved update that counts on a day: the latest day, then the latest word."""
    statement = (
        select(TargetUpdateRow)
        .where(
            TARGET_UPDATES.seen(session),
            col(TargetUpdateRow.period).in_(periods),
            col(TargetUpdateRow.state) == UpdateState.approved,
            col(TargetUpdateRow.reported_on) <= on,
        )
        .ext(distinct_on(col(TargetUpdateRow.period)))
        .order_by(
            col(TargetUpdateRow.period),
            col(TargetUpdateRow.reported_on).desc(),
            col(TargetUpdateRow.decided_at).desc(),
            col(TargetUpdateRow.key).desc(),
        )
    )
    rows: Sequence[TargetUpdateRow] = (await session.exec(statement)).all()
    return {row.period: row for row in rows}
