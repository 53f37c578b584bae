"""What a person does with commitments."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.commitments import Commitment, CommitmentState, NewCommitment
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.projects import keys
from services.projects.commitments import queries, rules
from services.projects.commitments.queries import COMMITMENTS
from services.projects.grants.tables import GrantRow
from services.projects.references.commands import Owners, check_references
from services.projects.states import check_step


async def enter(session: AsyncSession, peers: Owners, new: NewCommitment) -> Commitment:
    """Enter an order or a contract."""
    await _check(session, peers, new)
    row = await COMMITMENTS.add(session, new, visibility=Visibility.administration)
    return await queries.shown(session, row)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewCommitment], expected: int
) -> Commitment:
    """Change a commitment: another amount, another day, fulfilled, cancelled."""
    row = await COMMITMENTS.locked(session, key, expected)
    new = patch.onto(row)
    check_step(CommitmentState(row.state), new.state, rules.STEPS)
    await _check(session, peers, new)
    return await queries.shown(session, await COMMITMENTS.store(session, row, new))


async def _check(session: AsyncSession, peers: Owners, new: NewCommitment) -> None:
    grants = [share.grant for share in new.shares]
    await keys.check(session, GrantRow, grants, "/shares/*/grant")
    await check_references(session, peers, rules.references(new))
