"""What a person does with programmes."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.programmes import NewProgramme
from services.kit import sql
from services.kit.patches import Patch
from services.projects.programmes import queries, rules
from services.projects.programmes.queries import PROGRAMMES
from services.projects.programmes.tables import ProgrammeRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewProgramme) -> ProgrammeRow:
    """Enter a programme."""
    await _check(session, peers, new)
    return await PROGRAMMES.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewProgramme], expected: int
) -> ProgrammeRow:
    """Change what is known of a programme."""
    row = await PROGRAMMES.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, peers, new)
    return await PROGRAMMES.store(session, row, new)


async def _check(session: AsyncSession, peers: Owners, new: NewProgramme) -> None:
    rules.check_periods(new.periods)
    if new.successor_of is not None:
        await sql.alone(session, "projects.succession")
        rules.check_successor(new.key, new.successor_of, await queries.predecessors(session))
    await check_references(session, peers, rules.references(new))
