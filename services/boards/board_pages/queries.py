"""What the page of a body is made of: four statements, that which opens the session included."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, literal_column
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.composition import queries as composition
from services.boards.implementations.tables import ImplementationRow
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.rules import OFF
from services.boards.meetings.tables import MeetingRow
from services.boards.resolution_states.queries import in_state
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.rules import OPEN
from services.boards.resolutions.tables import ResolutionRow
from services.contracts.boards.board_pages import BoardPage, OpenResolution
from services.contracts.boards.bodies import Body
from services.contracts.boards.meetings import Meeting
from services.contracts.boards.resolutions import ResolutionState
from services.kit.days import today
from services.kit.problems import NotFound

_MOST = 100


async def page(session: AsyncSession, key: str) -> BoardPage:
    """The body with its seats as of today, its next meeting and what it decided and is not done."""
    statement = select(BodyRow, MeetingRow, _open(session)).outerjoin(
        MeetingRow, col(MeetingRow.id) == _next(session)
    )
    named = statement.where(BODIES.seen(session), BODIES.named(key))
    found = (await session.exec(named)).one_or_none()
    if found is None:
        raise NotFound(f"There is no {key!r} among the bodies that you may see.")
    body, meeting, resolutions = found
    return BoardPage(
        body=Body.model_validate(body),
        composition=await composition.of(session, body.key, today()),
        next_meeting=Meeting.model_validate(meeting) if meeting is not None else None,
        open_resolutions=[OpenResolution.model_validate(one) for one in resolutions or ()],
    )


def _next(session: AsyncSession) -> Any:
    """The next meeting of the body, whoever convenes it, unless it is off."""
    return (
        select(MeetingRow.id)
        .where(
            MEETINGS.seen(session),
            col(MeetingRow.body) == col(BodyRow.key),
            col(MeetingRow.starts_at) >= datetime.now(UTC),
            col(MeetingRow.state).not_in(OFF),
        )
        .order_by(col(MeetingRow.starts_at), col(MeetingRow.key))
        .limit(1)
        .correlate(BodyRow)
        .scalar_subquery()
    )


def _open(session: AsyncSession) -> Any:
    """Resolutions of the body with tasks to be done, as JSON."""
    tasks = (
        select(
            func.count().label("tasks"),
            func.min(ImplementationRow.due_on).label("due_on"),
        )
        .where(
            col(ImplementationRow.municipality_id) == col(ResolutionRow.municipality_id),
            col(ImplementationRow.resolution) == col(ResolutionRow.key),
            col(ImplementationRow.state).in_(OPEN),
        )
        .lateral("todo")
    )
    found = (
        select_columns(
            col(ResolutionRow.key),
            col(ResolutionRow.reference),
            col(ResolutionRow.title),
            col(ResolutionRow.decided_on),
            tasks.c.tasks,
            tasks.c.due_on,
        )
        .join(tasks, tasks.c.tasks > 0)
        .where(
            RESOLUTIONS.seen(session),
            col(ResolutionRow.body) == col(BodyRow.key),
            in_state(ResolutionState.valid, today()),
        )
        .order_by(col(ResolutionRow.decided_on).desc(), col(ResolutionRow.key))
        .limit(_MOST)
        .correlate(BodyRow)
        .subquery("open")
    )
    whole = func.jsonb_agg(func.to_jsonb(literal_column("open")))
    return select(whole).select_from(found).correlate(BodyRow).scalar_subquery()
