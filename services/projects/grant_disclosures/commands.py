"""What a person does with disclosures."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grant_disclosures import NewGrantDisclosure
from services.kit.patches import Patch
from services.projects.grant_disclosures import rules
from services.projects.grant_disclosures.queries import DISCLOSURES
from services.projects.grant_disclosures.tables import GrantDisclosureRow


async def enter(session: AsyncSession, new: NewGrantDisclosure) -> GrantDisclosureRow:
    """Enter what else is published of a grant."""
    rules.check(new)
    return await DISCLOSURES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewGrantDisclosure], expected: int
) -> GrantDisclosureRow:
    """Change what else is published of a grant."""
    row = await DISCLOSURES.locked(session, key, expected)
    new = patch.onto(row, "grant")
    rules.check(new)
    return await DISCLOSURES.store(session, row, new)
