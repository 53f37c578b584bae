"""Every question asked of the stored positions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Text, any_, cast, func, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, distinct_on
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Parameter
from services.contracts.projects.positions import Position, PositionState
from services.contracts.projects.terms import RuleOverride
from services.kit.database import actor_of, municipality_of
from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.funding_rules.queries import of_programme
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notices.tables import NoticeRow
from services.projects.positions.rules import Load
from services.projects.positions.tables import PositionRow
from services.projects.projects.queries import PROJECTS


@dataclass(frozen=True)
class _Positions(Kind[PositionRow]):
    """Who may not see one of the grants that fund a position does not see the position."""

    def seen(self, session: AsyncSession) -> ColumnElement[bool]:
        seen = super().seen(session)
        if actor_of(session).sees_everything:
            return seen
        named = select(func.jsonb_array_elements(col(PositionRow.funding)).op("->>")("grant"))
        paying = func.array(named.correlate(PositionRow).scalar_subquery(), type_=ARRAY(Text()))
        hidden = select(GrantRow.key).where(
            col(GrantRow.municipality_id) == col(PositionRow.municipality_id),
            col(GrantRow.key) == any_(paying),
            ~GRANTS.seen(session),
        )
        return seen & ~hidden.exists()


POSITIONS = _Positions(PositionRow, "positions", "projects.position", within={"project": PROJECTS})


async def funded(session: AsyncSession) -> list[Position]:
    """Every position that a grant pays for, as it is stored, whoever may see it."""
    statement = select(PositionRow).where(
        col(PositionRow.municipality_id) == municipality_of(session).id,
        col(PositionRow.funding) != cast([], JSONB),
    )
    return [Position.model_validate(row) for row in await session.exec(statement)]


async def rates(
    session: AsyncSession, grants: Sequence[str]
) -> dict[tuple[str, str], dict[str, Decimal | None]]:
    """Of each programme and grantee among these grants, the rates of all its grants."""
    town = col(GrantRow.municipality_id) == municipality_of(session).id
    pair = tuple_(col(GrantRow.programme), col(GrantRow.grantee))
    named = select(GrantRow.programme, GrantRow.grantee).where(town, col(GrantRow.key).in_(grants))
    statement = select(GrantRow.programme, GrantRow.grantee, GrantRow.key, col(GrantRow.rate))
    found: dict[tuple[str, str], dict[str, Decimal | None]] = defaultdict(dict)
    for programme, grantee, key, rate in await session.exec(
        statement.where(town, pair.in_(named)).order_by(col(GrantRow.key))
    ):
        found[programme, grantee][key] = rate
    return found


async def caps(session: AsyncSession, programme: str) -> dict[str | None, list[Load]]:
    """How many full-time equivalents the programme funds and when, by the scope of extra ones: as
    its rules say, or, on days for which none is entered, its funding periods."""
    found: dict[str | None, list[Load]] = defaultdict(list)
    for rule in await of_programme(session, programme):
        if rule.parameter is Parameter.max_positions and rule.value is not None:
            held = Load(rule.starts_on or date.min, rule.ends_on or date.max, rule.value)
            found[rule.scope].append(held)
    return found


async def said_caps(session: AsyncSession, grants: Collection[str]) -> dict[str | None, list[Load]]:
    """How many full-time equivalents the newest notices of grants fund, where they say so, for the
    time for which they pay, by the scope of extra ones."""
    statement = (
        select(NoticeRow)
        .where(
            col(NoticeRow.municipality_id) == municipality_of(session).id,
            col(NoticeRow.grant).in_(grants),
        )
        .ext(distinct_on(col(NoticeRow.grant)))
        .order_by(col(NoticeRow.grant), col(NoticeRow.number).desc())
    )
    found: dict[str | None, list[Load]] = defaultdict(list)
    for row in await session.exec(statement):
        for one in map(RuleOverride.model_validate, row.overrides):
            if one.parameter is Parameter.max_positions and one.value is not None:
                held = Load(row.starts_on or date.min, row.ends_on or date.max, one.value)
                found[one.scope].append(held)
    return found


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    state: PositionState | None,
    project: str | None,
    grant: str | None,
    employer: str | None,
    on: date | None,
) -> Mapping[str, Any]:
    """Positions by key, of one state, project, grant, employer or day."""
    where = matching(PositionRow, state=state, project=project, employer=employer)
    if grant is not None:
        where.append(col(PositionRow.funding).contains([{"grant": grant}]))
    if on is not None:
        where.append(lasts(PositionRow.starts_on, PositionRow.ends_on, on, on))
    return await POSITIONS.page(session, paging, *where)
