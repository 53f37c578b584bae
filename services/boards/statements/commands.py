"""What a person does with statements."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.statements.queries import STATEMENTS
from services.boards.statements.tables import StatementRow
from services.contracts.boards.statements import NewStatement
from services.kit.patches import Patch


async def enter(session: AsyncSession, new: NewStatement) -> StatementRow:
    """Enter what an organisation says."""
    return await STATEMENTS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewStatement], expected: int
) -> StatementRow:
    """Change or answer a statement."""
    row = await STATEMENTS.locked(session, key, expected)
    return await STATEMENTS.store(session, row, patch.onto(row, "process", "organisation"))
