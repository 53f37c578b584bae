"""What a person does about carrying out resolutions."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.implementations import queries, rules
from services.boards.implementations.queries import IMPLEMENTATIONS, REPORTS
from services.boards.implementations.tables import ImplementationReportRow
from services.boards.resolutions import queries as resolutions
from services.boards.resolutions.queries import RESOLUTIONS
from services.contracts.boards.implementations import (
    Implementation,
    ImplementationState,
    NewImplementation,
    NewImplementationReport,
)
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.days import today
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound


async def assign(session: AsyncSession, new: NewImplementation) -> Implementation:
    """Say who carries out what of a resolution until when."""
    try:
        resolution = await RESOLUTIONS.one(session, new.resolution)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/resolution", code="unknown") from None
    (shown,) = await resolutions.told(session, [resolution])
    rules.check_resolution(shown.state)
    row = await IMPLEMENTATIONS.add(
        session,
        new,
        key=new.key or opaque("i"),
        state=ImplementationState.open,
        state_since=today(),
        visibility=new.visibility or resolution.visibility,
    )
    return await queries.alone(session, row)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewImplementation], expected: int
) -> Implementation:
    """Change a task: its words, who is responsible, until when."""
    row = await IMPLEMENTATIONS.locked(session, key, expected)
    new = patch.onto(row, "resolution")
    visibility = new.visibility or row.visibility
    row = await IMPLEMENTATIONS.store(session, row, new, visibility=visibility)
    return await queries.alone(session, row)


async def report(
    session: AsyncSession, key: str, new: NewImplementationReport
) -> ImplementationReportRow:
    """Report what was done about a task."""
    task = await IMPLEMENTATIONS.one(session, key, lock=True)
    reported_on = new.reported_on or today()
    rules.check_step(ImplementationState(task.state), new.state)
    rules.check_day(reported_on, task.state_since, today())
    if task.state != new.state:
        task.state, task.state_since = new.state, reported_on
        await session.flush()
        await IMPLEMENTATIONS.tell(session, task, "changed", fields=["state", "state_since"])
    row = await REPORTS.add(
        session,
        new,
        key=opaque("ir"),
        implementation=task.key,
        reported_on=reported_on,
        visibility=Visibility.public,
    )
    base = f"/v1/{municipality_of(session).key}/implementations/{task.key}"
    session.info["location"] = f"{base}/reports/{row.key}"
    return row
