"""What a person does with lists of operations."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.operations import NewOperationList
from services.kit.patches import Patch
from services.projects.operation_lists import rules
from services.projects.operation_lists.queries import LISTS
from services.projects.operation_lists.tables import OperationListRow


async def enter(session: AsyncSession, new: NewOperationList) -> OperationListRow:
    """Enter a list; what it holds is imported from its file."""
    rules.check(new)
    return await LISTS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewOperationList], expected: int
) -> OperationListRow:
    """Change what is known of a list, and how its file is read."""
    row = await LISTS.locked(session, key, expected)
    new = patch.onto(row)
    rules.check(new)
    return await LISTS.store(session, row, new)
