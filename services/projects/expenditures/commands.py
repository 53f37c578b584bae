"""What a person does with expenditures."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.expenditures import (
    Expenditure,
    ExpenditureState,
    NewExpenditure,
)
from services.contracts.shared.base import Visibility
from services.kit.patches import Patch
from services.projects import keys
from services.projects.evidence_files.commands import completed
from services.projects.expenditures import rules
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.grants.tables import GrantRow
from services.projects.references.commands import Owners, check_references


async def enter(session: AsyncSession, peers: Owners, new: NewExpenditure) -> ExpenditureRow:
    """Enter an expenditure, divided by its shares."""
    new = await _checked(session, peers, new)
    return await EXPENDITURES.add(
        session,
        new,
        visibility=Visibility.administration,
        state=ExpenditureState.entered,
        **rules.divided(new)._asdict(),
    )


async def change(
    session: AsyncSession,
    peers: Owners,
    key: str,
    patch: Patch[NewExpenditure],
    expected: int,
) -> ExpenditureRow:
    """Change an expenditure; once it was claimed, only complete it."""
    row = await EXPENDITURES.locked(session, key, expected)
    new = patch.onto(row)
    now = Expenditure.model_validate(row)
    rules.check_still_open(now, new)
    new = await _checked(session, peers, new)
    if now.state is not ExpenditureState.entered:
        return await EXPENDITURES.store(session, row, new)
    return await EXPENDITURES.store(session, row, new, **rules.divided(new)._asdict())


async def _checked(session: AsyncSession, peers: Owners, new: NewExpenditure) -> NewExpenditure:
    rules.check_money(new)
    grants = [share.grant for share in new.shares]
    await keys.check(session, GrantRow, grants, "/shares/*/grant")
    await check_references(session, peers, rules.references(new))
    return new.model_copy(update={"evidence": await completed(session, new.evidence)})
