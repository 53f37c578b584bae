"""What a person does with recoveries. The grant is locked first, then the recovery."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.recoveries import (
    NewRecovery,
    NewRepayment,
    Recovery,
    RecoveryState,
    RecoveryWaiver,
)
from services.contracts.shared.base import Visibility
from services.kit import conditional
from services.kit.patches import Patch
from services.projects import keys
from services.projects.envelopes.commands import hold
from services.projects.grants.tables import GrantRow
from services.projects.recoveries import queries, rules
from services.projects.recoveries.queries import RECOVERIES
from services.projects.recoveries.tables import RecoveryRow


async def demand(session: AsyncSession, new: NewRecovery) -> RecoveryRow:
    """Enter what the funder wants back."""
    await keys.check(session, GrantRow, [new.grant], "/grant")
    await hold(session, new.grant)
    row = await RECOVERIES.add(
        session,
        new,
        visibility=Visibility.administration,
        state=RecoveryState.demanded,
        repayments=[],
        repaid=rules.ZERO,
    )
    await check_demands(session, new.grant)
    return row


async def change(
    session: AsyncSession, key: str, patch: Patch[NewRecovery], expected: int
) -> RecoveryRow:
    """Change a recovery, as by a decision on an objection."""
    row = await _held(session, key)
    conditional.require(row.revision, expected)
    now, new = Recovery.model_validate(row), patch.onto(row, "grant")
    rules.check_change(now, new)
    state = rules.state_of(new.amount, now.repaid)
    row = await RECOVERIES.store(session, row, new, state=state)
    await check_demands(session, row.grant)
    return row


async def repay(session: AsyncSession, key: str, new: NewRepayment) -> RecoveryRow:
    """Enter money that went back."""
    row = await _held(session, key)
    now = Recovery.model_validate(row)
    repayments = rules.with_repayment(now, new)
    sent = rules.repaid(repayments)
    state = rules.state_of(now.amount, sent)
    row = await RECOVERIES.store(session, row, now, repayments=repayments, repaid=sent, state=state)
    await RECOVERIES.tell(session, row, "repaid", repaid=str(sent))
    return row


async def waive(session: AsyncSession, key: str, new: RecoveryWaiver) -> RecoveryRow:
    """The funder does without what is still open."""
    row = await _held(session, key)
    now = Recovery.model_validate(row)
    rules.check_open(now)
    row = await RECOVERIES.store(
        session, row, now, state=RecoveryState.waived, waived_on=new.waived_on
    )
    await RECOVERIES.tell(session, row, "waived")
    return row


async def check_demands(session: AsyncSession, grant: str) -> None:
    """Refuse (409) when more is demanded back of the grant than was paid out; it is locked."""
    await session.flush()
    envelope = await hold(session, grant)
    rules.check_demands(await queries.demanded(session, grant), envelope.paid_out)


async def _held(session: AsyncSession, key: str) -> RecoveryRow:
    """The recovery, locked behind its grant, so that nobody waits in a circle."""
    await hold(session, (await RECOVERIES.one(session, key)).grant)
    row = await RECOVERIES.one(session, key, lock=True)
    await session.refresh(row)
    session.info["revision"] = row.revision
    return row
