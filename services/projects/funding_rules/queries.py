"""Every question asked of the stored rules of programmes."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.figures import Clause, Parameter, Rule, Unit
from services.contracts.projects.programmes import FundingPeriod
from services.kit.database import municipality_of
from services.kit.days import lasts
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.funding_rules.tables import FundingRuleRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.programmes.tables import ProgrammeRow
from services.projects.rules_in_force.rules import by_figure, holds, of_periods

FUNDING_RULES = Kind(
    FundingRuleRow, "funding-rules", "projects.funding_rule", within={"programme": PROGRAMMES}
)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    programme: str | None,
    parameter: Parameter | None,
    on: date | None,
    verified: bool | None,
) -> Mapping[str, Any]:
    """Rules by key, of one programme or parameter, that hold on a day, that are checked or not."""
    where = matching(FundingRuleRow, programme=programme, parameter=parameter, verified=verified)
    if on is not None:
        where.append(lasts(FundingRuleRow.starts_on, FundingRuleRow.ends_on, on, on))
    return await FUNDING_RULES.page(session, paging, *where)


async def same_figure(
    session: AsyncSession, programme: str | None, parameters: Collection[str]
) -> Sequence[FundingRuleRow]:
    """Every rule of the programme about these parameters, whoever may see it."""
    statement = select(FundingRuleRow).where(
        col(FundingRuleRow.municipality_id) == municipality_of(session).id,
        _is(FundingRuleRow.programme, programme),
        col(FundingRuleRow.parameter).in_(parameters),
    )
    return (await session.exec(statement)).all()


async def of_programme(session: AsyncSession, programme: str, on: date | None = None) -> list[Rule]:
    """The rules of a programme that the actor may see: what its funding periods say where no rule
    says it, those for every programme, its own."""
    told = FUNDING_RULES.seen(session) & or_(
        col(FundingRuleRow.programme).is_(None), col(FundingRuleRow.programme) == programme
    )
    statement = (
        select(ProgrammeRow, FundingRuleRow)
        .join(FundingRuleRow, told, isouter=True)
        .where(
            col(ProgrammeRow.municipality_id) == municipality_of(session).id,
            col(ProgrammeRow.key) == programme,
        )
        .order_by(*_ORDER)
    )
    rows = (await session.exec(statement)).all()
    said = [_rule(row) for _, row in rows if row is not None]
    periods = of_periods(*_periods(rows[0][0]), said) if rows else []
    every = [*periods, *said]
    return every if on is None else [one for one in every if holds(one, on)]


def _periods(row: ProgrammeRow) -> tuple[list[FundingPeriod], list[str]]:
    return [FundingPeriod.model_validate(one) for one in row.periods], row.legal_basis


async def by_programme(
    session: AsyncSession, parameters: Collection[Parameter] | None
) -> Mapping[str, list[Rule]]:
    """The rules about these parameters, or all, of every programme, those for every programme
    first; in one statement."""
    statement = select(FundingRuleRow).where(FUNDING_RULES.seen(session))
    if parameters is not None:
        statement = statement.where(col(FundingRuleRow.parameter).in_(parameters))
    general: list[Rule] = []
    found: defaultdict[str, list[Rule]] = defaultdict(lambda: list(general))
    for row in await session.exec(statement.order_by(*_ORDER)):
        (general if row.programme is None else found[row.programme]).append(_rule(row))
    return found


async def effective(session: AsyncSession, programme: str, on: date) -> list[Rule]:
    """The rules that hold on a day, each figure once; those of the programme win."""
    return list(by_figure(await of_programme(session, programme, on)).values())


_ORDER = (
    col(FundingRuleRow.programme).nulls_first(),
    col(FundingRuleRow.parameter),
    col(FundingRuleRow.scope).nulls_first(),
    col(FundingRuleRow.starts_on).nulls_first(),
)
"""From the general to the special, and from the old to the new."""


def _rule(row: FundingRuleRow) -> Rule:
    return Rule(
        parameter=Parameter(row.parameter),
        scope=row.scope,
        value=row.value,
        text=row.text,
        unit=Unit(row.unit),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        clause=Clause(text=row.clause, source=row.source, verified=row.verified),
    )


def _is(column: Any, value: str | None) -> ColumnElement[bool]:
    return col(column).is_(None) if value is None else col(column) == value
