"""What a person does with amendments."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.amendments import queries, rules
from services.boards.amendments.queries import AMENDMENTS
from services.boards.amendments.tables import AmendmentRow
from services.boards.grounds.queries import ground
from services.boards.papers.queries import PAPERS, known
from services.boards.papers.tables import PaperRow
from services.boards.versions import commands as versions
from services.boards.versions.queries import VERSIONS, in_force, key_of
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
    rules.check_proposed(AmendmentState(row.state))
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
    base = await VERSIONS.one(session, key_of(paper.key, row.based_on))
    rules.check_base(base, (await in_force(session, [paper.key]))[paper.key])
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
    row.vote = None
    return await _decide(session, row, then, reason)


async def follow(session: AsyncSession, votes: Collection[str], papers: Collection[str]) -> None:
    """What follows from votes that have become void, or valid again: for amendments adopted by
    them, which the database has turned already, and for the words of papers.

    A paper reads without a void amendment as long as nobody has decided on it; `papers` are those
    whose resolutions have turned as well. Words that somebody has written since stay.
    """
    rows = await queries.adopted_by(session, votes)
    for row in rows:
        await AMENDMENTS.tell(session, row, "changed", fields=["state"])
    for paper in await queries.papers(session, {*papers, *(row.paper for row in rows)}):
        if paper.key in papers or paper.state == PaperState.submitted:
            await _reword(session, paper)


async def _reword(session: AsyncSession, paper: PaperRow) -> None:
    found = await queries.versions_of(session, paper.key)
    start = rules.start(found)
    then = rules.standing(found, await queries.void_on(session, paper.key))
    if start is None or then is None or rules.words(then) == rules.words(found[-1]):
        return
    paper.title, paper.text = then.title, then.text
    await session.flush()
    await PAPERS.tell(session, paper, "amended", amendment=start.amendment)
    back = {"instead_of": start.amendment} if then is not start else {"amendment": start.amendment}
    await versions.keep(session, [paper], **back)


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
