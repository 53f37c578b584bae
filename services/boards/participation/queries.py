"""Every question asked of the stored participation processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, not_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.participation import rules
from services.boards.participation.tables import ParticipationProcessRow
from services.contracts.boards.participation import ParticipationState, ParticipationStep
from services.kit.database import actor_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind, matching


@dataclass(frozen=True)
class _Processes(Kind[ParticipationProcessRow]):
    """Processes: the public learns of one when its preparation is over."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = super().seen(session)
        if actor_of(session).sees_everything:
            return seen
        return seen & (col(ParticipationProcessRow.public_from) <= today())


PROCESSES = _Processes(
    ParticipationProcessRow,
    "participation-processes",
    "boards.participation_process",
    within={"body": BODIES},
)


def state_of(row: ParticipationProcessRow, on: date) -> ParticipationState:
    """Where the process stands on the day."""
    steps = [ParticipationStep.model_validate(step) for step in row.steps]
    return rules.state(steps, row.cancelled_on, on)


def shown(session: AsyncSession, row: ParticipationProcessRow) -> Mapping[str, Any]:
    """The process and where it stands today; its ETag changes with both."""
    state = state_of(row, today())
    session.info["variant"] = state
    return {**row.model_dump(), "state": state}


async def page(
    session: AsyncSession,
    paging: Paging,
    body: str | None,
    organisation: str | None,
    taking: bool | None,
) -> Mapping[str, Any]:
    """Processes by key: of a body, of an organisation, that take contributions today or do not."""
    row = ParticipationProcessRow
    where = matching(row, body=body, organisation=organisation)
    if taking is not None:
        on = today()
        called_off = col(row.cancelled_on).is_not(None) & (col(row.cancelled_on) <= on)
        taken = (
            col(row.submission_from).is_not(None)
            & (col(row.submission_from) <= on)
            & (col(row.submission_until) >= on)
            & not_(called_off)
        )
        where.append(taken if taking else not_(taken))
    found = await PROCESSES.page(session, paging, *where)
    items = [shown(session, one) for one in found["items"]]
    session.info.pop("variant", None)
    return {**found, "items": items}


async def locked(session: AsyncSession, key: str) -> ParticipationProcessRow | None:
    """The process as the actor may see it, unchanged by others until commit."""
    statement = (
        select(ParticipationProcessRow)
        .where(PROCESSES.seen(session), col(ParticipationProcessRow.key) == key)
        .with_for_update(read=True)
    )
    return (await session.exec(statement)).first()
