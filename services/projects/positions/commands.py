"""What a person does with positions."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.positions import NewPosition, Position
from services.kit import sql
from services.kit.patches import Patch
from services.projects import keys
from services.projects.grants.tables import GrantRow
from services.projects.positions import queries, rules
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.references.commands import Owners, check_references
from services.projects.staffings.queries import of_position
from services.projects.staffings.rules import check_place


async def enter(session: AsyncSession, peers: Owners, new: NewPosition) -> PositionRow:
    """Enter a position, or several alike."""
    await _check(session, peers, new, None)
    return await POSITIONS.add(session, new)


async def change(
    session: AsyncSession, peers: Owners, key: str, patch: Patch[NewPosition], expected: int
) -> PositionRow:
    """Change a position: its funding, its time, whether it is filled."""
    row = await POSITIONS.locked(session, key, expected)
    new = patch.onto(row)
    check_place(new, await of_position(session, row.key))
    await _check(session, peers, new, Position.model_validate(row))
    return await POSITIONS.store(session, row, new)


async def _check_caps(
    session: AsyncSession, new: NewPosition, grants: list[str], before: NewPosition | None
) -> None:
    """No programme funds more positions of one grantee than its rules say, on any day."""
    await sql.alone(session, "projects.positions")
    stored = await queries.funded(session)
    found = []
    for (programme, _), rates in (await queries.rates(session, grants)).items():
        caps = await queries.caps(session, programme)
        said = await queries.said_caps(session, rates)
        scopes = {*caps, *said}
        scope = rules.scope_of(new, scopes)
        held = rules.Held(programme, caps.get(scope, []), said.get(scope, []), scope)
        found.append((held, scopes, rates))
    rules.check_scope(new, {held.scope for held, *_ in found}, before)
    for held, scopes, rates in found:
        alike = [one for one in stored if rules.scope_of(one, scopes) == held.scope]
        own = [load for one in alike if one.key == new.key for load in rules.loads(one, rates)]
        others = [load for one in alike if one.key != new.key for load in rules.loads(one, rates)]
        rules.check_cap(held, rules.loads(new, rates), own, others)


async def _check(
    session: AsyncSession, peers: Owners, new: NewPosition, before: NewPosition | None
) -> None:
    rules.check_funding(new)
    grants = [part.grant for part in new.funding]
    await keys.check(session, GrantRow, grants, "/funding/*/grant")
    if grants or new.rule_scope is not None:
        await _check_caps(session, new, grants, before)
    await check_references(session, peers, rules.references(new))
