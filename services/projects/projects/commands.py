"""What a person does with projects."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.projects import NewProject, ProjectState
from services.kit import sql
from services.kit.patches import Patch
from services.projects import keys
from services.projects.measures import commands as measures
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects import rules
from services.projects.projects.queries import PROJECTS
from services.projects.projects.tables import ProjectRow
from services.projects.references.commands import Owners, check_references
from services.projects.states import check_step


async def enter(session: AsyncSession, peers: Owners, new: NewProject) -> ProjectRow:
    """Enter a project, in whatever state it is."""
    await _check(session, peers, new)
    return await PROJECTS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewProject], expected: int
) -> ProjectRow:
    """Change a project, or move it to its next state."""
    await sql.alone(session, measures.FUNDING)
    row = await PROJECTS.locked(session, key, expected)
    new = patch.onto(row)
    check_step(ProjectState(row.state), new.state, rules.STEPS)
    await _check(session, peers, new)
    row = await PROJECTS.store(session, row, new)
    await measures.follow_projects(session, [row.key])
    session.info["revision"] = row.revision
    return row


async def _check(session: AsyncSession, peers: Owners, new: NewProject) -> None:
    await keys.check(session, ProgrammeRow, new.programmes, "/programmes/*")
    await check_references(session, peers, rules.references(new))
