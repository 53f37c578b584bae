"""What a person does with seats."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.exclusions import commands as exclusions
from services.boards.organisations.queries import kind_of
from services.boards.seats import rules
from services.boards.seats.queries import SEATS
from services.boards.seats.tables import SeatRow
from services.boards.votes import commands as votes
from services.contracts.boards.seats import Exactly, ExOfficio, NewSeat, Seat
from services.kit import sql
from services.kit.patches import Patch
from services.kit.problems import Invalid


async def establish(session: AsyncSession, new: NewSeat) -> SeatRow:
    """Give a body a seat."""
    await _check(session, new)
    return await SEATS.add(session, new)


async def change(session: AsyncSession, key: str, patch: Patch[NewSeat], expected: int) -> SeatRow:
    """Change a seat or the rule by which it is filled."""
    row = await SEATS.locked(session, key, expected)
    new = patch.onto(row, "body")
    await _check(session, new)
    changed = rules.other_terms(Seat.model_validate(row), new)
    row = await SEATS.store(session, row, new)
    await exclusions.propose_ahead(session, row.body)
    await votes.review_of(session, row.body, *changed)
    return row


async def _check(session: AsyncSession, new: NewSeat) -> None:
    named = new.rule.organisation if isinstance(new.rule, Exactly | ExOfficio) else None
    if named is not None and await kind_of(session, named) is None:
        raise Invalid("There is no such organisation.", pointer="/rule/organisation")
    if new.chair:  # two at once would wait for one another at the constraint
        await sql.alone(session, f"boards.seat.chair {new.body}")
