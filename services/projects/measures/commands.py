"""What a person does with measures."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.measures import MeasureState, NewMeasure
from services.kit.patches import Patch
from services.projects.measures import rules
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.references.commands import Owners, check_references
from services.projects.states import check_step


async def enter(session: AsyncSession, peers: Owners, new: NewMeasure) -> MeasureRow:
    """Enter a measure, in whatever state it is."""
    await check_references(session, peers, rules.references(new))
    return await MEASURES.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewMeasure], expected: int
) -> MeasureRow:
    """Change a measure, or move it to its next state."""
    row = await MEASURES.locked(session, key, expected)
    new = patch.onto(row)
    check_step(MeasureState(row.state), new.state, rules.STEPS)
    await check_references(session, peers, rules.references(new))
    return await MEASURES.store(session, row, new)
