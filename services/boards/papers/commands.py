"""What a person does with papers."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import paper_numbers
from services.boards.exclusions import commands as exclusions
from services.boards.funded.commands import learn
from services.boards.neighbours import Named, Neighbours, check_there
from services.boards.papers import queries, rules
from services.boards.papers.queries import PAPERS
from services.boards.papers.tables import PaperRow
from services.boards.versions import commands as versions
from services.contracts.boards.papers import NewPaper, PaperState
from services.kit.days import today
from services.kit.keys import opaque
from services.kit.patches import Patch


async def submit(session: AsyncSession, beside: Neighbours, new: NewPaper) -> PaperRow:
    """Enter a paper; without a reference number it gets the next one."""
    rules.check_new(new.state)
    await _check_beside(session, beside, new, None)
    rules.check_named(new.key, new, await queries.known(session, rules.named(new)))
    funded = await learn(session, beside, new.projects, new.measures)
    dated_on = new.dated_on or today()
    reference = new.reference or await _next_reference(session, dated_on)
    key = new.key or rules.key_of(reference) or opaque("ds")
    computed = {"key": key, "reference": reference, "dated_on": dated_on, "funded": funded}
    row = await PAPERS.add(session, new, **computed)
    await versions.keep(session, [row])
    return row


async def change(
    session: AsyncSession, beside: Neighbours, key: str, patch: Patch[NewPaper], expected: int
) -> PaperRow:
    """Change a paper: its words, what it names, how far it has come."""
    row = await PAPERS.locked(session, key, expected)
    new = patch.onto(row)
    rules.check_step(PaperState(row.state), new.state)
    rules.check_words(row, new)
    await _check_beside(session, beside, new, row)
    rules.check_named(row.key, new, await queries.known(session, rules.named(new)))
    dated_on, reference = new.dated_on or row.dated_on, new.reference or row.reference
    funded = row.funded
    if (new.projects, new.measures) != (row.projects, row.measures):
        funded = dict(await learn(session, beside, new.projects, new.measures))
    computed = {"reference": reference, "dated_on": dated_on, "funded": funded}
    before = row.concerned_organisations, row.funded
    row = await PAPERS.store(session, row, new, **computed)
    await versions.keep(session, [row])
    if (row.concerned_organisations, row.funded) != before:
        await exclusions.propose_for(session, row.key)
    return row


async def _check_beside(
    session: AsyncSession, beside: Neighbours, new: NewPaper, before: PaperRow | None
) -> None:
    there = (("topics", before.topics), ("areas", before.areas)) if before else ()
    await check_there(
        session,
        Named(beside.indicators, "topics", new.topics, "/topics"),
        Named(beside.indicators, "areas", new.areas, "/areas"),
        known={(collection, key) for collection, keys in there for key in keys},
    )


async def _next_reference(session: AsyncSession, dated_on: date) -> str:
    pattern = await paper_numbers(session) or rules.NUMBERS
    series = rules.series(pattern, dated_on.year)
    while True:
        reference = rules.reference(series, await queries.next_number(session, series))
        if not await queries.is_taken(session, reference):
            return reference
