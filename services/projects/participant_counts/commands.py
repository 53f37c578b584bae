"""What a person does with counts."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participation import MonitoringMode, NewParticipantCount
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.monitorings.queries import MONITORINGS
from services.projects.monitorings.rules import check_counts
from services.projects.participant_counts import queries, rules
from services.projects.participant_counts.queries import PARTICIPANT_COUNTS
from services.projects.participant_counts.tables import ParticipantCountRow


async def enter(session: AsyncSession, new: NewParticipantCount) -> ParticipantCountRow:
    """Enter how many took part."""
    await _check(session, new)
    return await PARTICIPANT_COUNTS.add(session, new, visibility=Visibility.administration)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewParticipantCount], expected: int
) -> ParticipantCountRow:
    """Correct a count."""
    row = await PARTICIPANT_COUNTS.locked(session, key, expected)
    new = patch.onto(row, "monitoring", "code")
    await _check(session, new)
    return await PARTICIPANT_COUNTS.store(session, row, new)


async def _check(session: AsyncSession, new: NewParticipantCount) -> None:
    try:
        monitoring = await MONITORINGS.one(session, new.monitoring, lock=True)
    except NotFound:
        raise Invalid(
            "There is no such monitoring.", pointer="/monitoring", code="unknown"
        ) from None
    check_counts(MonitoringMode(monitoring.mode))
    rules.check_apart(new, await queries.others(session, new.monitoring, new.code, new.key))
