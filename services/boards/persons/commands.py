"""What a person of the office does with persons."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.exclusions import commands as exclusions
from services.boards.persons import rules
from services.boards.persons.queries import PERSONS
from services.boards.persons.tables import PersonRow
from services.contracts.boards.persons import NewPerson
from services.kit.keys import is_opaque, opaque
from services.kit.patches import Patch
from services.kit.problems import Conflict


async def enter(session: AsyncSession, new: NewPerson) -> PersonRow:
    """Enter a person in the register."""
    rules.check_key(new.key, new.given_name, new.family_name)
    return await PERSONS.add(session, new, key=new.key or opaque("p"))


async def change(
    session: AsyncSession, key: str, patch: Patch[NewPerson], expected: int
) -> PersonRow:
    """Change what is known of a person. Nothing is known any longer of one who was erased."""
    row = await PERSONS.locked(session, key, expected)
    if row.erased_at is not None:
        raise Conflict("The data of this person were erased.", pointer="", code="erased")
    new = patch.onto(row)
    if not is_opaque(row.key, "p"):
        rules.check_key(row.key, new.given_name, new.family_name)
    before = row.organisation
    row = await PERSONS.store(session, row, new)
    if row.organisation not in (None, before):
        await exclusions.propose_with(session, row.key)
    return row
