"""What a person does with monitorings."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participation import MonitoringMode, NewMonitoring
from services.kit.patches import Patch
from services.projects.monitorings import queries, rules
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.tables import MonitoringRow


async def enter(session: AsyncSession, new: NewMonitoring) -> MonitoringRow:
    """Begin to keep count of who takes part in a project."""
    rules.check_alone(await queries.other_of(session, new.project, new.key))
    return await MONITORINGS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewMonitoring], expected: int
) -> MonitoringRow:
    """Change a monitoring, as far as what was entered lets it."""
    row = await MONITORINGS.locked(session, key, expected)
    new = patch.onto(row, "project")
    rules.check_mode(MonitoringMode(row.mode), new.mode, await queries.is_used(session, row.key))
    rules.check_threshold(row.threshold, new.threshold)
    return await MONITORINGS.store(session, row, new)
