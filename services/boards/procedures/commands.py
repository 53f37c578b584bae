"""What a person does with procedures."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.procedures.queries import PROCEDURES
from services.boards.procedures.tables import ProcedureRow
from services.contracts.boards.procedures import NewProcedure
from services.kit.patches import Patch


async def adopt(session: AsyncSession, new: NewProcedure) -> ProcedureRow:
    """Give a body a procedure."""
    return await PROCEDURES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewProcedure], expected: int
) -> ProcedureRow:
    """Change or end a procedure."""
    row = await PROCEDURES.locked(session, key, expected)
    return await PROCEDURES.store(session, row, patch.onto(row, "body"))
