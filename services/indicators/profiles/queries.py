"""Profiles: one statement for everything that is published of an area."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json
from sqlalchemy import TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.shared.base import Language
from services.indicators.analyses.statements import kept
from services.indicators.periods import parse_period
from services.indicators.placing import commands as placing
from services.indicators.placing import queries as places
from services.indicators.placing.queries import Assigned
from services.indicators.profiles import rules
from services.kit import sql
from services.kit.access import visible_to
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.native import statement
from services.kit.problems import Invalid, NotFound

_PROFILE = statement(__package__, "profile")
_FACILITIES = text(statement(__package__, "facilities"))


@dataclass(frozen=True)
class Question:
    """Whose profile, up to which period, as of which release."""

    area: str
    period: str | None = None
    release: int | None = None
    periods: int = 5


def sql_of(question: Question) -> TextClause:
    """The statement that answers a question."""
    asked = {
        "until": question.period is not None,
        "current": question.release is None,
        "as_of": question.release is not None,
    }
    return kept(_PROFILE, frozenset(part for part, said in asked.items() if said))


def values_of(session: AsyncSession, question: Question) -> dict[str, Any]:
    """The values of that statement."""
    until = None if question.period is None else parse_period(question.period).end
    return {
        "municipality": municipality_of(session).id,
        "area": question.area,
        "visible": [str(one) for one in visible_to(actor_of(session))],
        "day": until or today(),
        "until": until,
        "release": question.release,
        "periods": question.periods,
    }


async def facilities(
    session: AsyncSession, question: Question, lang: Language
) -> list[dict[str, Any]]:
    """What there is in an area on the last day asked for."""
    visible = visible_to(actor_of(session))
    until = None if question.period is None else parse_period(question.period).end
    day = until or today()
    values = {
        "municipality": municipality_of(session).id,
        "area": question.area,
        "visible": [str(one) for one in visible],
        "day": day,
    }
    rows = (await sql.run(session, _FACILITIES, values)).all()
    assigned: list[Assigned] = []
    if any(row.facility for row in rows):
        await placing.refresh(session)
        assigned = await places.assigned(session, day, visible)
    area_of = {one.facility: one.area for one in assigned if one.level == rows[0].level}
    return rules.facilities(rows, area_of, (day, today()), lang)


async def profile(
    session: AsyncSession, question: Question, lang: Language, there: list[dict[str, Any]]
) -> tuple[dict[str, Any], tuple[int, int, int]]:
    """The profile of an area and its state; 404 for an area that is not to be seen."""
    found = await sql.run(session, sql_of(question), values_of(session, question))
    told: Mapping[str, Any] = from_json(found.scalar_one())
    if told["area"] is None:
        raise NotFound(f"There is no area {question.area!r} that you may see.")
    if question.release is not None and question.release > told["release"]:
        raise Invalid(
            f"There is no release {question.release} yet.", parameter="as_of", code="unknown"
        )
    town = municipality_of(session).key
    above = rules.roles(told["above"] or [], told["area"]["key"], town)
    answer = {
        "area": told["area"],
        "release": question.release or told["release"] or None,
        "period": question.period,
        "lang": lang,
        "topics": rules.topics(told["lines"] or [], above, lang),
        "facilities": there,
    }
    return answer, (told["release"], told["changes"], told["levels"])
