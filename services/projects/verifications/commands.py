"""What a person does with the results of checks."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.expenditures import (
    Expenditure,
    NewVerification,
    ParkedRelease,
    Verification,
)
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.rules import state_of
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.verifications import rules


async def verify(session: AsyncSession, key: str, new: NewVerification) -> ExpenditureRow:
    """Enter the result of a check, or correct the one that is there."""
    row = await EXPENDITURES.one(session, key, lock=True)
    part = rules.part_of(Expenditure.model_validate(row).parts, new.grant)
    what = "verified" if part.verification is None else "corrected"
    return await _store(session, row, new.grant, rules.verified(part, new), what)


async def release(session: AsyncSession, key: str, new: ParkedRelease) -> ExpenditureRow:
    """Decide about what was parked."""
    row = await EXPENDITURES.one(session, key, lock=True)
    part = rules.part_of(Expenditure.model_validate(row).parts, new.grant)
    return await _store(session, row, new.grant, rules.released(part, new), "released")


async def _store(
    session: AsyncSession, row: ExpenditureRow, grant: str, result: Verification, what: str
) -> ExpenditureRow:
    now = Expenditure.model_validate(row)
    parts = rules.with_result(now.parts, grant, result)
    row = await EXPENDITURES.store(session, row, now, parts=parts, state=state_of(parts))
    amounts = {name: str(getattr(result, name)) for name in ("accepted", "reduced", "parked")}
    await EXPENDITURES.tell(session, row, what, grant=grant, **amounts)
    return row
