"""What a person does with powers."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.powers import rules
from services.boards.powers.queries import POWERS
from services.boards.powers.tables import PowerRow
from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.powers import NewPower
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound


async def grant(session: AsyncSession, new: NewPower) -> PowerRow:
    """Enter a power that a body has."""
    await _check(session, new)
    return await POWERS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewPower], expected: int
) -> PowerRow:
    """Change what is known of a power, or end it."""
    row = await POWERS.locked(session, key, expected)
    new = patch.onto(row, "body", "kind")
    return await POWERS.store(session, row, new)


async def _check(session: AsyncSession, new: NewPower) -> None:
    try:
        body = await BODIES.one(session, new.body, lock=True)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/body", code="unknown") from None
    rules.check(new.kind, BodyKind(body.kind), body.mandates)
