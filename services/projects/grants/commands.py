"""What a person does with grants."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState, NewGrant
from services.kit import sql
from services.kit.patches import Patch
from services.projects.envelopes.commands import keep_within
from services.projects.envelopes.rules import check_paid
from services.projects.grants import rules
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures import commands as measures
from services.projects.references.commands import Owners, check_references
from services.projects.states import check_step


async def enter(session: AsyncSession, peers: Owners, new: NewGrant) -> GrantRow:
    """Enter a grant, or the application for one."""
    await _check(session, peers, new)
    row = await GRANTS.add(session, new)
    if new.own_use:
        await keep_within(session, row.key, "/own_use")
    return row


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewGrant], expected: int
) -> GrantRow:
    """Change a grant; once a notice is entered, only what notices do not say."""
    moves = patch.says("project")
    if moves:
        await sql.alone(session, measures.FUNDING)
    row = await GRANTS.locked(session, key, expected)
    new = patch.onto(row)
    check_step(GrantState(row.state), new.state, rules.STEPS)
    if row.notice is not None:
        rules.check_by_notice(Patch[NewGrant]({}).onto(row), new)
    await _check(session, peers, new)
    pointer = "/own_use" if new.own_use > row.own_use else "/amount"
    smaller = new.amount != row.amount or new.state not in rules.HOLDING
    row = await GRANTS.store(session, row, new)
    envelope = await keep_within(session, row.key, pointer)
    if smaller:
        check_paid(envelope, pointer)
    if moves:
        await measures.follow_projects(session, [], [row.key])
        session.info["revision"] = row.revision
    return row


async def _check(session: AsyncSession, peers: Owners, new: NewGrant) -> None:
    rules.check_grant(new)
    await check_references(session, peers, rules.references(new))
