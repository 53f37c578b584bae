"""Every question asked of the stored amendments."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.amendments import rules
from services.boards.amendments.tables import AmendmentRow
from services.boards.papers.queries import PAPERS, known
from services.boards.papers.tables import PaperRow
from services.boards.versions import queries as versions
from services.boards.versions.tables import PaperVersionRow
from services.boards.votes.queries import VOTES
from services.contracts.boards.versions import Amendment, AmendmentState, Difference
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching, seen_keys

AMENDMENTS = Kind(AmendmentRow, "amendments", "boards.amendment", within={"paper": PAPERS})


async def page(
    session: AsyncSession, paging: Paging, paper: str | None, state: AmendmentState | None
) -> Mapping[str, Any]:
    """Amendments by key: of a paper, in a state."""
    where = matching(AmendmentRow, paper=paper, state=state)
    found = await AMENDMENTS.page(session, paging, *where)
    return {**found, "items": await shown(session, found["items"])}


async def shown(session: AsyncSession, rows: Sequence[AmendmentRow]) -> list[Amendment]:
    """The amendments, naming others as far as the actor may see them."""
    if actor_of(session).sees_everything:
        return [Amendment.model_validate(row) for row in rows]
    keys: dict[str, set[str]] = {}
    for row in rows:
        for collection, some in rules.named(row).items():
            keys.setdefault(collection, set()).update(some)
    seen = await known(session, keys)
    votes = await seen_keys(session, (VOTES, {row.vote for row in rows if row.vote}))
    return [
        Amendment.model_validate(
            {
                **row.model_dump(),
                **rules.shown(row.model_dump(), seen),
                "vote": row.vote if row.vote in votes[VOTES.collection] else None,
            }
        )
        for row in rows
    ]


async def adopted_by(session: AsyncSession, votes: Collection[str]) -> Sequence[AmendmentRow]:
    """The amendments that these votes adopted, as the database left them."""
    statement = (
        select(AmendmentRow)
        .where(AMENDMENTS.seen(session), col(AmendmentRow.vote).in_(votes))
        .order_by(col(AmendmentRow.key))
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).all()


async def papers(session: AsyncSession, keys: Collection[str]) -> Sequence[PaperRow]:
    """The papers as the database left them, unchanged by others until commit."""
    statement = (
        select(PaperRow)
        .where(PAPERS.seen(session), col(PaperRow.key).in_(keys))
        .order_by(col(PaperRow.key))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).all()


async def void_on(session: AsyncSession, paper: str) -> set[str]:
    """The amendments to a paper whose votes are void."""
    statement = select(AmendmentRow.key).where(
        AMENDMENTS.seen(session),
        col(AmendmentRow.paper) == paper,
        col(AmendmentRow.state) == AmendmentState.void,
    )
    return set(await session.exec(statement))


async def versions_of(session: AsyncSession, paper: str) -> Sequence[PaperVersionRow]:
    """The versions of a paper, the oldest first."""
    statement = select(PaperVersionRow).where(
        versions.VERSIONS.seen(session), col(PaperVersionRow.paper) == paper
    )
    return (await session.exec(statement.order_by(col(PaperVersionRow.number)))).all()


async def difference(session: AsyncSession, key: str) -> Difference:
    """What would be different in the paper."""
    row = await AMENDMENTS.one(session, key)
    before = await versions.one(session, row.paper, row.based_on)
    session.info.pop("revision", None)
    title = before.title if row.title is None else {**before.title, **row.title}
    return versions.compared(before, title, row.text, amendment=row.key)
