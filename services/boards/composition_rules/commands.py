"""What a person does with rules for bodies."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.composition_rules.queries import COMPOSITION_RULES
from services.boards.composition_rules.tables import CompositionRuleRow
from services.boards.organisations.queries import kind_of
from services.boards.seats.queries import keys_of
from services.contracts.boards.composition_rules import ChairFrom, NewCompositionRule, Shares
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def lay_down(session: AsyncSession, new: NewCompositionRule) -> CompositionRuleRow:
    """Give a body a rule."""
    await _check(session, new)
    return await COMPOSITION_RULES.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewCompositionRule], expected: int
) -> CompositionRuleRow:
    """Change a rule, or when it holds."""
    row = await COMPOSITION_RULES.locked(session, key, expected)
    new = patch.onto(row, "body")
    await _check(session, new)
    return await COMPOSITION_RULES.store(session, row, new)


async def _check(session: AsyncSession, new: NewCompositionRule) -> None:
    match new.rule:
        case Shares(organisation=str(named)) if await kind_of(session, named) is None:
            raise Invalid("There is no such organisation.", pointer="/rule/organisation")
        case ChairFrom(seats=named):
            known = await keys_of(session, new.body)
            for position, seat in enumerate(named):
                if seat not in known:
                    pointer = f"/rule/seats/{position}"
                    raise Invalid("The body has no such seat.", pointer=pointer)
