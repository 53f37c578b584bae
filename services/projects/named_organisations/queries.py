"""Everybody who is named around a project or a measure, as far as the actor may see it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.named_organisations import NamedRole
from services.kit.database import municipality_of
from services.projects.commitments.queries import COMMITMENTS
from services.projects.commitments.tables import CommitmentRow
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.named_organisations.rules import Naming
from services.projects.notices.queries import NOTICES
from services.projects.notices.tables import NoticeRow
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.positions.queries import POSITIONS
from services.projects.positions.tables import PositionRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.queries import PROJECTS
from services.projects.projects.tables import ProjectRow


async def of_project(session: AsyncSession, key: str) -> Sequence[Naming]:
    """Partners, funders, grantees, recipients of onward grants, employers, suppliers, and who is
    responsible for its measures; 404 when the project is not there or not to be seen."""
    project = await PROJECTS.one(session, key)
    grants = select(GrantRow).where(GRANTS.seen(session), col(GrantRow.project) == project.key)
    given = (await session.exec(grants)).all()
    paid = [col(MeasureRow.grants).contains([grant.key]) for grant in given]
    measures = select(MeasureRow).where(
        MEASURES.seen(session), or_(col(MeasureRow.project) == project.key, *paid)
    )
    named = [
        *_partners(project),
        *await _around(session, given, project.programmes),
        *await _employers(session, project.key),
        *await _suppliers(session, project.key),
        *(naming for row in await session.exec(measures) for naming in _of_measure(row)),
    ]
    session.info.pop("revision", None)
    return named


async def of_measure(session: AsyncSession, key: str) -> Sequence[Naming]:
    """Who is responsible for a measure and who pays for it, those around its grants, and those of
    its project."""
    measure = await MEASURES.one(session, key)
    named = list(_of_measure(measure))
    if measure.grants:
        grants = select(GrantRow).where(GRANTS.seen(session), col(GrantRow.key).in_(measure.grants))
        named += await _around(session, (await session.exec(grants)).all(), [])
    if measure.project is not None:
        named += await of_project(session, measure.project)
    session.info.pop("revision", None)
    return named


async def _around(
    session: AsyncSession, grants: Sequence[GrantRow], programmes: Sequence[str]
) -> list[Naming]:
    """Everybody whom these grants name, their notices, and who funds their programmes and these."""
    keys = [grant.key for grant in grants]
    return [
        *(naming for grant in grants for naming in _of_grant(grant)),
        *await _funders(session, [*programmes, *(grant.programme for grant in grants)]),
        *await _with_a_budget(session, keys),
        *await _recipients(session, keys),
    ]


def _partners(project: ProjectRow) -> Iterator[Naming]:
    for partner in project.partners:
        funds = partner["role"] == "funder"
        yield (NamedRole.funder if funds else NamedRole.partner), partner["organisation"]


def _of_grant(grant: GrantRow) -> Iterator[Naming]:
    yield NamedRole.grantee, grant.grantee
    yield NamedRole.funder, grant.funder
    yield from ((NamedRole.funder, source.get("organisation")) for source in grant.sources)


def _of_measure(row: MeasureRow) -> Iterator[Naming]:
    yield NamedRole.responsible, row.responsible
    yield NamedRole.responsible, row.department
    yield from ((NamedRole.funder, part.get("organisation")) for part in row.budget)


async def _funders(session: AsyncSession, programmes: Sequence[str]) -> list[Naming]:
    statement = select(ProgrammeRow.funders).where(
        PROGRAMMES.seen(session), col(ProgrammeRow.key).in_(set(programmes))
    )
    found = (await session.exec(statement)).all()
    return [(NamedRole.funder, one.get("organisation")) for funders in found for one in funders]


async def _with_a_budget(session: AsyncSession, grants: Sequence[str]) -> list[Naming]:
    """Partners to whom the newest notice of a grant gives a part of the money."""
    statement = (
        select(NoticeRow.partner_budgets)
        .where(NOTICES.seen(session), col(NoticeRow.grant).in_(grants))
        .ext(distinct_on(col(NoticeRow.grant)))
        .order_by(col(NoticeRow.grant), col(NoticeRow.number).desc())
    )
    found = (await session.exec(statement)).all()
    return [(NamedRole.partner, one["organisation"]) for budgets in found for one in budgets]


async def _employers(session: AsyncSession, project: str) -> list[Naming]:
    statement = (
        select(PositionRow.employer)
        .where(POSITIONS.seen(session), col(PositionRow.project) == project)
        .distinct()
    )
    return [(NamedRole.employer, key) for key in await session.exec(statement)]


async def _recipients(session: AsyncSession, grants: Sequence[str]) -> list[Naming]:
    statement = select(OnwardGrantRow.recipient).where(
        ONWARD_GRANTS.seen(session), col(OnwardGrantRow.grant).in_(grants)
    )
    return [(NamedRole.recipient, key) for key in await session.exec(statement)]


async def _suppliers(session: AsyncSession, project: str) -> list[Naming]:
    named: list[Naming] = []
    tables: Sequence[tuple[Any, Any]] = (
        (COMMITMENTS, CommitmentRow),
        (EXPENDITURES, ExpenditureRow),
    )
    for kind, table in tables:
        statement = (
            select(table.supplier)
            .where(
                kind.seen(session),
                col(table.municipality_id) == municipality_of(session).id,
                col(table.project) == project,
                col(table.supplier).is_not(None),
            )
            .distinct()
        )
        named += [(NamedRole.supplier, key) for key in await session.exec(statement)]
    return named
