"""What a person does with papers."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.days import today
from services.boards.keys import opaque
from services.boards.papers import queries, rules
from services.boards.papers.queries import PAPERS
from services.boards.papers.tables import PaperRow
from services.contracts.boards.papers import NewPaper, PaperState
from services.kit.patches import Patch


async def submit(session: AsyncSession, new: NewPaper) -> PaperRow:
    """Enter a paper; without a reference number it gets the next one."""
    rules.check_new(new.state)
    rules.check_named(new.key, new, await queries.known(session, rules.named(new)))
    dated_on = new.dated_on or today()
    reference = new.reference or await _next_reference(session, dated_on)
    key = new.key or rules.key_of(reference) or opaque("ds")
    return await PAPERS.add(session, new, key=key, reference=reference, dated_on=dated_on)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewPaper], expected: int
) -> PaperRow:
    """Change a paper: its words, what it names, how far it has come."""
    row = await PAPERS.locked(session, key, expected)
    new = patch.onto(row)
    rules.check_step(PaperState(row.state), new.state)
    rules.check_named(row.key, new, await queries.known(session, rules.named(new)))
    dated_on, reference = new.dated_on or row.dated_on, new.reference or row.reference
    return await PAPERS.store(session, row, new, reference=reference, dated_on=dated_on)


async def _next_reference(session: AsyncSession, dated_on: date) -> str:
    series = rules.series(dated_on)
    while True:
        reference = rules.reference(series, await queries.next_number(session, series))
        if not await queries.is_taken(session, reference):
            return reference
