"""What of the funded work everybody may see, whoever asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.onward_grants import OnwardState
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.base import Visibility
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.resources import Kind
from services.kit.sql import run
from services.projects.exports.works import TOLD, Sum, Work, of_grant, of_onward, of_operation
from services.projects.grant_disclosures.tables import GrantDisclosureRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.operation_lists.queries import LISTS
from services.projects.operation_lists.tables import OperationListRow
from services.projects.operations.queries import OPERATIONS
from services.projects.operations.tables import OperationRow
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.tables import ProjectRow
from services.projects.references.tables import ReferenceRow

GIVEN = (GrantState.granted, GrantState.closed)
"""An application, a refusal and a withdrawal are no money."""


def public(session: AsyncSession, kind: Kind[Any]) -> ColumnElement[bool]:
    """Rows of the kind that are public, and so is everything above them."""
    row = kind.row
    shown = col(row.municipality_id) == municipality_of(session).id
    shown &= col(row.visibility) == Visibility.public
    for column, above in kind.within.items():
        named = inspect(row).columns[column]
        shown &= named.is_(None) | named.in_(select(above.row.key).where(public(session, above)))
    return shown


async def works(session: AsyncSession) -> list[Work]:
    """Every public grant, onward grant and operation of a current edition, by their keys."""
    names = await _names(session)
    lists = await _lists(session)
    # What was imported between the two statements is told the next time.
    operations = [row for row in await _operations(session) if row.list in lists]
    linked = {row.grant: row for row in operations if row.grant is not None}
    given = await _grants(session)
    paid = await _settled(session, [g.key for g, *_ in given if g.state == GrantState.closed])
    above = {grant.key: (grant, programme) for grant, _, programme, _ in given}
    passed = [row for row in await _onward(session) if row.grant in above]
    of = {key: [row for row in passed if row.grant == key] for key in above}
    grants = [
        of_grant(
            grant,
            project,
            programme,
            disclosure,
            linked.get(grant.key),
            of[grant.key],
            names,
            paid.get(grant.key),
        )
        for grant, project, programme, disclosure in given
    ]
    onward = [of_onward(row, *above[row.grant], names) for row in passed]
    return [*grants, *onward, *(of_operation(row, lists[row.list]) for row in operations)]


async def name(session: AsyncSession) -> str:
    """What the municipality is called: the name of the area with its key, else the key."""
    town = municipality_of(session)
    asked = select(ReferenceRow.name).where(
        col(ReferenceRow.municipality_id) == town.id,
        col(ReferenceRow.resource) == ReferenceResource.areas,
        col(ReferenceRow.key) == town.key,
        col(ReferenceRow.visibility) == Visibility.public,
    )
    found = (await session.exec(asked)).first()
    return found["de"] if found else town.key


async def _grants(session: AsyncSession) -> Sequence[Any]:
    """Each with its project, its programme and, where there is one, its disclosure."""
    mine = municipality_of(session).id
    disclosed = and_(
        col(GrantDisclosureRow.municipality_id) == mine,
        col(GrantDisclosureRow.grant) == col(GrantRow.key),
        col(GrantDisclosureRow.visibility) == Visibility.public,
    )
    asked = (
        select(GrantRow, ProjectRow, ProgrammeRow, GrantDisclosureRow)
        .join(
            ProjectRow,
            and_(
                col(ProjectRow.municipality_id) == mine,
                col(ProjectRow.key) == col(GrantRow.project),
            ),
        )
        .join(
            ProgrammeRow,
            and_(
                col(ProgrammeRow.municipality_id) == mine,
                col(ProgrammeRow.key) == col(GrantRow.programme),
            ),
        )
        .outerjoin(GrantDisclosureRow, disclosed)
        .where(public(session, GRANTS), col(GrantRow.state).in_(GIVEN))
        .order_by(col(GrantRow.key))
    )
    return (await session.exec(asked)).all()


async def _settled(session: AsyncSession, grants: Sequence[str]) -> Mapping[str, Sum]:
    """What came and stayed of these grants, which are closed: one sum of each."""
    if not grants:
        return {}
    asked = text(statement(__package__, "settled"))
    found = await run(session, asked, {"town": municipality_of(session).id, "grants": grants})
    return {row.grant: Sum(row.amount, date.fromisoformat(row.last)) for row in found}


async def _onward(session: AsyncSession) -> Sequence[OnwardGrantRow]:
    """What organisations were awarded; natural persons are never public."""
    row = OnwardGrantRow
    asked = select(row).where(
        public(session, ONWARD_GRANTS),
        col(row.natural_person).is_(False),
        col(row.state).in_((OnwardState.granted, OnwardState.closed)),
        col(row.awarded) > 0,
    )
    return (await session.exec(asked.order_by(col(row.key)))).all()


async def _operations(session: AsyncSession) -> Sequence[Any]:
    """Bare rows: of thousands, objects that the session watches would cost most of the time."""
    columns = [getattr(OperationRow, name) for name in TOLD]
    asked = (
        select(*columns)
        .where(public(session, OPERATIONS), col(OperationRow.listed_until).is_(None))
        .order_by(col(OperationRow.key))
    )
    rows: Sequence[Any] = (await session.exec(asked)).all()
    return rows


async def _lists(session: AsyncSession) -> Mapping[str, OperationListRow]:
    found = await session.exec(select(OperationListRow).where(public(session, LISTS)))
    return {row.key: row for row in found}


async def _names(session: AsyncSession) -> Mapping[str, str]:
    """Public organisations by their keys."""
    asked = select(ReferenceRow.key, ReferenceRow.name).where(
        col(ReferenceRow.municipality_id) == municipality_of(session).id,
        col(ReferenceRow.resource) == ReferenceResource.organisations,
        col(ReferenceRow.visibility) == Visibility.public,
    )
    return {key: name["de"] for key, name in await session.exec(asked)}
