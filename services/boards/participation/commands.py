"""What a person does with participation processes."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.contributions.queries import used
from services.boards.participation import rules
from services.boards.participation.queries import PROCESSES, shown
from services.contracts.boards.participation import NewParticipationProcess, ParticipationProcess
from services.kit.patches import Patch


async def plan(session: AsyncSession, new: NewParticipationProcess) -> Mapping[str, Any]:
    """Plan a participation process."""
    return shown(session, await PROCESSES.add(session, new, **rules.days(new)))


async def change(
    session: AsyncSession, key: str, patch: Patch[NewParticipationProcess], expected: int
) -> Mapping[str, Any]:
    """Change a process: its days, its words, what can be chosen; call it off."""
    row = await PROCESSES.locked(session, key, expected)
    new = patch.onto(row)
    old = ParticipationProcess.model_validate({**row.model_dump(), "state": "planned"})
    rules.check_change(old, new, await used(session, row.key))
    return shown(session, await PROCESSES.store(session, row, new, **rules.days(new)))
