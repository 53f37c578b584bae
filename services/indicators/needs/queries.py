"""Every question asked of the rules of needs analysis, and of the figures behind them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.needs import NewNeedsRule
from services.contracts.indicators.needs_conditions import (
    Condition,
    CoverageGap,
    InIndexClass,
    TrendCondition,
)
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Visibility
from services.indicators import in_town
from services.indicators.areas.tables import AreaRow
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.coverage import queries as coverage
from services.indicators.coverage.queries import Asked
from services.indicators.facility_kinds.tables import FacilityKindRow
from services.indicators.indices import queries as indices
from services.indicators.indices.commands import recipe_of
from services.indicators.indices.rules import figures_of as figures_of_index
from services.indicators.indices.tables import IndexRow
from services.indicators.levels import queries as known_levels
from services.indicators.needs.facts import Classed, Facts, Figure
from services.indicators.needs.judging import earlier
from services.indicators.needs.rules import Known, seen_by
from services.indicators.needs.tables import AssessmentRow, NeedsRuleRow
from services.indicators.observations.tables import EditionRow
from services.indicators.periods import parse_period
from services.kit.database import municipality_of
from services.kit.native import statement
from services.kit.paging import Paging
from services.kit.resources import Kind, matching

NEEDS_RULES = Kind(NeedsRuleRow, "needs-rules", "indicators.needs_rule")
_AREAS = text(statement(__package__, "areas"))
_LATEST = text(statement(__package__, "latest"))
_CLASSES = text(statement(__package__, "classes"))
_FIGURES = text(statement(__package__, "figures"))


async def page(
    session: AsyncSession, paging: Paging, active: bool | None, level: str | None
) -> Mapping[str, Any]:
    """Rules by key."""
    where = matching(NeedsRuleRow, level=level)
    if active is not None:
        where.append(col(NeedsRuleRow.active).is_(active))
    found = await NEEDS_RULES.page(session, paging, *where)
    if not found["items"]:
        await known_levels.check(session, level)
    return found


async def active(session: AsyncSession) -> Sequence[NeedsRuleRow]:
    """The rules that are asked at a release."""
    statement = select(NeedsRuleRow).where(
        col(NeedsRuleRow.municipality_id) == municipality_of(session).id,
        col(NeedsRuleRow.active),
    )
    return (await session.exec(statement.order_by(col(NeedsRuleRow.key)))).all()


async def assessments(session: AsyncSession, rule: str) -> Sequence[AssessmentRow]:
    """What the rule said at each release, the newest first."""
    row = AssessmentRow
    statement = select(row).where(
        col(row.municipality_id) == municipality_of(session).id, col(row.rule) == rule
    )
    return (await session.exec(statement.order_by(col(row.release).desc()).limit(200))).all()


async def release(session: AsyncSession) -> int | None:
    """The number of the newest release."""
    mine = col(EditionRow.municipality_id) == municipality_of(session).id
    return (await session.exec(select(EditionRow.release).where(mine))).first() or None


async def known(session: AsyncSession) -> Known:
    """What rules may name."""
    town = municipality_of(session).id
    indicators = select(IndicatorRow.key, IndicatorRow.visibility).where(
        col(IndicatorRow.municipality_id) == town
    )
    kinds = select(FacilityKindRow.key, FacilityKindRow.visibility).where(
        col(FacilityKindRow.municipality_id) == town
    )
    recipes = select(IndexRow.key, IndexRow.visibility).where(col(IndexRow.municipality_id) == town)
    areas = select(AreaRow.key, AreaRow.visibility).where(col(AreaRow.municipality_id) == town)
    return Known(
        {key: Visibility(seen) for key, seen in await session.exec(indicators)},
        {key: Visibility(seen) for key, seen in await session.exec(recipes)},
        {key: Visibility(seen) for key, seen in await session.exec(kinds)},
        {key: Visibility(seen) for key, seen in await session.exec(areas)},
    )


def figures_of(conditions: Iterable[Condition]) -> set[tuple[str, str]]:
    """The indicators, each with its breakdown, that conditions look at."""
    return {
        (c.indicator, c.breakdown)
        for c in conditions
        if not isinstance(c, CoverageGap | InIndexClass)
    }


async def facts(
    session: AsyncSession, rules: Sequence[NewNeedsRule], on: date
) -> dict[Visibility, Facts]:
    """All that the rules are decided by, read at once; places must be up to date.

    By the visibility of rules: a rule for everybody looks at the areas and counts the facilities
    that everybody sees.
    """
    levels = sorted({rule.level for rule in rules})
    areas = (await in_town.run(session, _AREAS, levels=levels, on=on)).all()
    latest = await _latest(session, rules, on)
    figures = await _figures(session, rules, latest)
    classed = await _classed(session, rules, on)
    decimals = await _decimals(session)
    made = {}
    for visibility in sorted({rule.visibility for rule in rules}):
        of_it = [rule for rule in rules if rule.visibility == visibility]
        covered = await _covered(session, of_it, on, visibility)
        seen = _seen(areas, levels, seen_by(visibility))
        made[visibility] = Facts(seen, latest, figures, covered, classed, decimals)
    return made


def _seen(
    areas: Sequence[Any], levels: Sequence[str], visible: Sequence[Visibility]
) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {level: {} for level in levels}
    for row in areas:
        if row.visibility in visible:
            found[row.level][row.area] = row.parent if row.above in visible else None
    return found


async def _latest(
    session: AsyncSession, rules: Sequence[NewNeedsRule], on: date
) -> dict[tuple[str, str, str], str]:
    wanted = {(*pair, rule.level) for rule in rules for pair in figures_of(rule.conditions)}
    columns = _columns(wanted, "indicators", "breakdowns", "levels")
    found = await in_town.run(session, _LATEST, **columns, on=on)
    return {(row.indicator, row.breakdown, row.level): row.period for row in found}


async def _figures(
    session: AsyncSession,
    rules: Sequence[NewNeedsRule],
    latest: Mapping[tuple[str, str, str], str],
) -> dict[tuple[str, str, str], dict[str, Figure]]:
    wanted: set[tuple[str, str, str]] = set()
    for rule in rules:
        for condition in rule.conditions:
            if isinstance(condition, CoverageGap | InIndexClass):
                continue
            pair = (condition.indicator, condition.breakdown)
            period = latest.get((*pair, rule.level))
            if period is None:
                continue
            wanted.add((*pair, period))
            if isinstance(condition, TrendCondition):
                before = earlier(period, condition.periods)
                wanted |= {(*pair, before)} if before else set()
    ends = {(*place, parse_period(place[2]).end) for place in wanted}
    columns = _columns(ends, "indicators", "breakdowns", "periods", "ends")
    rows = (await in_town.run(session, _FIGURES, **columns)).all()
    return await asyncio.to_thread(_by_place, rows)


def _by_place(rows: Sequence[Any]) -> dict[tuple[str, str, str], dict[str, Figure]]:
    status = {str(one): one for one in ValueStatus}
    found = {}
    for indicator, breakdown, period, areas, values, statuses in rows:
        numbers = (None if value is None else Decimal(value) for value in values)
        figures = map(Figure, numbers, map(status.__getitem__, statuses))
        found[indicator, breakdown, period] = dict(zip(areas, figures, strict=True))
    return found


async def _covered(
    session: AsyncSession, rules: Sequence[NewNeedsRule], on: date, visibility: Visibility
) -> dict[tuple[str, str], Any]:
    wanted = {
        (condition.facility_kind, rule.level)
        for rule in rules
        for condition in rule.conditions
        if isinstance(condition, CoverageGap)
    }
    if not wanted:
        return {}
    town = municipality_of(session).id
    statement = select(FacilityKindRow).where(
        col(FacilityKindRow.municipality_id) == town,
        col(FacilityKindRow.key).in_({kind for kind, _ in wanted}),
    )
    kinds = {row.key: row for row in await session.exec(statement)}
    made = {}
    for kind, level in sorted(wanted):
        asked = Asked(kind, level, on, on, seen_by(visibility))
        covered = await coverage.covered(session, asked, kinds[kind])
        keys = [row.area for row in covered.basis.areas]
        covers = dict(zip(keys, covered.areas, strict=True))
        made[kind, level] = (covers, covered.total.facilities)
    return made


async def _classed(
    session: AsyncSession, rules: Sequence[NewNeedsRule], on: date
) -> dict[tuple[str, str, str], dict[str, Classed]]:
    wanted = {
        (condition.index, rule.level)
        for rule in rules
        for condition in rule.conditions
        if isinstance(condition, InIndexClass)
    }
    made: dict[tuple[str, str, str], dict[str, Classed]] = {}
    if not wanted:
        return made
    for row in await in_town.run(session, _CLASSES, **_columns(wanted, "indices", "levels"), on=on):
        for part in ("status", "dynamics", "group"):
            classes = made.setdefault((row.index_key, part, row.level), {})
            classes[row.area] = Classed(row.period, getattr(row, part), row.excluded)
    return made


async def _decimals(session: AsyncSession) -> dict[str, int]:
    """Of each indicator the decimals that its figures are shown with."""
    statement = select(IndicatorRow.key, IndicatorRow.decimals).where(
        col(IndicatorRow.municipality_id) == municipality_of(session).id
    )
    return dict((await session.exec(statement)).all())


async def index_indicators(session: AsyncSession) -> dict[str, list[str]]:
    """Of each index the indicators that show its figures."""
    rows = await indices.every(session)
    return {row.key: [key for key in figures_of_index(recipe_of(row)) if key] for row in rows}


async def need_indicators(session: AsyncSession) -> dict[str, str]:
    """Of each kind of facility the indicator of its target group."""
    statement = select(FacilityKindRow.key, FacilityKindRow.need).where(
        col(FacilityKindRow.municipality_id) == municipality_of(session).id
    )
    return {key: need["indicator"] for key, need in await session.exec(statement) if need}


def _columns(rows: Iterable[tuple[Any, ...]], *names: str) -> dict[str, list[Any]]:
    ordered = sorted(rows)
    return {name: [row[n] for row in ordered] for n, name in enumerate(names)}
