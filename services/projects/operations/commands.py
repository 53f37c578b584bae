"""What a person does with published operations."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.operations import OperationLink
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.grants.queries import GRANTS
from services.projects.operations.queries import OPERATIONS
from services.projects.operations.tables import OperationRow


async def link(
    session: AsyncSession, key: str, patch: Patch[OperationLink], expected: int
) -> OperationRow:
    """Say which own grant an operation is, or that it is none."""
    row = await OPERATIONS.locked(session, key, expected)
    new = patch.onto(row)
    if new.grant is not None:
        try:
            found = await GRANTS.one(session, new.grant)
        except NotFound:
            raise Invalid("There is no such grant.", pointer="/grant", code="unknown") from None
        new = OperationLink(grant=found.key)
    stored = await OPERATIONS.store(session, row, new)
    session.info["read"] = key
    return stored
