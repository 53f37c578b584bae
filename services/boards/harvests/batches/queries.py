"""Every question asked while objects of a source are taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Text, cast, inspect, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.tables import AgendaItemRow
from services.boards.bodies.tables import BodyRow
from services.boards.consultations.tables import ConsultationRow
from services.boards.harvests.batches.tables import OparlObjectReadRow
from services.boards.harvests.repairs.rules import Type
from services.boards.meetings.tables import MeetingRow
from services.boards.papers.tables import PaperRow
from services.contracts.boards.consultations import ConsultationState
from services.contracts.boards.harvests import OparlMissing
from services.contracts.boards.meetings import MeetingState
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.resources import Kind
from services.kit.tables import Resource

R = TypeVar("R", bound=Resource)


class Sitting(NamedTuple):
    """What is asked of a meeting: whose it is, how far it has come, when it begins."""

    body: str
    state: str
    starts_at: datetime


_KNOW_SIZE = text("SELECT know_size(:names)")
_FILLED = [
    *("organisation", "body", "meeting", "agenda_item", "paper", "consultation", "file"),
    *("oparl_object_read", "oparl_object", "oparl_source"),
]


async def know_size(session: AsyncSession) -> int:
    """Let PostgreSQL look again at what this municipality has outgrown; how many tables that was.

    Beside many small municipalities it plans for a large one as if it were small until its own
    look, a minute later: for each object of a batch it then reads all that was read before.
    """
    return int((await sql.run(session, _KNOW_SIZE, {"names": _FILLED})).scalar_one())


async def read_before(
    session: AsyncSession, source: str, addresses: Collection[str]
) -> dict[str, OparlObjectReadRow]:
    """What is known of these addresses."""
    found = await _read(session, source, col(OparlObjectReadRow.external_id).in_(addresses))
    return {row.external_id: row for row in found}


async def waiting_for(
    session: AsyncSession, source: str, addresses: Collection[str]
) -> Sequence[OparlObjectReadRow]:
    """Those that wait for one of these addresses."""
    return await _read(session, source, _names(OparlObjectReadRow.waits_for, addresses))


async def having_below(
    session: AsyncSession, source: str, addresses: Collection[str]
) -> Sequence[OparlObjectReadRow]:
    """The papers that said last that one of these belongs to them."""
    return await _read(
        session,
        source,
        col(OparlObjectReadRow.key).is_not(None),
        _names(OparlObjectReadRow.below, addresses),
    )


def _names(column: Any, addresses: Collection[str]) -> ColumnElement[bool]:
    named: ColumnElement[bool] = col(column).op("?|")(cast(list(addresses), ARRAY(Text)))
    return named


async def _read(
    session: AsyncSession, source: str, *where: ColumnElement[bool]
) -> Sequence[OparlObjectReadRow]:
    statement = select(OparlObjectReadRow).where(
        col(OparlObjectReadRow.municipality_id) == municipality_of(session).id,
        col(OparlObjectReadRow.source) == source,
        *where,
    )
    return (await session.exec(statement)).all()


async def addresses_of(session: AsyncSession, papers: Collection[str]) -> dict[str, str]:
    """The addresses by which these papers call themselves."""
    statement = select(PaperRow.key, PaperRow.external_id).where(
        col(PaperRow.municipality_id) == municipality_of(session).id,
        col(PaperRow.key).in_(papers),
        col(PaperRow.external_id).is_not(None),
    )
    return {key: str(address) for key, address in (await session.exec(statement)).all()}


_MISSING = text("""
    SELECT DISTINCT address
    FROM oparl_object_read AS o CROSS JOIN jsonb_array_elements_text(o.waits_for) AS address
    WHERE o.municipality_id = :municipality AND o.source = :source AND o.waits_for IS NOT NULL
    ORDER BY address LIMIT 1000""")


async def missing(session: AsyncSession, source: str) -> OparlMissing:
    """The addresses that are waited for and were never read, and how many objects wait."""
    town = municipality_of(session).id
    waiting = select(func.count()).where(
        col(OparlObjectReadRow.municipality_id) == town,
        col(OparlObjectReadRow.source) == source,
        col(OparlObjectReadRow.waits_for).is_not(None),
    )
    found = await sql.run(session, _MISSING, {"municipality": town, "source": source})
    addresses = [str(address) for address in found.scalars()]
    return OparlMissing(addresses=addresses, objects=(await session.exec(waiting)).one())


async def taken_before(
    session: AsyncSession, kind: Kind[R], addresses: Collection[str]
) -> dict[str, R]:
    """Rows of a kind by the address of the object they were made of."""
    external = inspect(kind.row).columns["external_id"]
    statement = select(external, kind.row).where(
        col(kind.row.municipality_id) == municipality_of(session).id, external.in_(addresses)
    )
    return {str(address): row for address, row in await session.exec(statement)}


async def keys_in_use(session: AsyncSession, kind: Kind[Any], keys: Iterable[str]) -> set[str]:
    """Those of the keys that something of the kind has."""
    statement = select(col(kind.row.key)).where(
        col(kind.row.municipality_id) == municipality_of(session).id,
        col(kind.row.key).in_(set(keys)),
    )
    return set(await session.exec(statement))


async def references_in_use(
    session: AsyncSession, references: Collection[str]
) -> Mapping[str, str | None]:
    """Those of the reference numbers that a paper has, and the address that paper came from."""
    statement = select(PaperRow.reference, PaperRow.external_id).where(
        col(PaperRow.municipality_id) == municipality_of(session).id,
        col(PaperRow.reference).in_(references),
    )
    return dict((await session.exec(statement)).all())


async def mandates(session: AsyncSession, bodies: Collection[str]) -> dict[str, list[str]]:
    """The mandates of bodies."""
    statement = select(BodyRow.key, BodyRow.mandates).where(
        col(BodyRow.municipality_id) == municipality_of(session).id, col(BodyRow.key).in_(bodies)
    )
    return {key: list(found) for key, found in (await session.exec(statement)).all()}


async def over(session: AsyncSession, source: str, now: datetime) -> Sequence[MeetingRow]:
    """Meetings of the source that are still to come by what it said, and whose end has passed; of
    one that it took back nobody knows whether it was held."""
    read = select(OparlObjectReadRow.key).where(
        col(OparlObjectReadRow.municipality_id) == municipality_of(session).id,
        col(OparlObjectReadRow.source) == source,
        col(OparlObjectReadRow.type) == Type.meeting,
        col(OparlObjectReadRow.key).is_not(None),
        col(OparlObjectReadRow.deleted).is_(False),
    )
    statement = select(MeetingRow).where(
        col(MeetingRow.municipality_id) == municipality_of(session).id,
        col(MeetingRow.key).in_(read),
        col(MeetingRow.state).in_((MeetingState.planned, MeetingState.invited)),
        func.coalesce(col(MeetingRow.ends_at), col(MeetingRow.starts_at)) < now,
    )
    return (await session.exec(statement.order_by(col(MeetingRow.key)).with_for_update())).all()


async def planned_at(session: AsyncSession, meetings: Collection[str]) -> Sequence[ConsultationRow]:
    """Consultations that were read and are to be held at these meetings."""
    statement = select(ConsultationRow).where(
        col(ConsultationRow.municipality_id) == municipality_of(session).id,
        col(ConsultationRow.meeting).in_(meetings),
        col(ConsultationRow.external_id).is_not(None),
        col(ConsultationRow.state) == ConsultationState.planned,
    )
    return (await session.exec(statement.order_by(col(ConsultationRow.key)))).all()


async def sittings(session: AsyncSession, meetings: Collection[str]) -> dict[str, Sitting]:
    """What is asked of these meetings."""
    statement = select(
        MeetingRow.key, MeetingRow.body, MeetingRow.state, MeetingRow.starts_at
    ).where(
        col(MeetingRow.municipality_id) == municipality_of(session).id,
        col(MeetingRow.key).in_(meetings),
    )
    found = (await session.exec(statement)).all()
    return {key: Sitting(body, state, starts_at) for key, body, state, starts_at in found}


async def on_agendas(session: AsyncSession, meetings: Collection[str]) -> Sequence[AgendaItemRow]:
    """The items of these meetings that were read."""
    statement = select(AgendaItemRow).where(
        col(AgendaItemRow.municipality_id) == municipality_of(session).id,
        col(AgendaItemRow.meeting).in_(meetings),
        col(AgendaItemRow.external_id).is_not(None),
    )
    return (await session.exec(statement)).all()


async def meetings_of(session: AsyncSession, items: Collection[str]) -> dict[str, str]:
    """Agenda items and the meetings on whose agenda they are."""
    statement = select(AgendaItemRow.key, AgendaItemRow.meeting).where(
        col(AgendaItemRow.municipality_id) == municipality_of(session).id,
        col(AgendaItemRow.key).in_(items),
    )
    return dict((await session.exec(statement)).all())


async def on_the_way(session: AsyncSession, papers: Collection[str]) -> Sequence[ConsultationRow]:
    """The consultations of these papers."""
    statement = select(ConsultationRow).where(
        col(ConsultationRow.municipality_id) == municipality_of(session).id,
        col(ConsultationRow.paper).in_(papers),
    )
    return (await session.exec(statement)).all()


async def consulted_at(session: AsyncSession, items: Collection[str]) -> dict[str, str]:
    """Agenda items at which a paper is consulted, and the key of the consultation."""
    statement = select(ConsultationRow.agenda_item, ConsultationRow.key).where(
        col(ConsultationRow.municipality_id) == municipality_of(session).id,
        col(ConsultationRow.agenda_item).in_(items),
    )
    return {str(item): key for item, key in (await session.exec(statement)).all()}
