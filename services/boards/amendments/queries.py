"""Every question asked of the stored amendments."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.amendments import rules
from services.boards.amendments.tables import AmendmentRow
from services.boards.papers.queries import PAPERS, known
from services.boards.versions import queries as versions
from services.boards.votes.queries import VOTES
from services.contracts.boards.versions import Amendment, AmendmentState, Difference
from services.kit.database import actor_of
from services.kit.paging import Paging
from services.kit.resources import Kind, seen_keys

AMENDMENTS = Kind(AmendmentRow, "amendments", "boards.amendment", within={"paper": PAPERS})


async def page(
    session: AsyncSession, paging: Paging, paper: str | None, state: AmendmentState | None
) -> Mapping[str, Any]:
    """Amendments by key: of a paper, in a state."""
    where = []
    if paper is not None:
        where.append(col(AmendmentRow.paper) == paper)
    if state is not None:
        where.append(col(AmendmentRow.state) == state)
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


async def difference(session: AsyncSession, key: str) -> Difference:
    """What would be different in the paper."""
    row = await AMENDMENTS.one(session, key)
    before = await versions.one(session, row.paper, row.based_on)
    session.info.pop("revision", None)
    title = before.title if row.title is None else {**before.title, **row.title}
    return versions.compared(before, title, row.text, amendment=row.key)
