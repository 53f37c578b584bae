"""What a person does with results."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.results import NewResult
from services.kit.patches import Patch
from services.projects.results import queries, rules
from services.projects.results.queries import RESULTS
from services.projects.results.tables import ResultRow


async def enter(session: AsyncSession, new: NewResult) -> ResultRow:
    """Enter a result of a project."""
    await _check(session, new)
    return await RESULTS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewResult], expected: int
) -> ResultRow:
    """Change a result; it stays with its project."""
    row = await RESULTS.locked(session, key, expected)
    new = patch.onto(row, "project")
    await _check(session, new)
    return await RESULTS.store(session, row, new)


async def _check(session: AsyncSession, new: NewResult) -> None:
    if new.grant is not None:
        rules.check_grant(new.project, await queries.project_of_grant(session, new.grant))
