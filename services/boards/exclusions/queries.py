"""Every question asked of the stored exclusions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.agendas.tables import AgendaItemRow
from services.boards.exclusions import rules
from services.boards.exclusions.rules import Affiliation, Conflict, Excluded
from services.boards.exclusions.tables import ExclusionRow
from services.boards.meetings.queries import MEETINGS, of_own_body
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS, sender
from services.boards.memberships.tables import MembershipRow
from services.boards.organisations.tables import OrganisationRow
from services.boards.papers.tables import PaperRow
from services.boards.persons.tables import PersonRow
from services.boards.procedures.queries import in_force
from services.contracts.boards.exclusions import ExclusionState
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.memberships import HOLDING, MembershipRole
from services.contracts.boards.organisations import OrganisationKind
from services.kit.database import municipality_of
from services.kit.days import day, holds_on
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

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
    where = matching(ExclusionRow, meeting=meeting, agenda_item=agenda_item, state=state)
    return await EXCLUSIONS.page(session, paging, *where)


async def affiliations(session: AsyncSession, body: str, on: date) -> Sequence[Affiliation]:
    """Everybody who may vote in the body on the day or step in, and whom they belong to."""
    statement = (
        select(MembershipRow.key, MembershipRow.person, sender(), PersonRow.organisation)
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


def _on_agendas(session: AsyncSession) -> Select[MeetingRow, AgendaItemRow]:
    """Agenda items with their meetings."""
    return (
        select(MeetingRow, AgendaItemRow)
        .join(
            AgendaItemRow,
            (col(AgendaItemRow.municipality_id) == col(MeetingRow.municipality_id))
            & (col(AgendaItemRow.meeting) == col(MeetingRow.key)),
        )
        .where(col(MeetingRow.municipality_id) == municipality_of(session).id)
    )


async def with_paper(
    session: AsyncSession, paper: str
) -> Sequence[tuple[MeetingRow, AgendaItemRow]]:
    """The agenda items of a paper with their meetings, except those that were called off."""
    statement = (
        _on_agendas(session)
        .where(
            col(MeetingRow.state) != MeetingState.cancelled,
            col(AgendaItemRow.paper) == paper,
        )
        .order_by(col(MeetingRow.starts_at), col(AgendaItemRow.key))
    )
    return (await session.exec(statement)).all()


async def ahead(
    session: AsyncSession, bodies: Sequence[str] | SelectOfScalar[str]
) -> Sequence[tuple[MeetingRow, AgendaItemRow]]:
    """The agenda items of the bodies that may concern somebody, in meetings that are not over.

    Nobody else does anything in these meetings until commit.
    """
    statement = (
        _on_agendas(session)
        .where(
            col(MeetingRow.body).in_(bodies),
            col(MeetingRow.state).not_in((MeetingState.held, MeetingState.cancelled)),
            col(AgendaItemRow.paper).is_not(None) | (col(AgendaItemRow.concerns) != []),
        )
        .order_by(col(MeetingRow.key), col(AgendaItemRow.key))
        .with_for_update(of=MeetingRow)
    )
    return (await session.exec(statement)).all()


def bodies_of(session: AsyncSession, person: str) -> SelectOfScalar[str]:
    """The bodies in which somebody is, was or will be."""
    return select(MembershipRow.body).where(
        col(MembershipRow.municipality_id) == municipality_of(session).id,
        col(MembershipRow.person) == person,
    )


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


async def concerned(session: AsyncSession, on_agenda: AgendaItemRow) -> set[str]:
    """The organisations an item concerns, by itself or by its paper."""
    concerned = set(on_agenda.concerns)
    if on_agenda.paper is not None:
        statement = select(PaperRow.concerned_organisations, PaperRow.funded).where(
            col(PaperRow.municipality_id) == municipality_of(session).id,
            col(PaperRow.key) == on_agenda.paper,
        )
        for organisations, funded in await session.exec(statement):
            concerned.update(organisations)
            concerned |= await _outside(session, funded.get("organisations", []))
    return concerned


async def _outside(session: AsyncSession, named: Sequence[str]) -> set[str]:
    """Of those named in a project or measure who gains by it: neither the administration that
    carries it out nor who gives the money."""
    if not named:
        return set()
    statement = select(OrganisationRow.key).where(
        col(OrganisationRow.municipality_id) == municipality_of(session).id,
        col(OrganisationRow.key).in_(named),
        col(OrganisationRow.kind).not_in(
            (OrganisationKind.administration, OrganisationKind.funder)
        ),
    )
    return set(await session.exec(statement))


async def conflicts(
    session: AsyncSession, meeting: MeetingRow, on_agenda: AgendaItemRow
) -> Sequence[Conflict]:
    """Whose organisation an item concerns, by the rules of the body; whoever asks."""
    on = day(meeting.starts_at)
    concerns = await concerned(session, on_agenda)
    if not concerns or not (await in_force(session, meeting.body, on)).rules.exclusions:
        return []
    return rules.named(concerns, await affiliations(session, meeting.body, on))


async def excluded(
    session: AsyncSession, meeting: MeetingRow, on_agenda: AgendaItemRow | None
) -> Excluded:
    """Who takes no part in an item, and of whom that is not decided; whoever asks."""
    if on_agenda is None:
        return Excluded()
    entries = [
        (person, ExclusionState(row.state)) for row, person in await of_item(session, on_agenda.key)
    ]
    return rules.excluded(entries, await conflicts(session, meeting, on_agenda))
