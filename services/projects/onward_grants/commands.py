"""What a person does with applications for onward grants."""

from decimal import Decimal
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.onward_grants import NewOnwardGrant, OnwardState
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.projects.funding_rules import queries as funding_rules
from services.projects.grants.queries import GRANTS
from services.projects.onward_grants import rules
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.references.commands import Owners, check_references

_MONEY = ("bound", "awarded", "paid", "recovered", "repaid")
_LISTS = ("decisions", "notices", "payouts", "recoveries", "repayments")


async def enter(session: AsyncSession, peers: Owners, new: NewOnwardGrant) -> OnwardGrantRow:
    """Enter an application; it binds nothing yet."""
    await _check(session, peers, new)
    nothing: dict[str, Any] = {name: Decimal("0.00") for name in _MONEY}
    nothing |= {name: [] for name in _LISTS}
    return await ONWARD_GRANTS.add(session, new, state=OnwardState.applied, **nothing)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewOnwardGrant], expected: int
) -> OnwardGrantRow:
    """Change an application; once it is decided, only what the decision does not rest on."""
    row = await ONWARD_GRANTS.locked(session, key, expected)
    new = patch.onto(row, "grant")
    rules.check_undecided(OnwardState(row.state), Patch[NewOnwardGrant]({}).onto(row), new)
    await _check(session, peers, new)
    return await ONWARD_GRANTS.store(session, row, new)


async def _check(session: AsyncSession, peers: Owners, new: NewOnwardGrant) -> None:
    try:
        grant = await GRANTS.one(session, new.grant)
    except NotFound:
        raise Invalid("There is no such grant.", pointer="/grant", code="unknown") from None
    if grant.key != new.grant:
        raise Invalid("A grant is named by its key.", pointer="/grant", code="unknown")
    rules.check_application(new, grant.starts_on, grant.ends_on)
    if new.rule_scope is not None:
        held = await funding_rules.of_programme(session, grant.programme)
        rules.check_rules(new.rule_scope, held)
    await check_references(session, peers, rules.references(new))
