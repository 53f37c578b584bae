"""What a person does with organisations."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.organisations import queries, rules
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.contracts.boards.organisations import NewOrganisation
from services.kit import sql
from services.kit.patches import Patch


async def found(session: AsyncSession, new: NewOrganisation) -> OrganisationRow:
    """Enter an organisation in the register."""
    rules.check_parent(new.key, new.parent, {})
    return await ORGANISATIONS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewOrganisation], expected: int
) -> OrganisationRow:
    """Change what is known of an organisation."""
    row = await ORGANISATIONS.locked(session, key, expected)
    new = patch.onto(row)
    if new.parent != row.parent:
        await sql.alone(session, "boards.organisation.parent")
        rules.check_parent(new.key, new.parent, await queries.parents(session))
    return await ORGANISATIONS.store(session, row, new)
