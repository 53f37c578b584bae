"""What follows when a body has voted: for a paper on its way, and for what rests on the vote."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.acts.queries import ACTS
from services.boards.amendments import commands as amendments
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.grounds.queries import Ground
from services.boards.minutes import commands as minutes
from services.boards.papers.queries import PAPERS
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import EndingRow, ResponseRow
from services.boards.votes.tables import VoteRow
from services.contracts.boards.consultations import ConsultationState
from services.kit.database import municipality_of
from services.kit.resources import Kind


async def held(session: AsyncSession, ground: Ground) -> None:
    """The step of the paper's way on which the body has voted is held."""
    step = ground.consultation
    if step is not None and step.state != ConsultationState.held:
        step.state = ConsultationState.held
        await session.flush()
        await CONSULTATIONS.tell(session, step, "changed", fields=["state"])


async def turned(session: AsyncSession, votes: Sequence[VoteRow]) -> None:
    """Tell what became void, or valid again, with the outcome of its vote; papers follow.

    The database has done it already: nothing can rest on a vote that was not adopted.
    """
    if not votes:
        return
    keys = {vote.key for vote in votes}
    papers: set[str] = set()
    answered: set[str] = set()
    ended: set[str] = set()
    for kind in (RECOMMENDATIONS, ACTS, RESOLUTIONS):
        for row in await _now(session, kind, "vote", keys):
            await kind.tell(session, row, "changed", fields=["valid"])
            if kind is RESOLUTIONS:
                papers |= {row.paper} - {None}
                answered |= await _answered(session, row.key)
                ended |= await _ended(session, row.key)
    for row in await _now(session, PAPERS, "key", papers):
        await PAPERS.tell(session, row, "changed", fields=["state"])
    await amendments.follow(session, keys, papers)
    await minutes.reopen(session, votes)
    for row in await _now(session, RECOMMENDATIONS, "key", answered):
        await RECOMMENDATIONS.tell(session, row, "changed", fields=["answer"])
    for row in await _now(session, RESOLUTIONS, "key", ended):
        await RESOLUTIONS.tell(session, row, "changed", fields=["state"])


async def _now(session: AsyncSession, kind: Kind[Any], column: str, keys: set[str]) -> list[Any]:
    """The rows as the database left them."""
    statement = (
        select(kind.row)
        .where(kind.seen(session), col(getattr(kind.row, column)).in_(keys))
        .order_by(col(kind.row.key))
        .execution_options(populate_existing=True)
    )
    return list(await session.exec(statement)) if keys else []


async def _ended(session: AsyncSession, resolution: str) -> set[str]:
    statement = select(EndingRow.ended).where(
        col(EndingRow.municipality_id) == municipality_of(session).id,
        col(EndingRow.resolution) == resolution,
    )
    return set(await session.exec(statement))


async def _answered(session: AsyncSession, resolution: str) -> set[str]:
    statement = select(ResponseRow.recommendation).where(
        col(ResponseRow.municipality_id) == municipality_of(session).id,
        col(ResponseRow.resolution) == resolution,
    )
    return set(await session.exec(statement))
