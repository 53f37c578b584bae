"""What a person does with the catalogue."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue import NewIndicator
from services.indicators.catalogue import queries, rules
from services.indicators.catalogue.queries import CATALOGUE, INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.derivations import queries as derivations
from services.kit import sql
from services.kit.patches import Patch


async def define(session: AsyncSession, new: NewIndicator) -> IndicatorRow:
    """Enter an indicator in the catalogue."""
    await _check(session, new)
    return await INDICATORS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewIndicator], expected: int
) -> IndicatorRow:
    """Change an indicator; what it means for its figures shows with the next release."""
    row = await INDICATORS.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, new)
    rules.check_users(new, await queries.computed_from(session, row.key))
    return await INDICATORS.store(session, row, new)


async def _check(session: AsyncSession, new: NewIndicator) -> None:
    await sql.alone(session, CATALOGUE)
    parts = {part for part in (new.numerator, new.denominator) if part is not None}
    rules.check_parts(new, await queries.kinds(session, parts))
    rules.check_source_codes(new, await queries.owners(session))
    rules.check_formula(new, await derivations.known(session))
