"""What a person does with fields of action."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.fields_of_action import NewFieldOfAction
from services.kit.patches import Patch
from services.projects.fields_of_action.queries import FIELDS_OF_ACTION
from services.projects.fields_of_action.tables import FieldOfActionRow


async def enter(session: AsyncSession, new: NewFieldOfAction) -> FieldOfActionRow:
    """Enter a field of action of a strategy that is there."""
    return await FIELDS_OF_ACTION.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewFieldOfAction], expected: int
) -> FieldOfActionRow:
    """Change a field of action; it stays with its strategy."""
    row = await FIELDS_OF_ACTION.locked(session, key, expected)
    return await FIELDS_OF_ACTION.store(session, row, patch.onto(row, "strategy"))
