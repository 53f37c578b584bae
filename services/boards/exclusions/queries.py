"""Every question asked of the stored exclusions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.days import holds_on
from services.boards.exclusions.rules import Affiliation
from services.boards.exclusions.tables import ExclusionRow
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.memberships.tables import MembershipRow
from services.boards.persons.tables import PersonRow
from services.contracts.boards.exclusions import ExclusionState
from services.contracts.boards.memberships import HOLDING, MembershipRole
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind

EXCLUSIONS = Kind(
    ExclusionRow,
    "exclusions",
    "boards.exclusion",
    personal=True,
    within={"meeting": MEETINGS, "agenda_item": AGENDA_ITEMS, "membership": MEMBERSHIPS},
    also=lambda session: of_own_body(session, col(ExclusionRow.meeting)),
)


async def page(
    session: AsyncSession,
    paging: Paging,
    meeting: str | None,
    agenda_item: str | None,
    state: ExclusionState | None,
) -> Mapping[str, Any]:
    """Exclusions by key: of a meeting, of an item, in a state."""
    where = []
    if meeting is not None:
        where.append(col(ExclusionRow.meeting) == meeting)
    if agenda_item is not None:
        where.append(col(ExclusionRow.agenda_item) == agenda_item)
    if state is not None:
        where.append(col(ExclusionRow.state) == state)
    return await EXCLUSIONS.page(session, paging, *where)


async def affiliations(session: AsyncSession, body: str, on: date) -> Sequence[Affiliation]:
    """Everybody who may vote in the body on the day or step in, and whom they belong to."""
    statement = (
        select(
            MembershipRow.key,
            MembershipRow.person,
            MembershipRow.on_behalf_of,
            PersonRow.organisation,
        )
        .join(
            PersonRow,
            (col(PersonRow.municipality_id) == col(MembershipRow.municipality_id))
            & (col(PersonRow.key) == col(MembershipRow.person)),
        )
        .where(
            col(MembershipRow.municipality_id) == municipality_of(session).id,
            col(MembershipRow.body) == body,
            col(MembershipRow.role).in_(HOLDING | {MembershipRole.substitute}),
            holds_on(MembershipRow, on),
        )
        .order_by(col(MembershipRow.key))
    )
    return [Affiliation(*row) for row in await session.exec(statement)]


async def of_item(session: AsyncSession, item: str) -> Sequence[tuple[ExclusionRow, str]]:
    """The exclusions of an item, whoever asks, each with the person."""
    statement = (
        select(ExclusionRow, MembershipRow.person)
        .join(
            MembershipRow,
            (col(MembershipRow.municipality_id) == col(ExclusionRow.municipality_id))
            & (col(MembershipRow.key) == col(ExclusionRow.membership)),
        )
        .where(
            col(ExclusionRow.municipality_id) == municipality_of(session).id,
            col(ExclusionRow.agenda_item) == item,
        )
        .order_by(col(ExclusionRow.key))
    )
    return (await session.exec(statement)).all()
