"""One indicator on one level of areas: everything that an analysis needs, in one statement."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic_core import from_json
from sqlalchemy import TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.values import ValueStatus
from services.indicators.analyses.pictures import Picture, Place, Question
from services.indicators.analyses.rules import Figure
from services.indicators.analyses.statements import kept
from services.indicators.levels import queries as known_levels
from services.indicators.observations import rules as questions
from services.indicators.periods import parse_period
from services.kit import sql
from services.kit.access import visible_to
from services.kit.app import VERSION
from services.kit.database import actor_of, municipality_of
from services.kit.native import statement
from services.kit.problems import Invalid, NotFound

_PICTURE = statement(__package__, "picture")
_STAND = text("""
    SELECT (SELECT release FROM edition WHERE municipality_id = :municipality),
           (SELECT changes FROM edition WHERE municipality_id = :municipality),
           (SELECT sum(revision) FROM area_level WHERE municipality_id = :municipality)""")


def sql_of(question: Question) -> TextClause:
    """The statement that answers a question."""
    asked = {
        "areas": question.areas is not None,
        "one_level": question.areas is None or question.level is not None,
        "level": question.level is not None,
        "within": question.within is not None,
        "one_period": question.periods == 1,
        "period": question.period is not None,
        "current": question.release is None,
        "as_of": question.release is not None,
    }
    return kept(_PICTURE, frozenset(part for part, said in asked.items() if said))


def values_of(session: AsyncSession, question: Question) -> dict[str, Any]:
    """The values of that statement."""
    town = municipality_of(session)
    visible = [str(one) for one in visible_to(actor_of(session))]
    values = {**vars(question), "areas": question.areas and list(question.areas)}
    return {"municipality": town.id, "town": town.key, "visible": visible, **values}


async def tag(session: AsyncSession, *asked: object) -> str:
    """The tag that an answer would have now."""
    values = {"municipality": municipality_of(session).id}
    found = await sql.run(session, _STAND, values)
    release, changes, levels = tuple(found.one())
    return tag_of(session, (release or 0, changes or 0, levels or 0), *asked)


def tag_of(session: AsyncSession, state: tuple[int, int, int], *asked: object) -> str:
    """Of a state of figures, areas and levels, for one question of somebody who sees as much."""
    visible = [str(one) for one in visible_to(actor_of(session))]
    digest = sha256(repr((VERSION, *map(int, state), asked, visible)).encode()).hexdigest()
    return f'"rel-{state[0]}-{digest[:16]}"'


async def picture(
    session: AsyncSession, question: Question, parameter: str | None = None
) -> Picture:
    """The figures asked for; refuses what does not exist, and where nothing is released (404).

    `parameter` names the query parameter of the indicator; without it the address names it.
    """
    found = await sql.run(session, sql_of(question), values_of(session, question))
    told: dict[str, Any] = from_json(found.scalar_one())
    if told["indicator"] is None:
        detail = f"There is no indicator {question.indicator!r} that you may see."
        if parameter is None:
            raise NotFound(detail)
        raise Invalid(detail, parameter=parameter, code="unknown")
    if question.release is not None and question.release > told["release"]:
        raise Invalid(
            f"There is no release {question.release} yet.", parameter="as_of", code="unknown"
        )
    if told["period"] is None or told["areas"] is None:
        await known_levels.check(session, question.level)
        raise NotFound(
            f"No figures of {question.indicator!r} like these have been released. Which there are "
            f"is told by /indicators/{question.indicator}/availability."
        )
    known = [area["key"] for area in told["areas"]]
    questions.check_known("area", question.areas or (), known)
    return _picture(told, question)


def _picture(told: Mapping[str, Any], question: Question) -> Picture:
    rows = told["figures"] or []
    ends = {period: date.fromisoformat(end) for _, end, period, *_ in rows}
    periods = sorted(ends, key=lambda period: (ends[period], parse_period(period)))
    return Picture(
        release=question.release or told["release"] or None,
        state=(told["release"], told["changes"], told["levels"]),
        indicator=told["indicator"],
        level=told["level"],
        period=told["period"]["period"],
        period_end=date.fromisoformat(told["period"]["period_end"]),
        breakdown=question.breakdown,
        areas=[_place(row) for row in told["areas"]],
        references={row["key"]: _place(row) for row in told["references"] or []},
        periods=periods,
        ends=ends,
        figures={
            (area, period): Figure(value, ValueStatus(status), rule, provisional)
            for area, _, period, value, status, rule, provisional, *_ in rows
        },
        counts=_counts(told),
        units=told["units"] or {},
        unseen=told["unseen"],
    )


def _counts(told: Mapping[str, Any]) -> dict[tuple[str, str], Figure]:
    """Numerator and denominator of each area, of the period that its rate was computed from."""
    found = {tuple(row[:3]): row[3:] for row in told["counts"] or []}
    parts = (told["indicator"]["numerator"], told["indicator"]["denominator"])
    counts = {}
    for area, _, period, *_, above, below in told["figures"] or []:
        if period == told["period"]["period"]:
            for part, its in zip(parts, (above, below), strict=True):
                row = found.get((part, area, its or period))
                if row is not None:
                    counts[part, area] = Figure(row[0], ValueStatus(row[1]))
    return counts


def _place(row: Mapping[str, Any]) -> Place:
    return Place(
        key=row["key"],
        level=row["level"],
        name=row["name"],
        parent=row["parent"],
        version=row["id"],
        revision=row["revision"],
        has_geometry=row["has_geometry"],
        schematic=row["geometry_is_schematic"],
    )
