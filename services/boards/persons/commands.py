"""What a person of the office does with persons."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.keys import opaque
from services.boards.persons.queries import PERSONS
from services.boards.persons.tables import PersonRow
from services.contracts.boards.persons import NewPerson
from services.kit.patches import Patch


async def enter(session: AsyncSession, new: NewPerson) -> PersonRow:
    """Enter a person in the register."""
    return await PERSONS.add(session, new, key=new.key or opaque("p"))


async def change(
    session: AsyncSession, key: str, patch: Patch[NewPerson], expected: int
) -> PersonRow:
    """Change what is known of a person."""
    row = await PERSONS.locked(session, key, expected)
    return await PERSONS.store(session, row, patch.onto(row))
