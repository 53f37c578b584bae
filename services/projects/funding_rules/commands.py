"""What a person does with the rules of programmes."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.funding_rules import NewFundingRule
from services.kit import sql
from services.kit.days import today
from services.kit.patches import Patch
from services.projects.funding_rules import queries, rules
from services.projects.funding_rules.queries import FUNDING_RULES
from services.projects.funding_rules.tables import FundingRuleRow

ALONE = "projects.funding_rules"


async def enter(session: AsyncSession, new: NewFundingRule) -> FundingRuleRow:
    """Enter a rule."""
    await _check(session, new)
    return await FUNDING_RULES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewFundingRule], expected: int
) -> FundingRuleRow:
    """Change a rule: end it, correct it, say that it was checked."""
    row = await FUNDING_RULES.locked(session, key, expected)
    new = patch.onto(row, "programme", "parameter", "scope")
    await _check(session, new)
    return await FUNDING_RULES.store(session, row, new)


async def _check(session: AsyncSession, new: NewFundingRule) -> None:
    rules.check(rules.Said(new.parameter, new.value, new.text, new.unit, new.scope))
    rules.check_known(new, today())
    await sql.alone(session, ALONE)
    others = await queries.same_figure(session, new.programme, [new.parameter])
    rules.check_overlap(new, [other for other in others if other.scope == new.scope])
