"""What a person does with amendments."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.amendments import rules
from services.boards.amendments.queries import AMENDMENTS
from services.boards.amendments.tables import AmendmentRow
from services.boards.grounds.queries import ground
from services.boards.papers.queries import PAPERS, known
from services.boards.papers.tables import PaperRow
from services.boards.versions import commands as versions
from services.boards.versions.queries import in_force
from services.contracts.boards.papers import PaperState
from services.contracts.boards.versions import AmendmentAdoption, AmendmentState, NewAmendment
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound


async def propose(session: AsyncSession, new: NewAmendment) -> AmendmentRow:
    """Propose other words for a paper, as they now are."""
    paper = await _paper(session, new.paper)
    rules.check_paper(PaperState(paper.state))
    rules.check_named(new, await known(session, rules.named(new)))
    await versions.keep(session, [paper])
    return await AMENDMENTS.add(
        session,
        new,
        key=new.key or opaque("am"),
        based_on=await _version(session, paper),
        state=AmendmentState.proposed,
        visibility=new.visibility or paper.visibility,
    )


async def change(
    session: AsyncSession, key: str, patch: Patch[NewAmendment], expected: int
) -> AmendmentRow:
    """Change an amendment on which nobody has decided yet."""
    row = await AMENDMENTS.locked(session, key, expected)
    new = patch.onto(row, "paper")
    rules.check_open(AmendmentState(row.state))
    rules.check_named(new, await known(session, rules.named(new)))
    return await AMENDMENTS.store(session, row, new, visibility=new.visibility or row.visibility)


async def adopt(
    session: AsyncSession, key: str, adoption: AmendmentAdoption, expected: int
) -> AmendmentRow:
    """Let the paper read as the amendment says."""
    found = await AMENDMENTS.one(session, key)
    if adoption.vote is not None:
        on = await ground(session, adoption.vote)
        rules.check_vote(found.paper, on.paper.key if on.paper else None)
    paper = await _paper(session, found.paper)
    row = await AMENDMENTS.locked(session, key, expected)
    rules.check_open(AmendmentState(row.state))
    rules.check_paper(PaperState(paper.state))
    rules.check_base(row.based_on, await _version(session, paper))
    paper.title = paper.title if row.title is None else {**paper.title, **row.title}
    paper.text = row.text
    if session.is_modified(paper):
        await session.flush()
        await PAPERS.tell(session, paper, "amended", amendment=row.key)
        await versions.keep(session, [paper], amendment=row.key)
    row.vote = adoption.vote
    return await _decide(session, row, AmendmentState.adopted, None)


async def refuse(
    session: AsyncSession, key: str, then: AmendmentState, reason: str, expected: int
) -> AmendmentRow:
    """Reject or withdraw an amendment, and say why."""
    row = await AMENDMENTS.locked(session, key, expected)
    rules.check_open(AmendmentState(row.state))
    return await _decide(session, row, then, reason)


async def _decide(
    session: AsyncSession, row: AmendmentRow, then: AmendmentState, reason: str | None
) -> AmendmentRow:
    row.state, row.reason, row.decided_at = then, reason, datetime.now(UTC)
    await session.flush()
    await AMENDMENTS.tell(session, row, str(then), paper=row.paper)
    session.info["revision"] = row.revision
    return row


async def _paper(session: AsyncSession, key: str) -> PaperRow:
    try:
        return await PAPERS.one(session, key, lock=True)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/paper", code="unknown") from None


async def _version(session: AsyncSession, paper: PaperRow) -> int:
    return (await in_force(session, [paper.key]))[paper.key].number
