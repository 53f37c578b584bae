"""Every question that derivations ask of catalogue and figures."""

from asyncio import to_thread
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.formulas import LineageStep
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.derivations import places, rules
from services.indicators.derivations.language.parser import parse
from services.indicators.derivations.language.syntax import indicators
from services.indicators.derivations.language.units import unit_of
from services.indicators.derivations.places import Definition, Given, Made
from services.indicators.derivations.rules import Known
from services.indicators.releases.tables import ReleaseRow
from services.kit.database import municipality_of
from services.kit.native import copy_into, native, statement
from services.kit.problems import Invalid

_BATCH = 5_000
_SLOW = 600.0
MOST_FIGURES = 50_000
"""Figures that are read to try a formula out."""
_CURRENT = statement(__package__, "current")
_SHOWN = statement(__package__, "shown")


@dataclass(frozen=True)
class Derived:
    """A computed indicator: how, and the revision of its definition."""

    definition: Definition
    revision: int


async def derived(session: AsyncSession) -> dict[str, Derived]:
    """Every indicator that is computed by a formula or as a quotient."""
    mine = col(IndicatorRow.municipality_id) == municipality_of(session).id
    rows = await session.exec(select(IndicatorRow).where(mine, col(IndicatorRow.computed)))
    found = {row.key: (definition_of(row), row.revision) for row in rows}
    return {key: Derived(how, number) for key, (how, number) in found.items() if how is not None}


def is_of_index(row: Any) -> bool:
    """Whether its figures are those of an index, which is computed after all formulas."""
    return bool(row.computed and row.kind == "index" and row.formula is None)


def definition_of(row: Any) -> Definition | None:
    """How a computed indicator is computed; None for one that is delivered or an index."""
    if not row.computed:
        return None
    return rules.definition(
        row.key, row.formula, row.numerator, row.denominator, row.factor, row.denominator_lag
    )


async def known(session: AsyncSession) -> dict[str, Known]:
    """Of every indicator what decides whether a formula over it makes sense."""
    mine = col(IndicatorRow.municipality_id) == municipality_of(session).id
    return known_of((await session.exec(select(IndicatorRow).where(mine))).all())


def known_of(rows: Iterable[IndicatorRow]) -> dict[str, Known]:
    """The same of these indicators."""
    return {
        row.key: Known(
            unit_of(row.unit["de"], row.cases_per_unit),
            definition_of(row),
            is_of_index(row),
        )
        for row in rows
    }


async def catalogue_before(session: AsyncSession, release: int) -> dict[str, int]:
    """The revision of each indicator with which the release before was computed."""
    asked = select(ReleaseRow.catalogue).where(
        col(ReleaseRow.municipality_id) == municipality_of(session).id,
        col(ReleaseRow.number) == release - 1,
    )
    return dict((await session.exec(asked)).one_or_none() or {})


async def settled_areas(session: AsyncSession, keys: Collection[str]) -> list[str]:
    """The areas in which figures of these indicators changed with this release."""
    rows = await (await native(session)).fetch(
        "SELECT DISTINCT area FROM settled WHERE indicator = ANY ($1)", list(keys)
    )
    return [row["area"] for row in rows]


async def compute(
    session: AsyncSession, definition: Definition, areas: Sequence[str] | None
) -> None:
    """Let the figures of an indicator move, in these areas or in all; a few areas at a time."""
    connection = await native(session)
    wanted = [*definition.inputs, definition.key]
    town = municipality_of(session).id
    figures = await connection.cursor(_CURRENT, town, wanted, areas, timeout=_SLOW)
    waiting: list[Given] = []
    while batch := await figures.fetch(_BATCH):
        waiting += map(Given._make, batch)
        last = waiting[-1].area
        if waiting[0].area != last:
            whole = [figure for figure in waiting if figure.area != last]
            waiting = waiting[len(whole) :]
            await _move(session, await to_thread(_computed, definition, whole))
    await _move(session, await to_thread(_computed, definition, waiting))


def _computed(definition: Definition, figures: Sequence[Given]) -> list[Made]:
    return list(_by_area(definition, figures))


def _by_area(definition: Definition, figures: Sequence[Given]) -> Iterator[Made]:
    for _, of_area in groupby(figures, key=lambda figure: figure.area):
        yield from places.computed(definition, of_area)


async def _move(session: AsyncSession, made: Sequence[Made]) -> None:
    await copy_into(session, "moving", Made._fields, made)


async def moves(session: AsyncSession) -> bool:
    """Is there anything that has yet to settle?"""
    found = await (await native(session)).fetchval("SELECT EXISTS (SELECT FROM moving)")
    return bool(found)


async def published(
    session: AsyncSession, keys: Sequence[str], areas: Sequence[str]
) -> list[Given]:
    """What may be shown of figures of these indicators in these areas."""
    town = municipality_of(session).id
    rows = await (await native(session)).fetch(
        _SHOWN, town, list(keys), list(areas), MOST_FIGURES + 1
    )
    if len(rows) > MOST_FIGURES:
        detail = f"These areas have more than {MOST_FIGURES} figures; ask for fewer."
        raise Invalid(detail, pointer="/areas", code="too_many")
    return [Given._make(row) for row in rows]


async def seen(session: AsyncSession) -> Sequence[IndicatorRow]:
    """Every indicator that the actor may see."""
    return (await session.exec(select(IndicatorRow).where(INDICATORS.seen(session)))).all()


def step(row: IndicatorRow) -> LineageStep:
    """The indicator as a step of a lineage."""
    parts = [part for part in (row.numerator, row.denominator) if part is not None]
    named = indicators(parse(row.formula)) if row.formula is not None else parts
    values = {"indicator": row.key, "computed_from": sorted(named), "steps": 0}
    return LineageStep.model_validate({**row.model_dump(), **values})
